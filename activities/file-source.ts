import { readFile, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { FileContent } from '../core/model/artefact.ts';
import type { FileSource } from '../core/model/file-source.ts';
import { applicationException } from '../core/model/problem.ts';

/** A file of the folder of sheets is at most as large as one that is stored. */
const MAX_BYTES = 64 * 1024 * 1024;

export type FileDeps = {
  artefacts: { get(id: string): Promise<FileContent> };
  /** The folder of sheets. */
  folder: string;
};

/** The file that an argument means, under the name that its own mail or folder gives it. */
export async function contentOf({ artefacts, folder }: FileDeps, source: FileSource): Promise<FileContent> {
  if (typeof source !== 'string') return { ...(await artefacts.get(source.id)), name: source.name };
  if (basename(source) !== source || source.startsWith('.')) {
    throw applicationException('validation', `"${source}" is no name of a file in the folder of sheets`);
  }
  const path = join(folder, source);
  const stats = await stat(path).catch(() => undefined);
  if (!stats?.isFile()) {
    const detail = `there is no file ${source} in the folder of sheets (${folder}). To fix: put it there, then retry`;
    throw applicationException('configuration', detail);
  }
  if (stats.size > MAX_BYTES) throw applicationException('validation', `${source} has more than ${MAX_BYTES} bytes`);
  return { name: source, mediaType: 'application/octet-stream', bytes: await readFile(path) };
}
