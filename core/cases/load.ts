import { readdir, readFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { Finding } from '../language/finding.ts';
import { checkShape } from '../language/shape/check.ts';
import { readYaml } from '../language/yaml/read.ts';
import type { Source } from '../language/yaml/source.ts';
import { Case } from './case.ts';
import { isRecord } from '../model/is-record.ts';
import { isMissing } from '../model/errors.ts';

/** Folder of a definition's cases, beside it. */
export const CASES_FOLDER = 'cases';
/** Cases that start from one another: a circle ends here. */
const MAX_LIKES = 10;

export type LoadedCase = { name: string; file: string; case: Case };
export type LoadedCases = { cases: LoadedCase[]; findings: Finding[] };

type Raw = { name: string; source: Source; value: unknown };

/** Reads the cases beside a definition's file, by name. Without such a folder there are none. */
export async function loadCases(definitionFile: string): Promise<LoadedCases> {
  const folder = join(dirname(definitionFile), CASES_FOLDER);
  const names = (await readdir(folder).catch(noFolder)).filter((name) => /\.ya?ml$/.test(name)).sort();
  const raws = new Map<string, Raw>();
  const findings: Finding[] = [];
  for (const file of names) {
    const read = readYaml(await readFile(join(folder, file), 'utf8'), join(folder, file));
    const name = basename(file).replace(/\.ya?ml$/, '');
    if (read.findings.length > 0) findings.push(...read.findings);
    else raws.set(name, { name, ...read });
  }
  const cases: LoadedCase[] = [];
  for (const raw of raws.values()) {
    const whole = wholeOf(raw, raws, MAX_LIKES);
    if ('rule' in whole) findings.push(whole);
    else {
      const shaped = checkShape(Case, whole.value, raw.source);
      if (shaped.data) cases.push({ name: raw.name, file: raw.source.file, case: shaped.data });
      else findings.push(...shaped.findings);
    }
  }
  return { cases, findings };
}

/** The case with what it takes from the one it is like: a JSON merge patch (RFC 7396); expectations are its own. */
function wholeOf(raw: Raw, raws: ReadonlyMap<string, Raw>, left: number): { value: unknown } | Finding {
  if (!isRecord(raw.value) || typeof raw.value['like'] !== 'string') return raw;
  const { like } = raw.value;
  const base = raws.get(like);
  if (!base || left === 0) {
    const message = base
      ? `cases that are like "${like}" go round in a circle`
      : `there is no case "${like}" to be like`;
    const at = raw.source.locate('/like');
    return { file: raw.source.file, ...at, severity: 'error', rule: 'case/like', message, path: '/like' };
  }
  const inherited = wholeOf(base, raws, left - 1);
  if ('rule' in inherited || !isRecord(inherited.value)) return inherited;
  const { expect: _, title: __, ...kept } = inherited.value;
  if ('event' in raw.value) delete kept['input'];
  if ('input' in raw.value) delete kept['event'];
  return { value: merge(kept, raw.value) };
}

function merge(target: unknown, patch: unknown): unknown {
  if (!isRecord(patch)) return patch;
  const result: Record<string, unknown> = isRecord(target) ? { ...target } : {};
  for (const [key, value] of Object.entries(patch)) {
    if (value === null) delete result[key];
    else result[key] = merge(result[key], value);
  }
  return result;
}

function noFolder(error: unknown): string[] {
  if (isMissing(error)) return [];
  throw error;
}
