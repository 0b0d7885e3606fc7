import { describe, expect, it } from 'vitest';
import { notesInMemory } from '../../../core/model/effect.ts';
import type { FindSection } from '../../../core/forms/form.ts';
import { isProvedAbsent } from './once.ts';

const find: FindSection = { steps: [], table: {}, match: {}, same: {}, settles: '30 seconds' };
const noted = { since: '2026-11-30T10:00:00.000Z', times: 1, doubted: false };
const later = Date.parse(noted.since) + 31_000;
const look = { find, whole: true, resolved: undefined, now: later };

describe('proof that a press has not counted', () => {
  it('should be a whole list without the record, once the target has settled', () => {
    expect(isProvedAbsent(noted, look)).toBe(true);
  });

  it.each([
    ['a target of which nobody says when it settles', noted, { ...look, find: { ...find, settles: undefined } }],
    ['a list that goes on on another page', noted, { ...look, whole: false }],
    ['a target that may still be writing', noted, { ...look, now: later - 2000 }],
    ['a press that the target has answered', { ...noted, doubted: true }, look],
    ['a second press', { ...noted, times: 2 }, look],
  ])('should not be: %s', (_, note, seen) => {
    expect(isProvedAbsent(note, seen)).toBe(false);
  });

  it('should be the word of a person about this press, not about an earlier one', () => {
    const nothing = { ...look, whole: false };
    expect(isProvedAbsent(noted, { ...nothing, resolved: { how: 'none', since: noted.since } })).toBe(true);
    expect(isProvedAbsent(noted, { ...nothing, resolved: { how: 'none', since: '2026-11-29T10:00:00.000Z' } })).toBe(
      false,
    );
    expect(isProvedAbsent(noted, { ...nothing, resolved: { how: 'there', since: noted.since } })).toBe(false);
  });
});

describe('notes', () => {
  it('should count the presses until the outcome is known', async () => {
    const notes = notesInMemory();
    await notes.begin('a');
    expect(await notes.begin('a')).toMatchObject({ times: 2, doubted: false });
    await notes.doubt('a');
    expect(await notes.pending('a')).toMatchObject({ doubted: true });
    await notes.clear('a');
    expect(await notes.pending('a')).toBeUndefined();
  });
});
