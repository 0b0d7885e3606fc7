import { randomBytes } from 'node:crypto';
import { chmod, open, readFile, rename, stat } from 'node:fs/promises';
import { z } from 'zod';
import { applicationException } from '../../core/model/problem.ts';
import { createOnce } from '../../store/create-once.ts';

/** As long as SHA-256's output: RFC 2104, section 3, asks for no less. */
const SECRET_BYTES = 32;
/** Rotated four times a year, five years of links stay readable; older ones are long decided or expired. */
const MAX_KEYS = 20;
/** Owner only. */
const PRIVATE = 0o600;
const OTHERS = 0o077;

const KeyFile = z.object({
  keys: z
    .array(z.object({ id: z.string().regex(/^[a-z0-9]{1,16}$/), secret: z.base64(), since: z.iso.datetime() }))
    .min(1),
});
type KeyFile = z.infer<typeof KeyFile>;

export type Key = { id: string; secret: Uint8Array };

/** Keys that sign links. The first signs; all verify, so that links outlive a rotation. */
export type KeyRing = readonly [Key, ...Key[]];

/** Reads the key ring, making one on the first start. Refuses a file that others on the machine can read. */
export async function loadKeyRing(path: string): Promise<KeyRing> {
  await createOnce(path, textOf({ keys: [freshKey()] }));
  return toRing(await read(path), path);
}

/** Puts a fresh key in front; the ones before keep verifying. A running server takes it on at its next start. */
export async function rotateKeyRing(path: string): Promise<KeyRing> {
  const before = await read(path);
  const file = { keys: [freshKey(), ...before.keys].slice(0, MAX_KEYS) };
  const temp = `${path}.new`;
  await write(temp, file);
  await rename(temp, path);
  return toRing(file, path);
}

function freshKey(): KeyFile['keys'][number] {
  return {
    id: randomBytes(4).toString('hex'),
    secret: randomBytes(SECRET_BYTES).toString('base64'),
    since: new Date().toISOString(),
  };
}

const textOf = (file: KeyFile): string => `${JSON.stringify(file, null, 2)}\n`;

async function write(path: string, file: KeyFile): Promise<void> {
  const handle = await open(path, 'w', PRIVATE);
  try {
    await handle.writeFile(textOf(file));
    await handle.sync();
  } finally {
    await handle.close();
  }
  // The process's umask may have taken more away, never less; an old temporary file may have had more.
  await chmod(path, PRIVATE);
}

async function read(path: string): Promise<KeyFile> {
  const { mode } = await stat(path);
  if ((mode & OTHERS) !== 0) {
    throw applicationException(
      'configuration',
      `${path} holds the keys of approval links and can be read by others: chmod 600 ${path}`,
    );
  }
  const parsed = KeyFile.safeParse(parseJson(await readFile(path, 'utf8')));
  if (parsed.success) return parsed.data;
  throw applicationException(
    'configuration',
    `${path} is no key file (${z.prettifyError(parsed.error)}): restore it from a backup, or remove it, which ends all links sent so far`,
  );
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    // An empty or torn file is told like any other broken one, by the schema.
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

function toRing(file: KeyFile, path: string): KeyRing {
  const [first, ...rest] = file.keys.map((key) => ({ id: key.id, secret: Buffer.from(key.secret, 'base64') }));
  if (!first) throw applicationException('configuration', `${path} holds no key`);
  return [first, ...rest];
}
