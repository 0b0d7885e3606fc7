import { hkdfSync, randomBytes } from 'node:crypto';
import { statSync } from 'node:fs';
import { rename } from 'node:fs/promises';
import { createOnce, replacePrivate } from '../../store/private-file.ts';
import { KeyFile, type KeyEntry, readKeyFile, readKeyFileSync, textOf } from './key-file.ts';
import { entriesOfFormerFiles } from './former-files.ts';

/** Length of every key: what AES-256 takes, and no less than RFC 2104, section 3, asks of an HMAC with SHA-256. */
const KEY_BYTES = 32;
/** How soon a running process signs and encrypts with a key that another process has made, in milliseconds. */
const FOLLOW_MS = 1_000;

/** What a key is used for: each purpose has keys of its own, derived from the same ring (RFC 5869, section 3.2). */
export type KeyPurpose =
  'histories' | 'links' | 'browser sessions' | 'artefacts' | 'database' | 'backups' | 'decisions' | 'names';

/** A key for one purpose. */
export type Key = { id: string; secret: Uint8Array };

/** Where entries come from: a file that may change, or a fixed list. */
type Source = { entries: readonly KeyEntry[]; refresh?: (force: boolean) => readonly KeyEntry[] };

/**
 * The keys of an installation. The first signs and encrypts; all of them verify and decrypt, so that links, histories
 * and files outlive a rotation. None is ever dropped: it may be needed to read what is archived. A running process
 * follows a rotation: an unknown key is looked for at once, and the current one is the file's within a second.
 */
export class KeyRing {
  readonly #source: Source;

  constructor(source: Source) {
    this.#source = source;
  }

  /** A ring that no file stands behind, such as a test's. The first entry is the current one. */
  static of(...entries: KeyEntry[]): KeyRing {
    return new KeyRing({ entries: KeyFile.parse({ keys: entries }).keys });
  }

  /** The key that signs and encrypts from now on. */
  current(purpose: KeyPurpose): Key {
    const entry = this.#entries(false).find((candidate) => serves(candidate, purpose));
    if (!entry) throw new Error(`the key ring has no key for ${purpose}`);
    return keyOf(entry, purpose);
  }

  /** The key of that id; undefined where the ring has none that serves the purpose. */
  find(purpose: KeyPurpose, id: string): Key | undefined {
    const named = ({ id: known }: KeyEntry): boolean => known === id;
    const entry = this.#entries(false).find(named) ?? this.#entries(true).find(named);
    return entry && serves(entry, purpose) ? keyOf(entry, purpose) : undefined;
  }

  /** Ids of all keys with the time since when each is used, the current one first. */
  list(): { id: string; since: string }[] {
    return this.#entries(true).map(({ id, since }) => ({ id, since }));
  }

  #entries(force: boolean): readonly KeyEntry[] {
    return this.#source.refresh?.(force) ?? this.#source.entries;
  }
}

/**
 * Opens the key ring of a state folder, and makes it on the first start; two processes that start together get the same.
 * Takes over the keys of installations that had one file for histories and one for links.
 * @param path the file, `keys.json` in the state folder; others on the machine must not be able to read it
 */
export async function openKeyRing(path: string): Promise<KeyRing> {
  const former = await entriesOfFormerFiles(path);
  await createOnce(path, textOf({ keys: former.length > 0 ? [freshEntry(), ...former] : [freshEntry()] }));
  return new KeyRing(following(path, (await readKeyFile(path)).keys));
}

/** Puts a fresh key in front of the others. Running processes follow within a second. Returns the id of the new key. */
export async function rotateKeyRing(path: string): Promise<string> {
  const { keys } = await readKeyFile(path);
  const fresh = freshEntry();
  const draft = await replacePrivate(path, textOf({ keys: [fresh, ...keys] }));
  await rename(draft, path);
  return fresh.id;
}

function following(path: string, entries: readonly KeyEntry[]): Source {
  const source = { entries };
  let stamp = stampOf(path);
  let lookedAt = Date.now();
  const refresh = (force: boolean): readonly KeyEntry[] => {
    if (!force && Date.now() - lookedAt < FOLLOW_MS) return source.entries;
    lookedAt = Date.now();
    const now = stampOf(path);
    if (now !== stamp && now !== undefined) {
      source.entries = readKeyFileSync(path).keys;
      stamp = now;
    }
    return source.entries;
  };
  return { entries, refresh };
}

/** Changes with every replacement of the file. Undefined where it is gone: the keys in memory go on working. */
function stampOf(path: string): string | undefined {
  const found = statSync(path, { throwIfNoEntry: false });
  return found && `${found.ino} ${found.mtimeMs} ${found.size}`;
}

function freshEntry(): KeyEntry {
  return {
    id: randomBytes(4).toString('hex'),
    secret: randomBytes(KEY_BYTES).toString('base64'),
    since: new Date().toISOString(),
  };
}

/** Keys from before there was one ring serve what they were made for; those of histories also sealed files. */
function serves({ madeFor }: KeyEntry, purpose: KeyPurpose): boolean {
  return madeFor === undefined || (madeFor === 'links' ? purpose === 'links' : purpose !== 'links');
}

function keyOf({ id, secret, madeFor }: KeyEntry, purpose: KeyPurpose): Key {
  const bytes = Buffer.from(secret, 'base64');
  if (madeFor === purpose) return { id, secret: bytes };
  return { id, secret: Buffer.from(hkdfSync('sha256', bytes, '', `zaplecze ${purpose}`, KEY_BYTES)) };
}
