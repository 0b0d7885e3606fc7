import { resolve } from 'node:path';
import { z } from 'zod';
import { Answers } from '../../core/cases/case.ts';
import { CoverageMap } from '../../core/cases/coverage.ts';
import { findFunction } from '../../core/catalogue/catalogue.ts';
import { checkDefinition } from '../../core/language/check/index.ts';
import { isError } from '../../core/language/finding.ts';
import { findDefinitions } from '../../core/language/folder.ts';
import { loadDefinition, type LoadedDefinition } from '../../core/language/load.ts';
import type { TaskState } from '../../core/model/run.ts';
import { Settings } from '../../core/settings/settings.ts';
import { ensure } from '../../installation/tools/part.ts';
import { setUp } from '../../installation/tools/index.ts';
import { temporalPart } from '../../installation/tools/temporal.ts';
import { freePort } from '../../installation/embedded/ports.ts';
import { homeDir } from '../../installation/home.ts';
import { runOnce } from '../../workers/run-once.ts';
import type { Played } from '../../installation/rehearsal/played.ts';
import { quietTemporal } from '../../installation/embedded/quiet-temporal.ts';
import { answering } from '../../installation/rehearsal/answers.ts';
import { libraryOf } from '../../installation/rehearsal/library.ts';
import { minimalOf } from '../../installation/rehearsal/minimal.ts';
import { openStage } from '../../installation/rehearsal/stage.ts';
import { loadSettings } from '../../installation/settings.ts';
import { jsonOf, readData, UsageError } from '../input-file.ts';
import { EXIT, type Io } from '../io.ts';
import { findingLine } from './check.ts';

export type RunOptions = { input?: string; simulate?: boolean; answers?: string; settings?: string; json?: boolean };
type Found = { loaded: LoadedDefinition; source: string; files: Record<string, string> };

/** A file of answers: they alone, or a case, of which only the answers count. */
const AnswersFile = z.union([z.object({ answers: Answers }).transform(({ answers }) => answers), Answers]);

/**
 * `zaplecze run FILE`: runs a definition once, for real, in an installation of its own that is thrown away. With
 * `--answers` or `--simulate` calls are answered, never made: by the file, or by the least that each function can give.
 * Not in order: the run failed.
 */
export async function run(file: string, options: RunOptions, io: Io): Promise<number> {
  const found = await open(file, io);
  if (!found) return EXIT.notOk;
  const input: unknown = options.input ? await jsonOf('--input', options.input) : {};
  const played =
    options.answers || options.simulate
      ? await rehearse(found, input, options, io)
      : await perform(found, input, options, io);
  const path = new CoverageMap(found.loaded.definition).path(played.progress.tasks);
  if (options.json) io.out(JSON.stringify({ ...played, progress: undefined, path }, null, 2));
  else {
    io.out(`tasks: ${path.join(', ') || 'none'}`);
    const { fault, output } = played;
    io.out(fault ? `failed: ${JSON.stringify(fault)}` : `output: ${JSON.stringify(output, null, 2)}`);
  }
  return played.fault ? EXIT.notOk : EXIT.ok;
}

/** The definition with the files beside it; undefined, and said why, where it is not in order. */
async function open(file: string, io: Io): Promise<Found | undefined> {
  const [found] = await findDefinitions(file);
  if (!found) {
    io.err(`${file}: no definition found`);
    return undefined;
  }
  const { ok, loaded, findings } = loadDefinition(found.source, found.file);
  const all = ok ? [...findings, ...checkDefinition(loaded, found.files ? { files: found.files } : {})] : findings;
  for (const finding of all.filter(isError)) io.err(findingLine(finding));
  if (!ok || all.some(isError)) return undefined;
  return { loaded, source: found.source, files: found.files ?? {} };
}

/** Ctrl-C, and what `timeout` and service managers send: the Temporal server of the run must end with it. */
const STOPS = ['SIGINT', 'SIGTERM'] as const;

/** For real. Without a settings file the run has nobody to mail and no target, which is enough for calls of its own. */
async function perform({ loaded, source, files }: Found, input: unknown, options: RunOptions, io: Io): Promise<Played> {
  const settings = options.settings ? await loadSettings(resolve(options.settings)) : await bareSettings();
  const tools = await setUp((text) => io.err(text));
  const stop = new AbortController();
  const onInterrupt = (): void => {
    io.err('cancelling the run and cleaning up …');
    stop.abort();
  };
  for (const signal of STOPS) process.once(signal, onInterrupt);
  try {
    return await runOnce({
      definition: loaded,
      source,
      files,
      input,
      settings,
      secretsFrom: homeDir(),
      temporalExecutable: tools.temporal.path,
      chromium: tools.chromium.path,
      onTask: (task) => !options.json && io.err(taskLine(task)),
      onReady: (url) => !options.json && io.err(`running ${loaded.definition.document.name}; people decide at ${url}`),
      signal: stop.signal,
    });
  } finally {
    for (const signal of STOPS) process.removeListener(signal, onInterrupt);
  }
}

async function bareSettings(): Promise<Settings> {
  const port = await freePort();
  return Settings.parse({
    company: { name: 'A single run' },
    publicUrl: `http://127.0.0.1:${port}`,
    server: { port },
    smtp: { host: '127.0.0.1', port: await freePort(), tls: 'none', from: 'run@localhost.localdomain' },
  });
}

function taskLine({ reference, status, startedAt, endedAt }: TaskState): string {
  const took = endedAt ? `${Date.parse(endedAt) - Date.parse(startedAt)} ms` : '';
  return `  ${status.padEnd(10)} ${took.padStart(9)}  ${reference}`;
}

async function rehearse(
  { loaded }: Found,
  input: unknown,
  options: RunOptions,
  io: Io,
): Promise<Played & { calls: unknown }> {
  quietTemporal();
  const answers = options.answers ? await readAnswers(options.answers) : {};
  const temporal = await ensure(temporalPart, (text) => io.err(text));
  const stage = await openStage(temporal.path);
  try {
    const { actor, calls } = answering(answers, libraryOf([loaded]), options.simulate ? madeUp : undefined);
    const { definition, hash } = loaded;
    const played = await stage.play({ definition, hash, input, rehearsal: { events: [] }, actor });
    if (!options.json)
      for (const { call, task, with: args } of calls) io.out(`would call ${call} (${task}): ${JSON.stringify(args)}`);
    return { ...played, calls };
  } finally {
    await stage.close();
  }
}

/** The least that a function of the catalogue can give; what else is called (services) answers nothing. */
function madeUp(name: string): unknown {
  const spec = findFunction(name);
  return spec ? minimalOf(spec.result) : null;
}

async function readAnswers(file: string): Promise<Answers> {
  const read = AnswersFile.safeParse(await readData(file));
  if (read.success) return read.data;
  throw new UsageError(
    `${file} contains no answers. Write a function's name, and below it "returns: …" or "raises: …" (docs/testing-definitions.md)`,
  );
}
