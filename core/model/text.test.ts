import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cutText, storable } from './text.ts';

describe('cutText', () => {
  it('should never cut a letter of two units in half', () => {
    expect(cutText('a😀b', 2)).toBe('a');
    expect(cutText('a😀b', 3)).toBe('a😀');
    expect(cutText('ab', 5)).toBe('ab');
  });

  it('should give a beginning of the text, as long as fits and well-formed where the text is', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.nat(40), (text, most) => {
        const cut = cutText(text, most);
        expect(text.startsWith(cut)).toBe(true);
        expect(cut.length).toBeLessThanOrEqual(most);
        expect(cut.length).toBeGreaterThanOrEqual(Math.min(text.length, most) - 1);
        expect(cut.isWellFormed()).toBe(text.isWellFormed());
      }),
    );
  });
});

it('should keep what a database can keep', () => {
  expect(storable('a\u0000b\ud83d')).toBe('ab\ufffd');
});
