import { existsSync } from 'node:fs';
import { relative } from 'node:path';
import type { Count } from '../../core/cases/coverage.ts';
import { loadCases, type LoadedCase } from '../../core/cases/load.ts';
import { isError, type Finding } from '../../core/language/finding.ts';
import { findDefinitions } from '../../core/language/folder.ts';
import { loadDefinition, type LoadedDefinition } from '../../core/language/load.ts';
import { ensure } from '../../installation/tools/part.ts';
import { temporalPart } from '../../installation/tools/temporal.ts';
import { quietTemporal } from '../../installation/embedded/quiet-temporal.ts';
import { libraryOf } from '../../installation/rehearsal/library.ts';
import { type DefinitionResult, runCases } from '../../installation/rehearsal/run-cases.ts';
import { openStage } from '../../installation/rehearsal/stage.ts';
import { EXIT, type Io } from '../io.ts';
import { findingLine } from './check.ts';

type Subject = { file: string; loaded: LoadedDefinition; cases: LoadedCase[] };
type Tested = DefinitionResult & { file: string };

/** `zaplecze test PATH…`: rehearses the cases of definitions. Not in order: a case failed, or there is none. */
export async function test(paths: string[], options: { json?: boolean }, io: Io): Promise<number> {
  const missing = paths.filter((path) => !existsSync(path));
  for (const path of missing) io.err(`${path}: there is no such file or folder`);
  if (missing.length > 0) return EXIT.notOk;
  const { subjects, findings } = await load(paths);
  for (const finding of findings) io.err(findingLine(finding));
  if (findings.some(isError)) return EXIT.notOk;
  const tested = subjects.some(({ cases }) => cases.length > 0) ? await rehearseAll(subjects, io) : [];
  const results = tested.flatMap(({ cases }) => cases);
  const failed = results.filter(({ ok }) => !ok).length;
  const ok = failed === 0 && results.length > 0;
  if (options.json) io.out(JSON.stringify({ ok, definitions: tested }, null, 2));
  else {
    for (const one of tested) tell(one, io);
    if (results.length === 0) io.err('no cases found: put them in cases/*.yaml beside the definition');
    io.out(`${results.length - failed} passed, ${failed} failed`);
  }
  return ok ? EXIT.ok : EXIT.notOk;
}

async function load(paths: string[]): Promise<{ subjects: Subject[]; findings: Finding[] }> {
  const subjects: Subject[] = [];
  const findings: Finding[] = [];
  for (const { file, source } of (await Promise.all(paths.map(findDefinitions))).flat()) {
    const result = loadDefinition(source, file);
    findings.push(...result.findings);
    if (!result.ok) continue;
    const { cases, findings: wrong } = await loadCases(file);
    findings.push(...wrong);
    subjects.push({ file, loaded: result.loaded, cases });
  }
  return { subjects, findings };
}

async function rehearseAll(subjects: Subject[], io: Io): Promise<Tested[]> {
  quietTemporal();
  const temporal = await ensure(temporalPart, (text) => io.err(text));
  const stage = await openStage(temporal.path);
  try {
    const library = libraryOf(subjects.map(({ loaded }) => loaded));
    const tested: Tested[] = [];
    for (const { file, loaded, cases } of subjects) {
      tested.push({ file: relative('', file), ...(await runCases(stage, loaded, cases, library)) });
    }
    return tested;
  } finally {
    await stage.close();
  }
}

function tell({ file, cases, coverage }: Tested, io: Io): void {
  io.out(file);
  for (const { name, title, ok, differences, ms } of cases) {
    io.out(`  ${ok ? 'ok    ' : 'FAILED'}  ${name}: ${title} (${ms} ms)`);
    for (const difference of differences) io.out(`          ${difference.replaceAll('\n', '\n          ')}`);
  }
  io.out(`  tasks ${counted(coverage.tasks)}   branches ${counted(coverage.branches)}`);
  const missed = [...coverage.tasks.missed, ...coverage.branches.missed];
  if (missed.length > 0) io.out(`  not reached: ${missed.join(', ')}`);
}

function counted({ reached, of }: Count): string {
  return of === 0 ? '0/0' : `${reached}/${of} (${Math.floor((100 * reached) / of)} %)`;
}
