import { ApplicationFailure } from '@temporalio/common';
import { MockActivityEnvironment } from '@temporalio/testing';
import type { CallDeps } from '../../activities/calls/deps.ts';
import { lookup } from 'node:dns';
import type { Egress } from '../../activities/calls/egress.ts';
import type { CallInfo, CatalogueActivity } from '../../core/model/call.ts';
import { notesInMemory } from '../../core/model/effect.ts';
import type { Problem } from '../../core/model/problem.ts';

/** Lets calls go everywhere: stand-ins of tests are on this machine. Where calls may go has tests of its own. */
export const OPEN: Egress = {
  admit: () => Promise.resolve(),
  judge: () => Promise.resolve(),
  lookup: () => lookup,
};

/** What calls need, without secrets, files or bounds on where they may go, unless a test says otherwise. */
export function callDeps(more: Partial<CallDeps> = {}): CallDeps {
  return {
    fetch,
    secret: () => Promise.resolve(undefined),
    egress: OPEN,
    plaintext: [],
    allowsPrograms: false,
    effects: notesInMemory(),
    deliver: () => Promise.resolve(),
    file: () => Promise.resolve(undefined),
    artefact: (id) => Promise.reject(new Error(`no artefact ${id}`)),
    ...more,
  };
}

/** Who calls in a unit test. */
export const CALL: CallInfo = {
  run: 'r',
  definition: { namespace: 'n', name: 'n', version: '1', hash: 'h' },
  task: '/do/0/a',
  key: 'key-1',
};

const nothing = (): void => undefined;
const silent = { log: nothing, trace: nothing, debug: nothing, info: nothing, warn: nothing, error: nothing };

/** Runs one activity as a worker would; `cancel` ends it from outside. */
export function perform(activity: CatalogueActivity | undefined, args: unknown, call = CALL) {
  if (!activity) throw new Error('no such activity');
  const environment = new MockActivityEnvironment({}, { logger: silent });
  return {
    result: environment.run((given: unknown) => activity(given, call), args),
    cancel: () => environment.cancel(),
  };
}

/** The problem that an activity failed with, and whether Temporal would try again. Throws where it did not fail. */
export async function problemIn(work: Promise<unknown>): Promise<Problem & { retryable: boolean }> {
  const error: unknown = await work.then(
    (result) => new Error(`no failure but ${JSON.stringify(result)}`),
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof ApplicationFailure)) throw error;
  return { ...(error.details?.[0] as Problem), retryable: !error.nonRetryable };
}
