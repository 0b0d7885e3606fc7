import { readFile, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { nameOf, type Place } from '../bots/places/index.ts';
import type { FileContent } from '../core/model/artefact.ts';
import type { FileSource, PlaceFile } from '../core/model/file-source.ts';
import { applicationException, businessException } from '../core/model/problem.ts';

/** A file of a folder or place is at most as large as one that is stored. */
const MAX_BYTES = 64 * 1024 * 1024;

/** Opens a place of the settings by its name. */
export type OpenPlace = (name: string) => Promise<Place>;

export type FileDeps = {
  artefacts: { get(id: string): Promise<FileContent> };
  /** The folder of sheets. */
  folder: string;
  place: OpenPlace;
};

/** The file that an argument means, under the name that its own mail, place or folder gives it. */
export async function contentOf(deps: FileDeps, source: FileSource, signal?: AbortSignal): Promise<FileContent> {
  if (typeof source === 'string') return sheetFile(deps.folder, source);
  if ('id' in source) return { ...(await deps.artefacts.get(source.id)), name: source.name };
  const content = await fetchFile(deps.place, source, signal);
  if (content) return content;
  throw businessException('file-missing', `there is no file ${source.path} in the place ${source.place}`);
}

/** A file of a place, or undefined where it is not there. */
export async function fetchFile(
  open: OpenPlace,
  { place: name, path }: PlaceFile,
  signal?: AbortSignal,
): Promise<FileContent | undefined> {
  const place = await open(name);
  try {
    const bytes = await place.get(path, MAX_BYTES, signal);
    return bytes && { name: nameOf(path), mediaType: 'application/octet-stream', bytes };
  } finally {
    await place.close();
  }
}

async function sheetFile(folder: string, name: string): Promise<FileContent> {
  if (basename(name) !== name || name.startsWith('.')) {
    throw applicationException('validation', `"${name}" is not a name of a file in the folder of sheets`);
  }
  const path = join(folder, name);
  const stats = await stat(path).catch(() => undefined);
  if (!stats?.isFile()) {
    const detail = `there is no file ${name} in the folder of sheets (${folder}). To fix: put it there, then retry`;
    throw applicationException('configuration', detail);
  }
  if (stats.size > MAX_BYTES) throw applicationException('validation', `${name} has more than ${MAX_BYTES} bytes`);
  return { name, mediaType: 'application/octet-stream', bytes: await readFile(path) };
}
