import { link, lstat, mkdir, open, readdir, readFile, realpath, rename, unlink } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { applicationException } from '../../core/model/problem.ts';
import { insidePlace, noFolder, type Place, type PlaceEntry, tooLarge } from './place.ts';

/** A folder on this machine, or one that is mounted there. Links that lead out of it are not followed. */
export function openLocalPlace(root: string): Place {
  /** The real path of what lies inside; its folder must be inside too, whatever links there are. */
  async function locate(path: string): Promise<string> {
    const full = join(root, insidePlace(path));
    const [top, folder] = [await real(root), await real(full === root ? root : dirname(full))];
    if (top === undefined) throw noFolder('', root);
    const way = folder === undefined ? '' : relative(top, folder);
    if (way !== '..' && !way.startsWith('../')) return full;
    throw applicationException('validation', `"${path}" leads out of the place by a link`);
  }

  async function look(path: string): Promise<PlaceEntry | undefined> {
    const stats = await absent(lstat(await locate(path)));
    if (!stats?.isFile()) return undefined;
    return { path: insidePlace(path), size: stats.size, modifiedAt: stats.mtime.toISOString() };
  }

  return {
    async list(folder) {
      const names = await absent(readdir(await locate(folder === '' ? '' : `${folder}/.`)));
      if (!names) throw noFolder(folder, root);
      const entries: PlaceEntry[] = [];
      for (const name of names.sort()) {
        const entry = name.includes('\\') ? undefined : await look(folder === '' ? name : `${folder}/${name}`);
        if (entry) entries.push(entry);
      }
      return entries;
    },
    look,
    async get(path, most) {
      const entry = await look(path);
      if (!entry) return undefined;
      if (entry.size > most) throw tooLarge(path, most);
      const bytes = await absent(readFile(await locate(path)));
      return bytes && new Uint8Array(bytes);
    },
    async write(path, bytes) {
      const full = await locate(path);
      await mkdir(dirname(full), { recursive: true });
      const file = await open(full, 'w');
      try {
        await file.writeFile(bytes);
        await file.sync();
      } finally {
        await file.close();
      }
    },
    async move(from, to) {
      const [source, target] = [await locate(from), await locate(to)];
      if (!(await look(from))) return 'gone';
      await mkdir(dirname(target), { recursive: true });
      return moveNever(source, target);
    },
    close: () => Promise.resolve(),
  };
}

/** Unlike a rename, a link never takes the place of a file that is there (link(2)). File systems without links rename. */
async function moveNever(source: string, target: string): Promise<'moved' | 'gone' | 'taken'> {
  try {
    await link(source, target);
  } catch (error) {
    const code = codeOf(error);
    if (code === 'EEXIST') return 'taken';
    if (code === 'ENOENT') return 'gone';
    if (code !== 'EPERM' && code !== 'ENOTSUP' && code !== 'ENOSYS' && code !== 'EXDEV') throw error;
    if (await absent(lstat(target))) return 'taken';
    return (await absent(rename(source, target).then(() => true))) ? 'moved' : 'gone';
  }
  if ((await absent(unlink(source).then(() => true))) === true) return 'moved';
  // Another process moved it between the two steps.
  await unlink(target);
  return 'gone';
}

/** The value, or undefined where the file or folder is not there. */
async function absent<T>(looking: Promise<T>): Promise<T | undefined> {
  try {
    return await looking;
  } catch (error) {
    const code = codeOf(error);
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined;
    throw error;
  }
}

const real = (path: string): Promise<string | undefined> => absent(realpath(path));

const codeOf = (error: unknown): unknown => (error instanceof Error && 'code' in error ? error.code : undefined);
