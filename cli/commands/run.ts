import { readFile } from 'node:fs/promises';
import { parse } from 'yaml';
import { z } from 'zod';
import { Answers } from '../../definitions/cases/case.ts';
import { CoverageMap } from '../../definitions/cases/coverage.ts';
import { findFunction } from '../../definitions/functions/catalogue.ts';
import { checkDefinition } from '../../definitions/language/check.ts';
import { isError } from '../../definitions/language/finding.ts';
import { findDefinitions } from '../../definitions/language/folder.ts';
import { loadDefinition, type LoadedDefinition } from '../../definitions/language/load.ts';
import { ensure } from '../../scripts/setup/part.ts';
import { temporalPart } from '../../scripts/setup/temporal.ts';
import { quietTemporal } from '../../workers/quiet-temporal.ts';
import { answering } from '../../workers/rehearsal/answers.ts';
import { libraryOf } from '../../workers/rehearsal/library.ts';
import { minimalOf } from '../../workers/rehearsal/minimal.ts';
import { openStage, type Played } from '../../workers/rehearsal/stage.ts';
import { EXIT, type Io } from '../io.ts';
import { findingLine } from './check.ts';

export type RunOptions = { input?: string; simulate?: boolean; answers?: string; json?: boolean };

/** A file of answers: they alone, or a case, of which only the answers count. */
const AnswersFile = z.union([z.object({ answers: Answers }).transform(({ answers }) => answers), Answers]);

/**
 * `zaplecze run FILE`: runs a definition once on a server of its own. Calls are answered, never made: by `--answers`,
 * or, with `--simulate`, by the least that each function can give. Not in order: the run failed.
 */
export async function run(file: string, options: RunOptions, io: Io): Promise<number> {
  const [found] = await findDefinitions(file);
  if (!found) {
    io.err(`${file}: no definition found`);
    return EXIT.notOk;
  }
  const { ok, loaded, findings } = loadDefinition(found.source, found.file);
  const all = ok ? [...findings, ...checkDefinition(loaded, found.files ? { files: found.files } : {})] : findings;
  for (const finding of all.filter(isError)) io.err(findingLine(finding));
  if (!ok || all.some(isError)) return EXIT.notOk;
  const answers = options.answers ? AnswersFile.parse(parse(await readFile(options.answers, 'utf8'))) : {};
  const input: unknown = options.input ? JSON.parse(await textOf(options.input)) : {};
  const { played, calls, path } = await rehearse(loaded, input, { ...options, answers }, io);
  if (options.json) io.out(JSON.stringify({ ...played, progress: undefined, path, calls }, null, 2));
  else {
    io.out(`tasks: ${path.join(', ') || 'none'}`);
    io.out(
      played.fault ? `failed: ${JSON.stringify(played.fault)}` : `output: ${JSON.stringify(played.output, null, 2)}`,
    );
  }
  return played.fault ? EXIT.notOk : EXIT.ok;
}

type Wanted = { answers: Answers; simulate?: boolean; json?: boolean };

async function rehearse(loaded: LoadedDefinition, input: unknown, { answers, simulate, json }: Wanted, io: Io) {
  quietTemporal();
  const temporal = await ensure(temporalPart, (text) => io.err(text));
  const stage = await openStage(temporal.path);
  try {
    const { actor, calls } = answering(answers, libraryOf([loaded]), simulate ? madeUp : undefined);
    const { definition, hash } = loaded;
    const played: Played = await stage.play({ definition, hash, input, rehearsal: { events: [] }, actor });
    if (!json)
      for (const { call, task, with: args } of calls) io.out(`would call ${call} (${task}): ${JSON.stringify(args)}`);
    return { played, calls, path: new CoverageMap(definition).path(played.progress.tasks) };
  } finally {
    await stage.close();
  }
}

/** The least that a function of the catalogue can give; what else is called (services) answers nothing. */
function madeUp(name: string): unknown {
  const spec = findFunction(name);
  return spec ? minimalOf(spec.result) : null;
}

function textOf(value: string): Promise<string> {
  return value.startsWith('@') ? readFile(value.slice(1), 'utf8') : Promise.resolve(value);
}
