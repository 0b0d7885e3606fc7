import { describe, expect, it } from 'vitest';
import { linesOf } from '../../page/layout.ts';
import { amountsOf, parseAmount } from './amounts.ts';

describe('parseAmount', () => {
  it.each([
    ['6 882,48', '6882.48'],
    ['1.234,56', '1234.56'],
    ['1,234.56', '1234.56'],
    ["1'234.50", '1234.50'],
    ['12,50-', '-12.50'],
    ['(3.00)', '-3.00'],
    ['1.234', '1234.00'],
    ['0.025', '0.025'],
    ['1.234.567,89', '1234567.89'],
    ['7', '7'],
  ])('reads %s', (printed, value) => {
    expect(parseAmount(printed)).toBe(value);
  });

  it.each(['12.03.2026', 'abc', '1,2,3', ''])('does not take %j for an amount', (printed) => {
    expect(parseAmount(printed)).toBeUndefined();
  });
});

describe('amountsOf', () => {
  /** One line of words, each `gap` points after the one before. */
  const line = (words: [text: string, gap: number][]) => {
    let x = 0;
    const placed = words.map(([text, gap]) => {
      x += gap;
      const word = { text, x, y: 0, width: text.length * 5, height: 10, confidence: 1 };
      x += word.width;
      return word;
    });
    const [first] = linesOf({ number: 1, width: 600, height: 800, words: placed });
    return first ? amountsOf(first).map((hit) => hit.value) : [];
  };

  it('joins groups of thousands and parts columns', () => {
    expect(
      line([
        ['24', 0],
        ['6', 40],
        ['882,48', 3],
        ['1', 40],
        ['582,97', 3],
      ]),
    ).toEqual(['24', '6882.48', '1582.97']);
  });

  it('drops currencies on either side', () => {
    expect(
      line([
        ['$93.50', 0],
        ['12,00€', 20],
        ['PLN', 20],
        ['5,00', 3],
      ]),
    ).toEqual(['93.50', '12.00', '5.00']);
  });
});
