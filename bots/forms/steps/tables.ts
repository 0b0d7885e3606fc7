import { readFile } from 'node:fs/promises';
import type { Download } from 'playwright-core';
import type { Step } from '../../../core/forms/step.ts';
import type { FileShape } from '../../../core/forms/form.ts';
import { locate, pressField } from './act.ts';
import { pageChanged } from '../errors.ts';
import { afterStep } from '../job.ts';
import type { Job } from '../job.ts';
import { bounded } from '../page/bounded.ts';
import { callInPage } from '../page/inject.ts';
import { makeTableFile, pageInstead, readTableFile } from '../files/table-files.ts';
import type { TableRow } from '../files/table-files.ts';

/** Keeps a table that is on the screen. */
export async function readTable(job: Job, { columns, into }: NonNullable<Step['read table']>): Promise<void> {
  job.progress.note(`read table ${into}`);
  const headings = Object.values(columns);
  const rows = await job.screen.until(job.progress, async () => {
    for (const frame of job.screen.frames()) {
      const found = await callInPage(frame, 'tableRows', headings);
      if (found) return found;
    }
    return undefined;
  });
  if (!rows) throw pageChanged(await noTable(job, headings));
  keep(
    job,
    into,
    rows.map((row) => Object.fromEntries(Object.entries(columns).map(([name, heading]) => [name, row[heading] ?? '']))),
  );
}

/** Which heading is missing, and what headings the page has instead. */
export async function noTable(job: Job, headings: readonly string[]): Promise<string> {
  const answers = await Promise.all(job.screen.frames().map((frame) => callInPage(frame, 'headingsHere')));
  const tables = answers.flatMap((tables) => tables ?? []);
  const there = tables.flatMap((table) => table.split(', '));
  const missing = headings.filter((heading) => !there.includes(heading.trim()));
  const named = missing.length > 0 && tables.length > 0 ? ` (missing: ${missing.join(', ')})` : '';
  const instead = tables.map((table) => `"${table}"`).join('; ') || 'no table with headings';
  return `no table with the headings ${headings.join(', ')}${named}; the page has ${instead}`;
}

/** Makes the file of a list and puts it into a file field. */
export async function upload(job: Job, { field, file, rows }: NonNullable<Step['upload']>): Promise<void> {
  job.progress.note(`upload ${file}`);
  const items = job.values.items(rows).map(({ item }) => item as Record<string, unknown>);
  const bytes = makeTableFile(shapeOf(job, file), items);
  const name = `${file}.csv`;
  for (const { handle } of await locate(job, field, 'attach')) {
    await handle.setInputFiles({ name, mimeType: 'text/csv', buffer: Buffer.from(bytes) });
  }
  job.files.push({ name, mediaType: 'text/csv', bytes });
  await afterStep(job);
}

/** Presses what starts a download, and reads the report. A page that comes in its place is told. */
export async function download(job: Job, { press, file, into }: NonNullable<Step['download']>): Promise<void> {
  job.progress.note(`download ${file}`);
  const arrived: Download[] = [];
  const onDownload = (one: Download): void => void arrived.push(one);
  const pages = job.screen.context.pages();
  for (const page of pages) page.on('download', onDownload);
  try {
    await pressField(job, press);
    const before = await job.screen.until(job.progress, () => Promise.resolve(arrived[0]));
    if (!before) throw pageInstead(await shown(job));
    // A download's own request never finishes as a page does; what it brings is on disk.
    const path = await before.path();
    const bytes = await readFile(path);
    job.files.push({ name: before.suggestedFilename(), mediaType: 'application/octet-stream', bytes });
    keep(job, into, await readTableFile(shapeOf(job, file), bytes));
  } finally {
    for (const page of pages) page.off('download', onDownload);
  }
}

/** What the frames show, the one that was loaded last first. */
async function shown(job: Job): Promise<string> {
  const pages = await Promise.all(
    job.screen
      .frames()
      .toReversed()
      .map((frame) => bounded(frame.content())),
  );
  return pages.filter((page) => page !== undefined).join('\n');
}

function shapeOf(job: Job, file: string): FileShape {
  const shape = job.screen.form.files[file];
  if (!shape) throw pageChanged(`form ${job.screen.form.form} has no file "${file}"`);
  return shape;
}

const keep = (job: Job, into: string, rows: TableRow[]): void => void job.tables.set(into, rows);
