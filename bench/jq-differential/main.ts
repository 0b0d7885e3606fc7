/**
 * `node bench/jq-differential.ts [count] [seed]`: generated programs in our jq and in jq-wasm; prints what differs.
 * Runs in batches, each in a process of its own: the reference leaks memory with each abort.
 */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { findDifferences, type Difference } from './compare.ts';

const SHOWN = 40;
/** After many hundred programs and some aborts the reference may loop for ever; a fresh one does not. */
const BATCH = 100;
/** Characters of a batch's answer: some dozen differences of some hundred characters, with room. */
const MOST_ANSWER = 16 * 1024 * 1024;
const MARK = '\u0000';

const [, self = '', first = '10000', second = '1', mode] = process.argv;
if (mode === 'batch')
  process.stdout.write(`${MARK}${JSON.stringify(await findDifferences(Number(first), Number(second)))}`);
else await report(Number(first), Number(second));

async function report(count: number, seed: number): Promise<void> {
  const differences: Difference[] = [];
  for (let done = 0; done < count; done += BATCH) {
    const size = String(Math.min(BATCH, count - done));
    const batch = [self, size, String(seed + done / BATCH), 'batch'];
    const { stdout } = await promisify(execFile)(process.execPath, batch, { maxBuffer: MOST_ANSWER });
    differences.push(...(JSON.parse(stdout.slice(stdout.indexOf(MARK) + 1)) as Difference[]));
  }
  console.log(`${count} programs (seed ${seed}): ${differences.length} differ from jq-wasm`);
  for (const [kind, found] of Map.groupBy(differences, (difference) => difference.kind)) {
    console.log(`${String(found.length).padStart(6)}  ${kind}`);
  }
  for (const { program, input, ours, theirs, kind } of differences.slice(0, SHOWN)) {
    console.log(`\n${kind}: ${program}\n  input  ${JSON.stringify(input)}\n  ours   ${ours}\n  theirs ${theirs}`);
  }
}
