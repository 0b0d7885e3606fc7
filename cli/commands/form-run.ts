import { createInterface } from 'node:readline/promises';
import { z } from 'zod';
import { FormProblem } from '../../bots/forms/index.ts';
import type { FormContext, FormResult, Rehearsal } from '../../bots/forms/index.ts';
import { loadForm } from '../../core/forms/load.ts';
import { ProblemError } from '../../core/model/problem.ts';
import { readData, readText } from '../input-file.ts';
import { EXIT, type Io } from '../io.ts';
import { openTarget, saveFiles, withRunner } from './form-target.ts';
import type { TargetOptions } from './form-target.ts';

export type RunOptions = TargetOptions & {
  data: string;
  key?: string;
  dryRun?: boolean;
  watch?: boolean;
  json?: boolean;
  out?: string;
};

const Values = z.record(z.string(), z.unknown());

/**
 * `zaplecze form run FORM --data FILE`: fills one form as a run would: looks, writes once, reads back. `--dry-run` stops
 * before the effect; `--watch` shows the browser and lets a person look, correct or press there before it goes on.
 */
export async function run(file: string, options: RunOptions, io: Io): Promise<number> {
  const data = Values.safeParse(await readData(options.data));
  if (!data.success) {
    io.err(`${options.data} is not a list of named values (${z.prettifyError(data.error)})`);
    return EXIT.usage;
  }
  try {
    const form = loadForm(await readText(file), file);
    const target = await openTarget(form.target.name, options);
    const key = options.key ?? JSON.stringify(data.data);
    const context: FormContext = {
      onProgress: options.json ? undefined : (note) => io.err(`  ${note}`),
      ...(options.watch && { attend: () => askPerson(io) }),
    };
    const request = { form, target, key, values: data.data, context };
    const result = await withRunner<FormResult | Rehearsal>({ headless: !options.watch }, (runner) =>
      options.dryRun ? runner.rehearse(request) : runner.run(request),
    );
    if (options.out !== undefined) await saveFiles(options.out, result.proof);
    tell(result, options, io);
    return EXIT.ok;
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    if (options.json) io.out(JSON.stringify({ problem: error.problem }, null, 2));
    else io.err(`${error.problem.title}: ${error.message}`);
    if (options.out !== undefined && error instanceof FormProblem) await saveFiles(options.out, error.evidence);
    return EXIT.notOk;
  }
}

/** Waits until the person at the browser has looked. */
async function askPerson(io: Io): Promise<'bot' | 'person'> {
  io.err('\nThe form is filled in. Check it in the browser and correct it if necessary.');
  io.err('Press Enter to let the bot continue, or save in the browser yourself and type "done" here.');
  const terminal = createInterface({ input: process.stdin });
  try {
    for await (const line of terminal) return line.trim().toLowerCase() === 'done' ? 'person' : 'bot';
  } finally {
    terminal.close();
  }
  throw new Error('there is nobody to ask: standard input has ended. To fix: run it in a terminal, or without --watch');
}

function tell(result: FormResult | Rehearsal, { json }: RunOptions, io: Io): void {
  const { outcome, drift } = result;
  const found = 'readBack' in result ? { record: result.record, readBack: result.readBack } : {};
  if (json) return io.out(JSON.stringify({ outcome, ...found, drift }, null, 2));
  io.out(`${outcome}${found.record === undefined ? '' : `: record ${found.record}`}`);
  for (const { field, lost } of drift)
    io.out(`the page has changed: "${field}" is no longer found by ${lost.join(', ')}`);
}
