import type { Client } from '@temporalio/client';
import {
  ApplicationFailure,
  WorkflowNotFoundError,
  WorkflowUpdateFailedError,
  WorkflowUpdateRPCTimeoutOrCancelledError,
} from '@temporalio/client';
import type { DecideRequest, Refusal } from '../core/model/approval.ts';
import { DECIDE_UPDATE, REFUSAL_TYPE_PREFIX, REFUSALS } from '../core/model/approval.ts';
import type { ActRefusal, ApprovalAct } from '../core/model/approval-acts.ts';
import { ACT_REFUSALS, APPROVAL_ACT_UPDATE } from '../core/model/approval-acts.ts';
import type { Proof, Prove } from '../core/model/proof.ts';

/** A person waits at the screen: longer, and they click again. */
const ACCEPT_WITHIN_MS = 15_000;
/** Accepted means it counts. The record follows within moments; after this the page says so without it. */
const RECORD_WITHIN_MS = 5_000;

/** The part of Temporal's client that decisions need. */
export type TemporalUpdates = Pick<Client, 'workflow' | 'withAbortSignal'>;

/** What became of a decision or act. `unconfirmed`: the engine did not answer, and it may or may not count. */
export type Verdict =
  | { verdict: 'recorded' }
  | { verdict: 'accepted' }
  | { verdict: 'refused'; refusal: Refusal | ActRefusal }
  | { verdict: 'unconfirmed'; cause: unknown };

type Send<T> = (run: string, request: T, updateId: string) => Promise<Verdict>;
export type Decider = Send<DecideRequest>;
export type Actor = Send<ApprovalAct>;

/** Hands decisions to their runs as Temporal Updates, each with the proof that it came in by this server. */
export function createDecider(temporal: TemporalUpdates, prove: Prove): Decider {
  return createSender(temporal, DECIDE_UPDATE, prove);
}

/** Hands everything else that people do around a decision to its run. */
export function createActor(temporal: TemporalUpdates, prove: Prove): Actor {
  return createSender(temporal, APPROVAL_ACT_UPDATE, prove);
}

/** The same, for people who are still here: whoever was removed decides and does nothing, by whatever link or page. */
export function unlessGone<T>(
  send: Send<T>,
  who: (request: T) => string,
  isGone: (email: string) => Promise<boolean>,
): Send<T> {
  return async (run, request, updateId) =>
    (await isGone(who(request))) ? { verdict: 'refused', refusal: 'not-approver' } : send(run, request, updateId);
}

/** The same update id is the same decision: a form sent twice gets the first answer again. */
function createSender<T extends object>(temporal: TemporalUpdates, name: string, prove: Prove): Send<T> {
  return async (run, request, updateId) => {
    try {
      const update = await temporal.withAbortSignal(AbortSignal.timeout(ACCEPT_WITHIN_MS), () =>
        temporal.workflow.getHandle(run).startUpdate<unknown, [T & { proof: Proof }]>(name, {
          args: [{ ...request, proof: prove(run, name, request) }],
          updateId,
          waitForStage: 'ACCEPTED',
        }),
      );
      return await recorded(temporal, () => update.result());
    } catch (error) {
      return verdictOf(error);
    }
  };
}

async function recorded(temporal: TemporalUpdates, result: () => Promise<unknown>): Promise<Verdict> {
  try {
    await temporal.withAbortSignal(AbortSignal.timeout(RECORD_WITHIN_MS), result);
    return { verdict: 'recorded' };
  } catch (error) {
    if (error instanceof WorkflowUpdateFailedError) throw error;
    // Once accepted it is in the history and counts, whatever the connection does now.
    return { verdict: 'accepted' };
  }
}

function verdictOf(error: unknown): Verdict {
  if (error instanceof WorkflowUpdateFailedError && error.cause instanceof ApplicationFailure) {
    const type = error.cause.type ?? '';
    const refusal = [...REFUSALS, ...ACT_REFUSALS].find((candidate) => type === REFUSAL_TYPE_PREFIX + candidate);
    // No handler for the update means the same to people as an approval that the run does not know.
    return { verdict: 'refused', refusal: refusal ?? 'unknown' };
  }
  if (error instanceof WorkflowNotFoundError) return { verdict: 'refused', refusal: 'unknown' };
  if (error instanceof WorkflowUpdateRPCTimeoutOrCancelledError) return { verdict: 'unconfirmed', cause: error };
  return { verdict: 'unconfirmed', cause: error };
}
