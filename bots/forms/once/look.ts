import type { ConfirmSection, FindSection } from '../../../core/forms/form.ts';
import { businessException } from '../../../core/model/problem.ts';
import type { ProblemError } from '../../../core/model/problem.ts';
import { readField } from '../steps/act.ts';
import { pageChanged } from '../errors.ts';
import { equal, readAs } from '../values/compare.ts';
import { isSeen } from '../job.ts';
import type { Job } from '../job.ts';
import { callInPage } from '../page/inject.ts';
import { doSteps } from '../steps/steps.ts';

/** A record as the target shows it: its number, and its values read back (dates ISO 8601, amounts decimal strings). */
export type FoundRecord = { record?: string; readBack: Record<string, string> };

type Row = Record<string, string>;

/**
 * Searches the target for the record, as the form's `find` says. Without `compare`, whatever its other values are.
 * @throws a business exception when it is there more than once, or there with other values than those to be written.
 */
export async function look(job: Job, find: FindSection, compare = true): Promise<FoundRecord | undefined> {
  await doSteps(job, find.steps);
  job.progress.note('read the results');
  const rows = (await readRows(job, find)).filter((row) =>
    Object.keys(find.match).every((n) => agrees(job, find, row, n)),
  );
  const [row] = rows;
  if (!row) return undefined;
  if (rows.length > 1) throw several(job, find, rows.length);
  const differing = compare ? Object.keys(find.same).filter((name) => !agrees(job, find, row, name, find.same)) : [];
  if (differing.length > 0) {
    throw differs(
      differing.map(
        (name) => `${name} is "${row[find.table[name] ?? '']}", not "${job.values.text(find.same[name] ?? '')}"`,
      ),
    );
  }
  const templates = { ...find.match, ...find.same };
  const readBack = Object.fromEntries(
    Object.entries(find.table).map(([name, heading]) => [name, readAs(job, templates[name], row[heading] ?? '')]),
  );
  return { readBack, ...(find.record === undefined ? {} : { record: readBack[find.record] ?? '' }) };
}

/** Opens the record and compares its fields with what was sent; adds them to what was read back. */
export async function verify(
  job: Job,
  confirm: ConfirmSection,
  found: FoundRecord,
  compare = true,
): Promise<FoundRecord> {
  job.values = job.values.with('record', found.record ?? '');
  await doSteps(job, confirm.steps);
  const readBack = { ...found.readBack };
  const faults: string[] = [];
  for (const [name, template] of Object.entries(confirm.same)) {
    const shown = await readField(job, name);
    readBack[name] = readAs(job, template, shown);
    if (compare && !equal(job, template, shown))
      faults.push(`${name} is "${shown}", not "${job.values.text(template)}"`);
  }
  if (faults.length > 0) throw differs(faults);
  const record = confirm.record === undefined ? found.record : await readField(job, confirm.record);
  return { readBack, ...(record === undefined ? {} : { record }) };
}

async function readRows(job: Job, find: FindSection): Promise<Row[]> {
  const headings = Object.values(find.table);
  const rows = await job.screen.until(job.progress, async () => {
    for (const frame of job.screen.frames()) {
      const found = await callInPage(frame, 'tableRows', headings);
      if (found) return found;
    }
    return find.nothing !== undefined && (await isSeen(job, find.nothing)) ? [] : undefined;
  });
  if (!rows) throw pageChanged(`no table with the headings ${headings.join(', ')}`);
  return rows;
}

function agrees(job: Job, find: FindSection, row: Row, name: string, templates = find.match): boolean {
  return equal(job, templates[name] ?? '', row[find.table[name] ?? ''] ?? '');
}

function several(job: Job, find: FindSection, count: number): ProblemError {
  const what = Object.entries(find.match).map(([name, template]) => `${name} ${job.values.text(template)}`);
  return businessException(
    'several-in-target',
    `the target has ${count} records with ${what.join(', ')}; remove all but one`,
  );
}

function differs(faults: readonly string[]): ProblemError {
  return businessException('differs-in-target', `the record is there with other values: ${faults.join('; ')}`);
}
