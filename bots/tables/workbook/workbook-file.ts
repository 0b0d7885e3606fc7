import { randomUUID } from 'node:crypto';
import { open, readdir, readFile, rename, stat, unlink } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import ExcelJS from 'exceljs';
import { openArchive } from './archive.ts';
import { MAX_WORKBOOK_BYTES } from './limits.ts';
import { inUse, missing, notWritten, unreadable, wouldLose } from './problems.ts';
import { isMissing } from '../../../core/model/errors.ts';

/** A workbook in memory and what its file looked like when it was read; `undefined` when there was none. */
export type Loaded = { workbook: ExcelJS.Workbook; stamp: string | undefined };

/** Parts of an xlsx that the library does not carry over, by the folder that they have in the archive. */
const LOST_PARTS: [mark: string, what: string][] = [
  ['xl/charts/', 'charts'],
  ['xl/pivotTables/', 'pivot tables'],
  ['xl/vbaProject.bin', 'macros'],
  ['xl/externalLinks/', 'links to other workbooks'],
  ['xl/slicers/', 'slicers'],
  ['xl/ctrlProps/', 'form controls'],
];

/** Reads the workbook, or starts an empty one where no file is. Throws when it is open elsewhere or unreadable. */
export async function loadWorkbook(path: string): Promise<Loaded> {
  await refuseIfOpen(path);
  const workbook = new ExcelJS.Workbook();
  const stamp = await stampOf(path);
  if (stamp === undefined) return { workbook, stamp };
  const bytes = await bytesOf(path);
  for (const [mark, what] of LOST_PARTS) if (bytes.includes(mark)) throw wouldLose(path, what);
  await parse(workbook, bytes, path);
  return { workbook, stamp };
}

/** Reads a workbook that is not written back: it may be open in Excel, and hold charts. */
export async function readWorkbook(path: string): Promise<ExcelJS.Workbook> {
  const workbook = new ExcelJS.Workbook();
  if ((await stampOf(path)) === undefined) throw missing(path);
  await parse(workbook, await bytesOf(path), path);
  return workbook;
}

async function bytesOf(path: string): Promise<Buffer> {
  if ((await stat(path)).size > MAX_WORKBOOK_BYTES) throw unreadable(path);
  return readFile(path);
}

/** A workbook whose bytes came another way than from a file. Throws `workbook-unreadable`, with the name. */
export async function parseWorkbook(bytes: Buffer, name: string): Promise<ExcelJS.Workbook> {
  const workbook = new ExcelJS.Workbook();
  await parse(workbook, bytes, name);
  return workbook;
}

async function parse(workbook: ExcelJS.Workbook, bytes: Buffer, path: string): Promise<void> {
  if (!(await openArchive(bytes))) throw unreadable(path);
  try {
    await workbook.xlsx.load(toArrayBuffer(bytes));
  } catch (error) {
    throw unreadable(path, error);
  }
  if (workbook.worksheets.length === 0) throw unreadable(path);
}

/**
 * Replaces the file: a temporary file beside it, flushed to disk, then renamed. A crash leaves the old file or the
 * new one, never a part. Answers false, writing nothing, when someone has changed the file since it was read.
 */
export async function saveWorkbook(path: string, { workbook, stamp }: Loaded): Promise<boolean> {
  const temporary = join(dirname(path), `.${basename(path)}.${randomUUID()}.tmp`);
  try {
    await removeLeftovers(path);
    const mode = stamp === undefined ? undefined : (await stat(path)).mode;
    await writeDurably(temporary, Buffer.from(await workbook.xlsx.writeBuffer()), mode);
    await refuseIfOpen(path);
    if ((await stampOf(path)) !== stamp) return false;
    await rename(temporary, path);
    await flushFolder(dirname(path));
    return true;
  } catch (error) {
    throw error instanceof Error && error.name === 'ProblemError' ? error : notWritten(path, error);
  } finally {
    await unlink(temporary).catch(() => undefined);
  }
}

/** Excel and LibreOffice leave a file beside a workbook that is open: saving there would undo our row. */
async function refuseIfOpen(path: string): Promise<void> {
  const owners: [file: string, program: string][] = [
    [`~$${basename(path)}`, 'Excel'],
    [`.~lock.${basename(path)}#`, 'LibreOffice'],
  ];
  for (const [file, program] of owners) {
    if ((await stampOf(join(dirname(path), file))) !== undefined) {
      throw inUse(path, `${program} (if it is not open there, delete the file ${file} beside it)`);
    }
  }
}

async function stampOf(path: string): Promise<string | undefined> {
  const stats = await stat(path, { bigint: true }).catch((error: NodeJS.ErrnoException) => {
    if (isMissing(error)) return undefined;
    throw error;
  });
  return stats && `${stats.ino}:${stats.size}:${stats.mtimeNs}`;
}

async function writeDurably(path: string, bytes: Buffer, mode: number | undefined): Promise<void> {
  const file = await open(path, 'wx', mode);
  try {
    await file.writeFile(bytes);
    await file.sync();
  } finally {
    await file.close();
  }
}

/** The rename itself is on disk only once its folder is. */
async function flushFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Temporary files of a crash; we hold the lock, so nobody is writing one. */
async function removeLeftovers(path: string): Promise<void> {
  const start = `.${basename(path)}.`;
  for (const name of await readdir(dirname(path))) {
    if (name.startsWith(start) && name.endsWith('.tmp')) await unlink(join(dirname(path), name));
  }
}

function toArrayBuffer(bytes: Buffer): ArrayBuffer {
  return Uint8Array.from(bytes).buffer;
}
