import type * as workflow from '@temporalio/workflow';

/**
 * Stands for Temporal's workflow API in the bundle of an older build: one from before any of today's patches, whose runs
 * took the steps of then.
 */
export * from '@temporalio/workflow/lib/index.js';
export const patched: typeof workflow.patched = () => false;
