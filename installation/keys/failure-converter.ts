import { DefaultFailureConverter } from '@temporalio/common';

/** Loaded by Temporal, in workflows too: puts messages and traces of failures where the codec seals them. */
export const failureConverter = new DefaultFailureConverter({ encodeCommonAttributes: true });
