import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { finished } from 'node:stream/promises';
import { extract, pack } from 'tar-stream';
import { z } from 'zod';
import { applicationException, type ProblemError } from '../../core/model/problem.ts';
import type { Sealer } from '../../core/model/sealer.ts';

/** Name of the last entry, which says what all others are. */
const MANIFEST = 'manifest';
/** Owner only, also inside the archive. */
const PRIVATE = 0o600;

/** Content of a backup: what it was made of, and every part with its length and SHA-256, sealed as it is in the file. */
export const Manifest = z.object({
  format: z.literal(1),
  made: z.iso.datetime(),
  program: z.string(),
  /** Migration up to which the schema of the store is. */
  schema: z.string(),
  parts: z.array(z.object({ name: z.string(), bytes: z.number().int(), sha256: z.string() })),
});
export type Manifest = z.infer<typeof Manifest>;

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

/** Writes a backup: a tar file whose parts are sealed one by one, so that neither side holds more than one in memory. */
export class BackupWriter {
  readonly #sealer: Sealer;
  readonly #pack = pack();
  readonly #path: string;
  readonly #draft: string;
  readonly #written: Promise<void>;
  readonly #parts: Manifest['parts'] = [];

  /** @param path the file; it gets its name when it is whole */
  constructor(path: string, sealer: Sealer) {
    this.#sealer = sealer;
    this.#path = path;
    this.#draft = `${path}.part`;
    const file = createWriteStream(this.#draft, { mode: PRIVATE, flush: true });
    this.#written = finished(this.#pack.pipe(file));
    // Reported by the next part, or at the end.
    this.#written.catch(() => {});
    file.once('error', (error) => this.#pack.destroy(error));
  }

  async add(name: string, content: Uint8Array): Promise<void> {
    const sealed = this.#sealer.seal(content);
    this.#parts.push({ name, bytes: sealed.byteLength, sha256: sha256(sealed) });
    await this.#entry(name, sealed);
  }

  /** Writes the manifest. Only now there is a file of that name. */
  async close(about: Omit<Manifest, 'format' | 'parts'>): Promise<Manifest> {
    const manifest: Manifest = { format: 1, ...about, parts: this.#parts };
    await this.#entry(MANIFEST, this.#sealer.seal(Buffer.from(JSON.stringify(manifest))));
    this.#pack.finalize();
    await this.#written;
    await rename(this.#draft, this.#path);
    return manifest;
  }

  /** Removes what was written: on a full disk, a part that is left behind would keep it full. */
  async abandon(): Promise<void> {
    this.#pack.destroy();
    await this.#written.catch(() => {});
    await rm(this.#draft, { force: true });
  }

  async #entry(name: string, bytes: Uint8Array): Promise<void> {
    const entry = new Promise<void>((done, fail) => {
      this.#pack.entry({ name, mode: PRIVATE }, Buffer.from(bytes), (error) => (error ? fail(error) : done()));
    });
    // What the file refuses (a full disk) says more than that the archive was ended for it.
    await Promise.race([entry.catch(() => this.#written), this.#written]);
  }
}

/** A part as it lies in the file. */
type Part = { name: string; sealed: Buffer };

async function* partsOf(path: string): AsyncGenerator<Part> {
  const file = createReadStream(path);
  const archive = extract();
  file.on('error', (error) => archive.destroy(error));
  for await (const entry of file.pipe(archive)) {
    const chunks: Buffer[] = [];
    for await (const chunk of entry) chunks.push(Buffer.from(chunk as Uint8Array));
    yield { name: entry.header.name, sealed: Buffer.concat(chunks) };
  }
}

/**
 * Reads a whole backup and compares it with its manifest.
 * @returns the manifest
 * @throws a configuration error that names every part that is damaged, missing or not of this backup
 */
export async function verifyBackup(path: string, sealer: Sealer): Promise<Manifest> {
  const found = new Map<string, string>();
  let manifest: Buffer | undefined;
  try {
    for await (const { name, sealed } of partsOf(path)) {
      if (name === MANIFEST) manifest = sealed;
      else found.set(name, `${sealed.byteLength} ${sha256(sealed)}`);
    }
  } catch (cause) {
    if (isFileError(cause)) throw cause;
    const at = [...found.keys()].at(-1);
    throw damaged(
      path,
      `it cannot be read${at === undefined ? '' : ` behind ${at}`}: it is cut off, or no backup`,
      cause,
    );
  }
  if (!manifest) throw damaged(path, `it is cut off: its manifest is missing (${found.size} parts were read)`);
  const opened = sealer.open(manifest);
  if (!opened)
    throw damaged(path, 'its manifest does not open: it is damaged, or the keys are of another installation');
  const read = Manifest.parse(JSON.parse(Buffer.from(opened).toString()));
  const faults = faultsOf(read, found);
  if (faults.length > 0) throw damaged(path, faults.join('; '));
  return read;
}

function faultsOf({ parts }: Manifest, found: ReadonlyMap<string, string>): string[] {
  const known = new Set(parts.map(({ name }) => name));
  return [
    ...parts.flatMap(({ name, bytes, sha256: hash }) => {
      const is = found.get(name);
      if (is === undefined) return [`${name} is missing`];
      return is === `${bytes} ${hash}` ? [] : [`${name} is damaged`];
    }),
    ...[...found.keys()].filter((name) => !known.has(name)).map((name) => `${name} is no part of it`),
  ];
}

/** The parts of a backup in their order, opened. Call after `verifyBackup`. */
export async function* openParts(path: string, sealer: Sealer): AsyncGenerator<{ name: string; content: Uint8Array }> {
  for await (const { name, sealed } of partsOf(path)) {
    if (name === MANIFEST) continue;
    const content = sealer.open(sealed);
    if (!content) throw damaged(path, `${name} does not open with these keys`);
    yield { name, content };
  }
}

function damaged(path: string, what: string, cause?: unknown): ProblemError {
  return applicationException(
    'validation',
    `${path} is not restored: ${what}. To fix: use another backup; nothing was written`,
    { cause },
  );
}

/** Errors of the file system, such as a file that is not there, say enough by themselves. */
function isFileError(error: unknown): boolean {
  return error instanceof Error && 'syscall' in error;
}
