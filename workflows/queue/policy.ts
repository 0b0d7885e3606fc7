import { errorName, isBusiness, STANDARD_ERROR_BASE, type Problem } from '../../core/model/problem.ts';

/** Pauses of one item that fails by itself: it steps aside, others go on. */
const FIRST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 60_000;
/** Pauses of the whole queue while the target is down: an outage of an hour costs a dozen looks, not the items' attempts. */
const FIRST_OUTAGE_PAUSE_MS = 2_000;
const LONGEST_OUTAGE_PAUSE_MS = 5 * 60_000;
/** A target that has been down for this long does not come back by itself: the work goes back to its runs, which park. */
export const LONGEST_OUTAGE_MS = 24 * 60 * 60_000;

/** What becomes of an item whose attempt failed. */
export type Verdict =
  /** Back to the run: a person decides, or an operator mends something. */
  | { then: 'give-back' }
  /** Tried again after a pause, while others go on. */
  | { then: 'later'; pauseMs: number }
  /** Tried again at once, before others: nobody knows how far it came, so it has to be looked for first. */
  | { then: 'again' }
  /** The target is down: everything waits; where it said when it opens, until then. */
  | { then: 'outage'; opensInMs?: number }
  /** The login is refused: one more item with the same password would only lock the user. */
  | { then: 'pause' };

export type Failure = {
  problem: Problem;
  retryable: boolean;
  /** The worker has died or gone silent: the outcome is unknown. */
  lost: boolean;
  /** The target is closed, and opens by itself after so long. */
  opensInMs?: number | undefined;
};

/** Retries by the kind of exception. `attempts`: those made so far, of `most`. */
export function judge({ problem, retryable, lost, opensInMs }: Failure, attempts: number, most: number): Verdict {
  if (isBusiness(problem)) return { then: 'give-back' };
  const kind = problem.type.startsWith(STANDARD_ERROR_BASE) ? errorName(problem.type) : '';
  if (kind === 'authentication') return { then: 'pause' };
  if (!retryable && !lost) return { then: 'give-back' };
  if (kind === 'communication' && !lost) return { then: 'outage', ...(opensInMs !== undefined && { opensInMs }) };
  if (attempts >= most) return { then: 'give-back' };
  return lost
    ? { then: 'again' }
    : { then: 'later', pauseMs: Math.min(FIRST_PAUSE_MS * 2 ** (attempts - 1), LONGEST_PAUSE_MS) };
}

/** Pause before the target is tried again, after so many failures in a row. */
export function outagePause(failures: number): number {
  return Math.min(FIRST_OUTAGE_PAUSE_MS * 2 ** (failures - 1), LONGEST_OUTAGE_PAUSE_MS);
}
