import { z } from 'zod';
import { BUSINESS_ERROR_BASE, BUSINESS_STATUS, ProblemError, type Problem } from './problem.ts';

/** Code of the business exception of an effect whose outcome nobody knows: a person says which. */
export const NOT_CONFIRMED = 'done-not-confirmed';

/** What is noted, durably, before an effect that must not happen twice. */
export type Noted = {
  /** When it was last about to happen, ISO 8601. Names this attempt: what a person says counts for it alone. */
  since: string;
  /** Attempts so far that may have counted. */
  times: number;
  /** The target answered, and yet nothing could be found: looking again proves nothing any more. */
  doubted: boolean;
};

/** Keeps those notes, by key. What stands there when an attempt begins was left by one whose outcome is unknown. */
export type EffectNotes = {
  /** Notes that the effect is about to happen, once more. Durable when it resolves. */
  begin(key: string): Promise<Noted>;
  pending(key: string): Promise<Noted | undefined>;
  /** From here on only a person can say that nothing was done. */
  doubt(key: string): Promise<void>;
  /** The outcome is known: done and proved, or surely not done. */
  clear(key: string): Promise<void>;
};

/** What a person has found out about an effect that was not confirmed. */
export const Resolution = z.object({
  how: z.enum(['there', 'none']).describe('there: it was done; none: it was not, so it may be tried again'),
  since: z.string().describe('Of which attempt this is said'),
  record: z.string().optional().describe('Number that the target gave it'),
  output: z.unknown().optional().describe('What the call would have answered'),
});
export type Resolution = z.infer<typeof Resolution>;

/** True where a person has said this of the attempt that is noted, and not of an earlier one. */
export function isResolved(how: Resolution['how'], noted: Noted, resolution: Resolution | undefined): boolean {
  return resolution?.how === how && resolution.since === noted.since;
}

/**
 * The outcome of an effect is unknown, and it is not done again: the run parks until a person confirms what was done, or
 * says that there is none. `detail` says what may have been done, and where to look.
 */
export function notConfirmed(detail: string, { since }: Noted, cause?: unknown): ProblemError {
  const problem: Problem = {
    type: BUSINESS_ERROR_BASE + NOT_CONFIRMED,
    status: BUSINESS_STATUS,
    title: NOT_CONFIRMED,
    detail,
    unconfirmed: { since },
  };
  return new ProblemError(problem, { retryable: false, cause });
}

/**
 * Does something that its target can neither be asked about nor told apart when it is repeated, at most once. `work` calls
 * `sending` just before the request leaves. What fails before that, or where `isUndone` says so, was not done and may be
 * tried again; whatever else goes wrong is left to a person.
 * @param what for people: "POST https://…"
 */
export async function onceBlind<T>(
  notes: EffectNotes,
  { key, what, resolved, isUndone }: BlindEffect,
  work: (sending: () => Promise<void>) => Promise<T>,
): Promise<T> {
  const before = await notes.pending(key);
  if (before) {
    const there = isResolved('there', before, resolved);
    if (!there && !isResolved('none', before, resolved)) throw notConfirmed(lost(what), before);
    await notes.clear(key);
    if (there) return (resolved?.output ?? null) as T;
  }
  let sent: Noted | undefined;
  try {
    const result = await work(async () => void (sent ??= await notes.begin(key)));
    await notes.clear(key);
    return result;
  } catch (error) {
    if (!sent) throw error;
    if (!isUndone(error)) throw asUnconfirmed(what, sent, error);
    await notes.clear(key);
    throw error;
  }
}

export type BlindEffect = {
  key: string;
  what: string;
  resolved?: Resolution | undefined;
  /** True for a failure after which it is sure that nothing was done. */
  isUndone: (error: unknown) => boolean;
};

/** The failure as it is named, with the mark that its effect may have happened. */
function asUnconfirmed(what: string, noted: Noted, error: unknown): ProblemError {
  const { problem } = notConfirmed(`${lost(what)}. What went wrong: ${messageOf(error)}`, noted);
  const named = error instanceof ProblemError ? { ...error.problem, ...pick(problem) } : problem;
  return new ProblemError(named, { retryable: false, cause: error });
}

const pick = ({ detail, unconfirmed }: Problem): Partial<Problem> => ({ detail, unconfirmed });

const lost = (what: string): string =>
  `${what} was sent, and whether it was done is not known. Look there, then confirm it or say that there is none`;

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** Notes that live as long as this process: for rehearsals and the command line. */
export function notesInMemory(now: () => number = Date.now): EffectNotes {
  const notes = new Map<string, Noted>();
  return {
    begin(key) {
      const noted = { since: new Date(now()).toISOString(), times: (notes.get(key)?.times ?? 0) + 1, doubted: false };
      notes.set(key, noted);
      return Promise.resolve(noted);
    },
    pending: (key) => Promise.resolve(notes.get(key)),
    doubt(key) {
      const noted = notes.get(key);
      if (noted) notes.set(key, { ...noted, doubted: true });
      return Promise.resolve();
    },
    clear: (key) => Promise.resolve(void notes.delete(key)),
  };
}
