import { describe, expect, it } from 'vitest';
import { classesOf, signsOf, wordsOf } from './decode.ts';

const ALPHABET = ['N', 'r', '7', '漢', ' '];
const LINE = { x: 100, y: 50, width: 200, height: 40, slope: 0 };

/** Steps in which each of these signs is likely; "_" is the blank between signs. */
function stepsOf(text: string, likelihood = 0.9) {
  const classes = ALPHABET.length + 1;
  const data = new Float32Array(text.length * classes);
  for (const [step, sign] of Array.from(text).entries()) data[step * classes + ALPHABET.indexOf(sign) + 1] = likelihood;
  return { data, offset: 0, count: text.length, classes };
}

const read = (text: string, share = 1) => wordsOf(signsOf(stepsOf(text), classesOf(ALPHABET)), LINE, share);

describe('signs of a strip', () => {
  it('should be given once where they last, and twice where a blank parts them', () => {
    expect(read('NN_rr_7_77').map((word) => word.text)).toEqual(['Nr77']);
  });

  it('should be those of our alphabets alone', () => {
    expect(classesOf(ALPHABET).map((one) => one.sign)).toEqual(['N', 'r', '7', ' ']);
    expect(read('N_漢_7').map((word) => word.text)).toEqual(['N7']);
  });

  it('should make words at blanks, each with its part of the line', () => {
    const [number, seven] = read('_N_r____  ____7_7_7_');
    expect([number?.text, seven?.text]).toEqual(['Nr', '777']);
    expect(number?.x).toBeGreaterThanOrEqual(LINE.x);
    expect((number?.x ?? 0) + (number?.width ?? 0)).toBeLessThan(seven?.x ?? 0);
    expect((seven?.x ?? 0) + (seven?.width ?? 0)).toBeLessThanOrEqual(LINE.x + LINE.width);
    expect(seven?.confidence).toBeCloseTo(0.9, 5);
  });

  it('should lie where the line lies, not its padding', () => {
    const [word] = read('_N_r_7____', 0.5);
    expect((word?.x ?? 0) + (word?.width ?? 0)).toBeGreaterThan(LINE.x + LINE.width / 2);
  });
});
