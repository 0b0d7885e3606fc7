import { createHash } from 'node:crypto';
import Client from 'ssh2-sftp-client';
import { applicationException, type ProblemError } from '../../core/model/problem.ts';
import { folderOf, insidePlace, noFolder, type Place, type PlaceEntry, tooLarge } from './place.ts';

/** What an SFTP server needs to let us in; secrets are in their places. */
export type SftpAddress = {
  host: string;
  port: number;
  user: string;
  password?: string | undefined;
  privateKey?: string | undefined;
  /** SHA-256 fingerprint of the server's key, as `ssh-keygen -lf` shows it. */
  hostKey: string;
  path: string;
};

/** A server that does not answer within this is down for now. */
const CONNECT_MS = 20_000;
/** A path that is not there: the client's own code, and SSH_FX_NO_SUCH_FILE of the protocol. */
const NOT_THERE = new Set<unknown>(['ENOENT', 2]);

/** A folder on an SFTP server (SSH File Transfer Protocol version 3, which OpenSSH speaks). Connects when first used. */
export function openSftpPlace(address: SftpAddress): Place {
  let connecting: Promise<Client> | undefined;
  const at = (path: string): string =>
    [address.path.replace(/\/$/, ''), insidePlace(path)].filter(Boolean).join('/') || '.';

  /** Works on the one connection; after an error the next work opens a new one. An abort hangs up. */
  async function work<T>(signal: AbortSignal | undefined, act: (client: Client) => Promise<T>): Promise<T> {
    signal?.throwIfAborted();
    connecting ??= connect(address);
    const opening = connecting;
    const hangUp = () => void opening.then((client) => client.end()).catch(() => undefined);
    signal?.addEventListener('abort', hangUp, { once: true });
    try {
      return await act(await opening);
    } catch (error) {
      if (!NOT_THERE.has(codeOf(error))) {
        connecting = undefined;
        hangUp();
      }
      throw error;
    } finally {
      signal?.removeEventListener('abort', hangUp);
    }
  }

  const look: Place['look'] = async (path, signal) => {
    const stats = await absent(work(signal, (client) => client.stat(at(path))));
    return stats?.isFile ? entryOf(insidePlace(path), stats.size, stats.modifyTime) : undefined;
  };

  return {
    async list(folder, signal) {
      const found = await absent(work(signal, (client) => client.list(at(folder))));
      if (!found) throw noFolder(folder, `${address.host}:${address.path}`);
      return found
        .filter(({ type, name }) => type === '-' && !name.includes('\\'))
        .map(({ name, size, modifyTime }) =>
          entryOf(insidePlace(`${folder}/${name}`.replace(/^\//, '')), size, modifyTime),
        )
        .sort((a, b) => (a.path < b.path ? -1 : 1));
    },
    look,
    async get(path, most, signal) {
      const entry = await look(path, signal);
      if (!entry) return undefined;
      if (entry.size > most) throw tooLarge(path, most);
      const bytes = await absent(work(signal, (client) => client.get(at(path))));
      return bytes === undefined ? undefined : new Uint8Array(bytes as Buffer);
    },
    write: (path, bytes, signal) =>
      work(signal, async (client) => {
        await makeFolder(client, at(folderOf(path)));
        await client.put(Buffer.from(bytes), at(path));
      }),
    move: (from, to, signal) =>
      work(signal, async (client) => {
        if ((await client.exists(at(from))) !== '-') return 'gone';
        await makeFolder(client, at(folderOf(to)));
        try {
          // Version 3 never renames over a file that is there (draft-ietf-secsh-filexfer-02, 6.5).
          await client.rename(at(from), at(to));
          return 'moved';
        } catch (error) {
          if ((await client.exists(at(to))) !== false) return 'taken';
          if ((await client.exists(at(from))) === false) return 'gone';
          throw error;
        }
      }),
    async close() {
      const client = await connecting?.catch(() => undefined);
      connecting = undefined;
      await client?.end();
    },
  };
}

async function connect(address: SftpAddress): Promise<Client> {
  // Without these handlers the client writes to the console when a server hangs up.
  const client = new Client('zaplecze', { error: () => undefined, end: () => undefined, close: () => undefined });
  let shown = '';
  try {
    await client.connect({
      host: address.host,
      port: address.port,
      username: address.user,
      ...(address.password !== undefined && { password: address.password }),
      ...(address.privateKey !== undefined && { privateKey: address.privateKey }),
      readyTimeout: CONNECT_MS,
      hostVerifier: (key: Buffer) => {
        shown = `SHA256:${createHash('sha256').update(key).digest('base64').replace(/=+$/, '')}`;
        return shown === address.hostKey.replace(/=+$/, '');
      },
    });
    return client;
  } catch (error) {
    await client.end().catch(() => undefined);
    throw notConnected(address, shown, error);
  }
}

function notConnected({ host, port, user, hostKey }: SftpAddress, shown: string, cause: unknown): ProblemError {
  const where = `SFTP server ${host}:${port}`;
  if (shown !== '' && shown !== hostKey.replace(/=+$/, '')) {
    const detail = `${where} shows the key ${shown}, not the one of the settings. To fix: ask its operator, and if the key is right write it as hostKey`;
    return applicationException('authentication', detail, { cause });
  }
  const reason = cause instanceof Error ? cause.message : String(cause);
  if (/authentication/i.test(reason)) {
    const detail = `${where} refuses the user ${user}. To fix: correct the user or its secret`;
    return applicationException('authentication', detail, { cause, retryable: true });
  }
  return applicationException('communication', `${where} cannot be reached: ${reason}`, { cause });
}

async function makeFolder(client: Client, folder: string): Promise<void> {
  if ((await client.exists(folder)) === false) await client.mkdir(folder, true);
}

function entryOf(path: string, size: number, modified: number): PlaceEntry {
  return { path, size, modifiedAt: new Date(modified).toISOString() };
}

async function absent<T>(looking: Promise<T>): Promise<T | undefined> {
  try {
    return await looking;
  } catch (error) {
    if (NOT_THERE.has(codeOf(error))) return undefined;
    throw error;
  }
}

const codeOf = (error: unknown): unknown => (error instanceof Error && 'code' in error ? error.code : undefined);
