import {
  allHandlersFinished,
  condition,
  continueAsNew,
  defineSignal,
  defineUpdate,
  setHandler,
  workflowInfo,
} from '@temporalio/workflow';
import { GATE, type AcquireAnswer, type AcquireRequest } from '../../core/model/target-gate.ts';
import { grant, type GateState } from './grant.ts';

const acquireUpdate = defineUpdate<AcquireAnswer, [AcquireRequest]>(GATE.acquire);
const releaseSignal = defineSignal<[string]>(GATE.release);

/** Nobody has asked for so long: the gate closes itself, and opens again with the next question. Over a minute, so that what was begun within the last one is not forgotten. */
const IDLE_MS = 5 * 60_000;

/**
 * The gate of one target: lets in no more forms than its limits allow, from all workers together, in the order in which
 * they asked. It counts leases, not connections: a worker that dies loses its own after a while.
 */
export async function targetGate(state: GateState): Promise<void> {
  const waiting: AcquireRequest[] = [];
  let turn = 0;
  let closing = false;

  setHandler(acquireUpdate, async (request): Promise<AcquireAnswer> => {
    turn += 1;
    waiting.push(request);
    try {
      return { granted: await granted(request, Date.now() + request.waitMs) };
    } finally {
      waiting.splice(waiting.indexOf(request), 1);
      turn += 1;
    }
  });
  setHandler(releaseSignal, (holder) => {
    state.leases = state.leases.filter((lease) => lease.holder !== holder);
    turn += 1;
  });

  async function granted(request: AcquireRequest, until: number): Promise<boolean> {
    for (;;) {
      if (closing) return false;
      const wait = grant(state, request, waiting.slice(0, waiting.indexOf(request)), Date.now());
      if (wait === 0) return true;
      const left = until - Date.now();
      if (left <= 0) return false;
      const now = turn;
      await condition(() => turn !== now || closing, Math.min(wait, left));
    }
  }

  for (;;) {
    const now = turn;
    const asked = await condition(() => turn !== now, IDLE_MS);
    if (workflowInfo().continueAsNewSuggested) {
      closing = true;
      await condition(allHandlersFinished);
      await continueAsNew<typeof targetGate>(state);
    }
    if (!asked && waiting.length === 0 && state.leases.every(({ expires }) => expires <= Date.now())) return;
  }
}
