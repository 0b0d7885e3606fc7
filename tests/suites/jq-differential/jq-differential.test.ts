import { expect, it } from 'vitest';
import { findDifferences } from '../../../bench/jq-differential/compare.ts';

const PROGRAMS = process.env.ZAPLECZE_FULL ? 3_000 : 300;
const SEED = 20_261_124;
/**
 * jq-wasm is jq 1.7.1 and we follow 1.8: `last(empty)`, `ltrimstr` of what is no string and the like differ by
 * intention, and some programs trip assertions of 1.7.1. `node bench/jq-differential.ts` lists them.
 */
const MOST_DIFFERENCES = PROGRAMS / 50;

it(`agrees with jq-wasm on ${PROGRAMS} generated programs`, async () => {
  const differences = await findDifferences(PROGRAMS, SEED);
  expect(differences.length, JSON.stringify(differences, null, 2)).toBeLessThanOrEqual(MOST_DIFFERENCES);
});
