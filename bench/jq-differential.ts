/** `node bench/jq-differential.ts [count] [seed]`: generated programs in our jq and in jq-wasm; prints what differs. */
import { findDifferences } from '../tests/differential/jq.compare.ts';

const SHOWN = 40;
const count = Number(process.argv[2] ?? 10_000);
const seed = Number(process.argv[3] ?? 1);
const differences = await findDifferences(count, seed);
const kinds = Map.groupBy(differences, ({ kind }) => kind);

console.log(`${count} programs (seed ${seed}): ${differences.length} differ from jq-wasm`);
for (const [kind, found] of kinds) console.log(`${String(found.length).padStart(6)}  ${kind}`);
for (const { program, input, ours, theirs, kind } of differences.slice(0, SHOWN)) {
  console.log(`\n${kind}: ${program}\n  input  ${JSON.stringify(input)}\n  ours   ${ours}\n  theirs ${theirs}`);
}
