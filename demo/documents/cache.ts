import { createHash } from 'node:crypto';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Raise when a step that no page's text tells of (printing, noise, embedding) makes other bytes than before. */
const GENERATION = 1;

/** Gives a document's bytes: from the folder where one of the same content was made before, else by `make`. */
export type Cache = (name: string, content: string, make: () => Promise<Uint8Array>) => Promise<Uint8Array>;

/** A cache in `dir`. Files are named by what they are made of, so a changed layout or date never gives an old file. */
export function openCache(dir: string): Cache {
  return async (name, content, make) => {
    const hash = createHash('sha256').update(`${GENERATION}\n${name}\n${content}`).digest('hex').slice(0, 24);
    const path = join(dir, `${name}.${hash}`);
    const known = await readFile(path).catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return undefined;
      throw error;
    });
    if (known) return new Uint8Array(known);
    // A plain array whatever made it, so that made and cached are the same.
    const bytes = new Uint8Array(await make());
    await mkdir(dir, { recursive: true });
    // Two processes may make the same file: each writes its own, and either one is right.
    await writeFile(`${path}.${process.pid}`, bytes);
    await rename(`${path}.${process.pid}`, path);
    return bytes;
  };
}
