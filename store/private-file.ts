import { randomBytes } from 'node:crypto';
import { link, open, rm } from 'node:fs/promises';

/** Owner only. */
const PRIVATE = 0o600;

/**
 * Makes a file that its owner alone can read, unless it is there: processes that start at the same moment on one state
 * folder all end up with the file of the first. Nobody ever sees it half written: it gets its name when it is whole.
 * @returns whether this call made it
 */
export async function createOnce(path: string, content: string): Promise<boolean> {
  const draft = `${path}.${randomBytes(6).toString('hex')}`;
  const handle = await open(draft, 'wx', PRIVATE);
  try {
    await handle.writeFile(content);
    await handle.sync();
    // Unlike a rename, a link never takes the place of a file that is there (link(2)).
    await link(draft, path);
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false;
    throw error;
  } finally {
    await handle.close();
    await rm(draft, { force: true });
  }
}

/**
 * Writes what is to take the place of a private file, whole and on the disk, beside it.
 * @returns the path of the draft, to be renamed
 */
export async function replacePrivate(path: string, content: string): Promise<string> {
  const draft = `${path}.${randomBytes(6).toString('hex')}`;
  const handle = await open(draft, 'wx', PRIVATE);
  try {
    await handle.writeFile(content);
    await handle.sync();
  } finally {
    await handle.close();
  }
  return draft;
}
