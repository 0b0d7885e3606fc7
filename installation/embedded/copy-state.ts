import { access } from 'node:fs/promises';
import { databaseOf } from './leftover.ts';

/** More pages than any file has: all are copied under one lock, so that writers cannot make the copy start again. */
const ALL_PAGES = 2 ** 31 - 1;

/**
 * Copies the file of the embedded Temporal server as it is at one moment, also while the server writes to it (SQLite's
 * online backup). Returns whether there is such a file.
 * @param to path of the copy
 */
export async function copyTemporalState(home: string, to: string): Promise<boolean> {
  const file = databaseOf(home);
  const isThere = await access(file).then(
    () => true,
    () => false,
  );
  if (!isThere) return false;
  // Loaded when it is used: Node announces on every import that this part of it is still young.
  const { backup, DatabaseSync } = await import('node:sqlite');
  const source = new DatabaseSync(file, { readOnly: true });
  try {
    await backup(source, to, { rate: ALL_PAGES });
  } finally {
    source.close();
  }
  return true;
}
