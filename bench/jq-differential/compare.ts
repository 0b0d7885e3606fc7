import { createRequire } from 'node:module';
import { isDeepStrictEqual } from 'node:util';
import { compile, JqBoundError, JqError, JqSyntaxError } from '../../packages/jq/index.ts';
import { toJson } from '../../packages/jq/index.ts';
import { generate, type Trial } from './generate.ts';
import { seeded } from '../random.ts';
import { errorText } from '../../core/model/errors.ts';

/** What an engine made of a program: its outputs, or the fact that it failed; texts of errors are not compared. */
type Outcome = { readonly outputs: unknown[] } | { readonly failed: string };

/** A trial in which the engines differ. */
export interface Difference extends Trial {
  readonly ours: string;
  readonly theirs: string;
  readonly kind: string;
}

/** Runs `count` generated programs in both engines and gives those whose outcomes differ. */
export async function findDifferences(count: number, seed: number): Promise<Difference[]> {
  const random = seeded(seed);
  const differences: Difference[] = [];
  for (let i = 0; i < count; i++) {
    const trial = generate(random);
    const ours = runOurs(trial);
    // What exceeds our bounds would run for ever there, or until memory ends.
    if ('failed' in ours && ours.failed === 'JqBoundError') continue;
    const theirs = await runTheirs(trial);
    const kind = difference(ours, theirs, trial.program);
    if (kind !== null) differences.push({ ...trial, kind, ours: show(ours), theirs: show(theirs) });
  }
  return differences;
}

function runOurs({ program, input }: Trial): Outcome {
  try {
    const outputs = compile(`try [${program}] catch {caught: 1}`).run(input);
    return { outputs: outputs.map((output) => JSON.parse(toJson(output)) as unknown) };
  } catch (error) {
    if (error instanceof JqError || error instanceof JqSyntaxError || error instanceof JqBoundError) {
      return { failed: error.constructor.name };
    }
    throw error;
  }
}

const require = createRequire(import.meta.url);
/** The part of jq-wasm used here. */
interface Reference {
  raw(input: string, program: string, flags: string[]): Promise<string>;
}
let reference: Reference | null = null;

/** The reference, anew after it has aborted (some programs trip an assertion of jq 1.7.1): it does not recover. */
function loadReference(): Reference {
  if (reference === null) {
    for (const path of Object.keys(require.cache)) if (path.includes('jq-wasm')) delete require.cache[path];
    reference = require('jq-wasm') as Reference;
  }
  return reference;
}

async function runTheirs({ program, input }: Trial): Promise<Outcome> {
  try {
    const text = await loadReference().raw(JSON.stringify(input), `try [${program}] catch {caught: 1}`, ['-c']);
    return {
      outputs: text
        .split('\n')
        .filter((line) => line !== '')
        .map((line) => JSON.parse(line) as unknown),
    };
  } catch (error) {
    const message = errorText(error);
    if (!message.startsWith('jq:')) reference = null;
    return { failed: message.slice(0, 120) };
  }
}

/** Functions that jq 1.8 has changed, which the reference (1.7.1) has not: differences in programs with them are expected. */
const NEWER = [
  ['trimstr(', '1.8: ltrimstr and rtrimstr refuse what is no string'],
  ['last(', '1.8: last of nothing is nothing'],
] as const;

/** The kind of a difference, or null where there is none. */
function difference(ours: Outcome, theirs: Outcome, program: string): string | null {
  if ('failed' in ours && 'failed' in theirs) return null;
  if ('failed' in ours) return 'only ours fails';
  if ('failed' in theirs)
    return theirs.failed.includes('syntax error')
      ? 'grammar of 1.8'
      : theirs.failed.startsWith('jq:')
        ? 'only theirs fails'
        : 'the reference aborts';
  if (isDeepStrictEqual(ours.outputs, theirs.outputs)) return null;
  const newer = NEWER.find(([name]) => program.includes(name));
  if (newer !== undefined) return newer[1];
  if (raised(ours.outputs)) return 'only ours raises';
  if (raised(theirs.outputs)) return 'only theirs raises';
  return 'other output';
}

/** True for the outputs of a trial that ended with an error of the program. */
function raised(outputs: readonly unknown[]): boolean {
  return JSON.stringify(outputs) === '[{"caught":1}]';
}

function show(outcome: Outcome): string {
  return JSON.stringify('failed' in outcome ? outcome.failed : outcome.outputs).slice(0, 200);
}
