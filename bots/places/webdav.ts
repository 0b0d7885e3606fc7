import { AuthType, createClient, type FileStat } from 'webdav';
import { applicationException } from '../../core/model/problem.ts';
import { folderOf, insidePlace, noFolder, type Place, type PlaceEntry, tooLarge } from './place.ts';

/** A WebDAV share; the password is in its place. */
export type WebdavAddress = { url: string; user?: string | undefined; password?: string | undefined };

/** An answer within this, also for a large file over a slow line. */
const ANSWER_MS = 5 * 60_000;

/** A folder of a WebDAV share (RFC 4918), such as Nextcloud's or SharePoint's. */
export function openWebdavPlace({ url, user, password }: WebdavAddress): Place {
  const client = createClient(
    url,
    user === undefined ? {} : { username: user, password: password ?? '', authType: AuthType.Auto },
  );
  const at = (path: string): string => `/${insidePlace(path)}`;
  const bounded = (signal?: AbortSignal) => {
    const limit = AbortSignal.timeout(ANSWER_MS);
    return { signal: signal ? AbortSignal.any([signal, limit]) : limit };
  };
  const spoken = <T>(work: Promise<T>): Promise<T> =>
    work.catch((error: unknown) => Promise.reject(refused(url, error)));

  const look: Place['look'] = async (path, signal) => {
    const found = await absent(client.stat(at(path), bounded(signal)) as Promise<FileStat>);
    return found?.type === 'file' ? entryOf(found) : undefined;
  };

  async function makeFolder(folder: string, signal?: AbortSignal): Promise<void> {
    if (folder === '' || (await absent(client.stat(at(folder), bounded(signal))))) return;
    await client.createDirectory(at(folder), { recursive: true, ...bounded(signal) });
  }

  return {
    list: (folder, signal) =>
      spoken(
        (async () => {
          const found = await absent(client.getDirectoryContents(at(folder), bounded(signal)) as Promise<FileStat[]>);
          if (!found) throw noFolder(folder, url);
          return found
            .filter(({ type }) => type === 'file')
            .map(entryOf)
            .sort((a, b) => (a.path < b.path ? -1 : 1));
        })(),
      ),
    look: (path, signal) => spoken(look(path, signal)),
    get: (path, most, signal) =>
      spoken(
        (async () => {
          const entry = await look(path, signal);
          if (!entry) return undefined;
          if (entry.size > most) throw tooLarge(path, most);
          const bytes = await absent(client.getFileContents(at(path), { format: 'binary', ...bounded(signal) }));
          return bytes === undefined ? undefined : new Uint8Array(bytes as ArrayBuffer);
        })(),
      ),
    write: (path, bytes, signal) =>
      spoken(
        (async () => {
          await makeFolder(folderOf(path), signal);
          await client.putFileContents(at(path), Buffer.from(bytes), { overwrite: true, ...bounded(signal) });
        })(),
      ),
    move: (from, to, signal) =>
      spoken(
        (async () => {
          await makeFolder(folderOf(to), signal);
          try {
            await client.moveFile(at(from), at(to), { overwrite: false, ...bounded(signal) });
            return 'moved' as const;
          } catch (error) {
            // RFC 4918, 9.9.4: 412 where the target is there and Overwrite is F.
            if (statusOf(error) === 412) return 'taken' as const;
            if (statusOf(error) === 404) return 'gone' as const;
            throw error;
          }
        })(),
      ),
    close: () => Promise.resolve(),
  };
}

function entryOf({ filename, size, lastmod }: FileStat): PlaceEntry {
  return { path: insidePlace(filename.replace(/^\/+/, '')), size, modifiedAt: new Date(lastmod).toISOString() };
}

function refused(url: string, error: unknown): unknown {
  const status = statusOf(error);
  if (status === undefined) return error;
  if (status === 401 || status === 403) {
    const detail = `the WebDAV share ${url} answers ${status}. To fix: correct user and password in the settings`;
    return applicationException('authentication', detail, { status, retryable: true, cause: error });
  }
  const retryable = status >= 500 || status === 423 || status === 429;
  return applicationException('communication', `the WebDAV share ${url} answers ${status}`, {
    status,
    retryable,
    cause: error,
  });
}

async function absent<T>(looking: Promise<T>): Promise<T | undefined> {
  try {
    return await looking;
  } catch (error) {
    if (statusOf(error) === 404) return undefined;
    throw error;
  }
}

function statusOf(error: unknown): number | undefined {
  return error instanceof Error && 'status' in error && typeof error.status === 'number' ? error.status : undefined;
}
