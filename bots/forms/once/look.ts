import type { ConfirmSection, FindSection } from '../../../core/forms/form.ts';
import { businessException } from '../../../core/model/problem.ts';
import type { ProblemError } from '../../../core/model/problem.ts';
import { readField } from '../steps/act.ts';
import { equal, readAs } from '../values/compare.ts';
import type { Job } from '../job.ts';
import { goToPage, readList } from './list.ts';
import type { ListRow, Row } from './list.ts';
import { doSteps } from '../steps/steps.ts';

/** A record as the target shows it: its number, its values read back (dates ISO 8601, amounts decimal strings), its row. */
export type FoundRecord = { record?: string; readBack: Record<string, string>; row: ListRow };

/** What a search came to. `whole`: the list was read to its end, so that nothing can hide on another page of it. */
export type Look = { found?: FoundRecord; whole: boolean };

/**
 * Searches the target for the record, as the form's `find` says. Without `compare`, whatever its other values are.
 * Afterwards the page with the record is on the screen.
 * @throws a business exception when it is there more than once, or there with other values than those to be written.
 */
export async function look(job: Job, find: FindSection, compare = true): Promise<Look> {
  await doSteps(job, find.steps);
  job.progress.note('read the results');
  const list = await readList(job, find);
  const rows = list.rows.filter(({ cells }) => Object.keys(find.match).every((n) => agrees(job, find, cells, n)));
  const [row] = rows;
  if (!row) return { whole: list.whole };
  if (rows.length > 1) throw several(job, find, rows.length);
  const differing = compare
    ? Object.keys(find.same).filter((name) => !agrees(job, find, row.cells, name, find.same))
    : [];
  if (differing.length > 0) {
    throw differs(
      differing.map(
        (name) => `${name} is "${row.cells[find.table[name] ?? '']}", not "${job.values.text(find.same[name] ?? '')}"`,
      ),
    );
  }
  if (row.page < list.pages) {
    await doSteps(job, find.steps);
    await goToPage(job, find, row.page);
  }
  const templates = { ...find.match, ...find.same };
  const readBack = Object.fromEntries(
    Object.entries(find.table).map(([name, heading]) => [name, readAs(job, templates[name], row.cells[heading] ?? '')]),
  );
  const found = { readBack, row, ...(find.record === undefined ? {} : { record: readBack[find.record] ?? '' }) };
  return { found, whole: list.whole };
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
  return { row: found.row, readBack, ...(record === undefined ? {} : { record }) };
}

/** True when the columns of the record that was found show this. */
export function shows(job: Job, find: FindSection, { row }: FoundRecord, columns: Record<string, string>): boolean {
  return Object.keys(columns).every((name) => agrees(job, find, row.cells, name, columns));
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
