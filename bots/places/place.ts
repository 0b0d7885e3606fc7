import { applicationException, businessException, type ProblemError } from '../../core/model/problem.ts';

/** One file of a place. */
export type PlaceEntry = {
  /** From the top of the place, with `/`. */
  path: string;
  size: number;
  /** When it was last changed, ISO 8601; some servers know whole seconds alone. */
  modifiedAt: string;
};

/**
 * Where files are exchanged: a folder, an SFTP server, a WebDAV share. All paths are relative to it. Errors of the
 * outside are application exceptions; what a person has to decide is a business exception.
 */
export type Place = {
  /** Files of one folder, by name; folders in it are left out. Throws a `configuration` error where it is not there. */
  list(folder: string, signal?: AbortSignal): Promise<PlaceEntry[]>;
  /** One file, or undefined where there is none. Folders are none. */
  look(path: string, signal?: AbortSignal): Promise<PlaceEntry | undefined>;
  /** The bytes of a file, or undefined where there is none. Throws `file-too-large` beyond `most` bytes. */
  get(path: string, most: number, signal?: AbortSignal): Promise<Uint8Array | undefined>;
  /** Writes a file, over one that is there; folders on the way are made. */
  write(path: string, bytes: Uint8Array, signal?: AbortSignal): Promise<void>;
  /** Renames a file, never over another one. `gone`: it is not there. `taken`: the new name is in use. */
  move(from: string, to: string, signal?: AbortSignal): Promise<'moved' | 'gone' | 'taken'>;
  close(): Promise<void>;
};

/** A path inside a place. Throws a `validation` error for one that leads out of it. */
export function insidePlace(path: string): string {
  const parts = path.split('/').filter((part) => part !== '' && part !== '.');
  const bad = path.startsWith('/') || path.includes('\\') || path.includes('\0') || parts.includes('..');
  if (!bad) return parts.join('/');
  throw applicationException('validation', `"${path}" leads out of the place: write a path such as in/orders.csv`);
}

/** The folder of a path inside a place; empty for its top. */
export function folderOf(path: string): string {
  return path.split('/').slice(0, -1).join('/');
}

/** The name of a file without its folder. */
export function nameOf(path: string): string {
  return path.split('/').at(-1) ?? path;
}

export function tooLarge(path: string, most: number): ProblemError {
  return businessException('file-too-large', `${path} has more than ${most} bytes`);
}

export function noFolder(folder: string, where: string): ProblemError {
  const detail = `there is no folder "${folder}" in ${where}. To fix: make it there, or correct the settings`;
  return applicationException('configuration', detail, { retryable: true });
}
