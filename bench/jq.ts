/**
 * `node bench/jq.ts`: median time of one evaluation of 20 typical expressions, ours and jqjs inside a `node:vm`
 * context as Temporal's sandbox is one, jq-wasm outside (it is asynchronous and cannot run there).
 */
import { createRequire } from 'node:module';
import vm from 'node:vm';
import jqWasm from 'jq-wasm';
import { build } from './jq.bundle.ts';
import { EXPRESSIONS, INPUT } from './jq.expressions.ts';

/** Evaluations of each expression by the synchronous engines, after as many to warm up. */
const ROUNDS = 2_000;
/** Of jq-wasm, which takes milliseconds. */
const ASYNC_ROUNDS = 15;

type Run = (input: unknown) => unknown;

const require = createRequire(import.meta.url);
const context = vm.createContext({ console });
vm.runInContext(await build('packages/jq/index.ts', 'ours'), context);
vm.runInContext(await build(require.resolve('@michaelhomer/jqjs'), 'jqjs'), context);
vm.runInContext(`var input = JSON.parse(${JSON.stringify(JSON.stringify(INPUT))});`, context);

const rows: { expression: string; ours: string; jqjs: string; 'jq-wasm': string }[] = [];
const totals: Record<string, number[]> = { ours: [], jqjs: [], 'jq-wasm': [] };
for (const expression of EXPRESSIONS) {
  const ours = timeInContext(`(p => x => p.run(x))(ours.compile(${JSON.stringify(expression)}))`);
  const jqjs = timeInContext(`(p => x => Array.from(p(x)))(jqjs.compile(${JSON.stringify(expression)}))`);
  const wasm = await timeWasm(expression);
  for (const [name, value] of Object.entries({ ours, jqjs, 'jq-wasm': wasm }))
    if (value !== null) totals[name]?.push(value);
  rows.push({ expression, ours: show(ours), jqjs: show(jqjs), 'jq-wasm': show(wasm) });
}
console.table(rows);
for (const [name, values] of Object.entries(totals))
  console.log(`${name}: median ${show(median(values))} µs of ${values.length}`);

/** Median µs of a program made inside the context; null where it refuses the expression. */
function timeInContext(make: string): number | null {
  try {
    const run = vm.runInContext(make, context) as Run;
    const input: unknown = vm.runInContext('input', context);
    for (let i = 0; i < ROUNDS; i++) run(input);
    return median(Array.from({ length: ROUNDS }, () => timed(() => run(input))));
  } catch {
    return null;
  }
}

async function timeWasm(expression: string): Promise<number> {
  const times: number[] = [];
  for (let i = 0; i < ASYNC_ROUNDS; i++) {
    const start = performance.now();
    await jqWasm.raw(INPUT, expression, ['-c']).catch(() => '');
    times.push((performance.now() - start) * 1000);
  }
  return median(times);
}

function timed(work: () => unknown): number {
  const start = performance.now();
  work();
  return (performance.now() - start) * 1000;
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}

function show(value: number | null): string {
  return value === null ? 'refused' : value.toFixed(1);
}
