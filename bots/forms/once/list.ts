import type { FindSection } from '../../../core/forms/form.ts';
import { applicationException } from '../../../core/model/problem.ts';
import { pressField } from '../steps/act.ts';
import { pageChanged } from '../errors.ts';
import { afterStep, isSeen } from '../job.ts';
import type { Job } from '../job.ts';
import { callInPage, keptElement } from '../page/inject.ts';
import { noTable } from '../steps/tables.ts';

/** Texts of a row by the heading of their column. */
export type Row = Record<string, string>;
/** A row, and the number of the page that it stands on, from 1. */
export type ListRow = { cells: Row; page: number };
/** `whole`: nothing of the list is left on another page. */
export type List = { rows: ListRow[]; pages: number; whole: boolean };

/** A search that gives more pages than this is too wide to prove anything by. */
const MAX_PAGES = 200;

/** Reads the list of results: its first page, or with `pages: all` each of them. */
export async function readList(job: Job, find: FindSection): Promise<List> {
  const rows: ListRow[] = [];
  for (let page = 1; page <= MAX_PAGES; page += 1) {
    rows.push(...(await readPage(job, find)).map((cells) => ({ cells, page })));
    if (!(await hasNextPage(job, find))) return { rows, pages: page, whole: true };
    if (find.pages === undefined) return { rows, pages: page, whole: false };
    await turnPage(job, find, page);
  }
  const detail = `the search of form ${job.screen.form.form} gives more than ${MAX_PAGES} pages; search for more than that`;
  throw applicationException('runtime', detail, { retryable: false });
}

/** From the first page of a list to that one. */
export async function goToPage(job: Job, find: FindSection, page: number): Promise<void> {
  await readPage(job, find);
  for (let at = 1; at < page; at += 1) {
    if (!(await hasNextPage(job, find))) throw pageChanged(`the list ends before page ${page}`);
    await turnPage(job, find, at);
  }
}

async function readPage(job: Job, find: FindSection): Promise<Row[]> {
  const headings = Object.values(find.table);
  const rows = await job.screen.until(job.progress, async () => {
    for (const frame of job.screen.frames()) {
      const found = await callInPage(frame, 'tableRows', headings);
      if (found) return found;
    }
    return find.nothing !== undefined && (await isSeen(job, find.nothing)) ? [] : undefined;
  });
  if (!rows) throw pageChanged(await noTable(job, headings));
  return rows;
}

async function hasNextPage(job: Job, find: FindSection): Promise<boolean> {
  if (find.next !== undefined) return isSeen(job, { field: find.next });
  for (const frame of job.screen.frames()) if (await callInPage(frame, 'nextPage')) return true;
  return false;
}

async function turnPage(job: Job, find: FindSection, page: number): Promise<void> {
  job.progress.note(`go to page ${page + 1} of the results`);
  if (find.next !== undefined) await pressField(job, find.next);
  else await pressNext(job);
  await afterStep(job);
}

async function pressNext(job: Job): Promise<void> {
  for (const frame of job.screen.frames()) {
    if (!(await callInPage(frame, 'nextPage'))) continue;
    const control = await keptElement(frame, 0);
    if (control) return control.click({ timeout: job.screen.patienceMs, noWaitAfter: true });
  }
  throw pageChanged('what led to the next page of the results is gone');
}
