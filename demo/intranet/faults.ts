import { setTimeout as sleep } from 'node:timers/promises';
import type { MiddlewareHandler } from 'hono';

/** Faults on purpose; all off by default. Counted, not random, so that a test knows which request fails. */
export type Faults = {
  /** Every n-th request is answered by HTTP 500 before anything is done. */
  errorEvery?: number;
  /** So many of the next postings are written and then answered by HTTP 500: the outcome stays unknown. */
  lostAnswers?: number;
  /** Postings are written, but no search shows them: an index that lags, a filter that somebody has set. */
  hides?: boolean;
  /** So many of the next postings are refused by HTTP 500 before they are written. */
  refusedPostings?: number;
};

export type FaultBox = {
  set(faults: Faults): void;
  /** True where this posting is to fail before it is written. */
  refusePosting(): boolean;
  /** True where the answer to this posting is to be lost. */
  loseAnswer(): boolean;
  /** True where searches show nothing of what is written. */
  readonly hides: boolean;
  /** Delays each answer and fails each n-th request. */
  middleware: MiddlewareHandler;
};

/** `delayMs` is waited before each answer. */
export function createFaultBox(delayMs: number, initial: Faults, fail: () => Promise<Response>): FaultBox {
  let faults = { ...initial };
  let requests = 0;
  const takeOne = (name: 'lostAnswers' | 'refusedPostings'): boolean => {
    const left = faults[name] ?? 0;
    if (left > 0) faults[name] = left - 1;
    return left > 0;
  };
  return {
    set(next) {
      faults = { ...next };
      requests = 0;
    },
    get hides() {
      return faults.hides ?? false;
    },
    refusePosting: () => takeOne('refusedPostings'),
    loseAnswer: () => takeOne('lostAnswers'),
    middleware: async (_, next) => {
      if (delayMs > 0) await sleep(delayMs);
      requests += 1;
      if (faults.errorEvery && requests % faults.errorEvery === 0) return fail();
      return next();
    },
  };
}
