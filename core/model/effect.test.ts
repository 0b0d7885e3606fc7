import { describe, expect, it } from 'vitest';
import { notesInMemory, onceBlind } from './effect.ts';
import { applicationException, ProblemError } from './problem.ts';

const lostAnswer = () => applicationException('communication', 'the other side hung up', { retryable: false });
const refused = () => applicationException('communication', 'no such thing', { status: 404, retryable: false });
const isUndone = (error: unknown): boolean => error instanceof ProblemError && error.problem.status === 404;

/** A target that counts what it was asked for, and answers as told. */
function target(answer: () => Error | undefined) {
  const seen = { done: 0 };
  const work = async (sending: () => Promise<void>): Promise<string> => {
    await sending();
    seen.done += 1;
    const error = answer();
    if (error) throw error;
    return 'answer';
  };
  return { seen, work };
}

async function problemOf(work: Promise<unknown>) {
  const error: unknown = await work.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof ProblemError)) throw new Error('it went well');
  return error.problem;
}

describe('a blind effect', () => {
  const effect = { key: 'k', what: 'POST /orders', isUndone };

  it('should not be repeated after a lost answer, until a person says that there is none', async () => {
    const notes = notesInMemory();
    let answer: () => Error | undefined = lostAnswer;
    const { seen, work } = target(() => answer());
    const first = await problemOf(onceBlind(notes, effect, work));
    expect(first).toMatchObject({ title: 'communication', unconfirmed: { since: expect.any(String) as string } });
    expect(await problemOf(onceBlind(notes, effect, work))).toMatchObject({ title: 'done-not-confirmed' });
    expect(seen.done).toBe(1);
    const since = first.unconfirmed?.since ?? '';
    const none = { ...effect, resolved: { how: 'none' as const, since } };
    expect((await problemOf(onceBlind(notes, none, work))).unconfirmed).toBeDefined();
    expect(seen.done).toBe(2);
    // What was said of the first attempt does not count for the second.
    answer = () => undefined;
    expect(await problemOf(onceBlind(notes, { ...none, resolved: { how: 'none', since: 'x' } }, work))).toBeDefined();
    expect(seen.done).toBe(2);
  });

  it('should take the word of a person for the answer', async () => {
    const notes = notesInMemory();
    const { seen, work } = target(lostAnswer);
    const { unconfirmed } = await problemOf(onceBlind(notes, effect, work));
    const resolved = { how: 'there' as const, since: unconfirmed?.since ?? '', output: { id: 7 } };
    expect(await onceBlind(notes, { ...effect, resolved }, work)).toEqual({ id: 7 });
    expect(seen.done).toBe(1);
  });

  it('should be repeated where nothing was sent, or the target refused', async () => {
    const notes = notesInMemory();
    const early = () => Promise.reject(lostAnswer());
    expect((await problemOf(onceBlind(notes, effect, early))).unconfirmed).toBeUndefined();
    let answer: () => Error | undefined = refused;
    const { seen, work } = target(() => answer());
    expect((await problemOf(onceBlind(notes, effect, work))).unconfirmed).toBeUndefined();
    answer = () => undefined;
    expect(await onceBlind(notes, effect, work)).toBe('answer');
    expect(seen.done).toBe(2);
  });
});
