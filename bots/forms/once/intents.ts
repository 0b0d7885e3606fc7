import { createHash } from 'node:crypto';
import { mkdir, open, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { notesInMemory, type EffectNotes, type Noted } from '../../../core/model/effect.ts';

const File = z.object({ since: z.iso.datetime(), times: z.number().int(), doubted: z.boolean() });

/**
 * Remembers in a folder that a press which cannot be taken back was about to happen, for a bot without a store beside it.
 * Without a folder nothing is remembered beyond this process.
 */
export function openIntents(folder: string | undefined): EffectNotes {
  return folder === undefined ? notesInMemory() : new Intents(folder);
}

class Intents implements EffectNotes {
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
  }

  async begin(key: string): Promise<Noted> {
    const times = ((await this.pending(key))?.times ?? 0) + 1;
    return this.#write(key, { since: new Date().toISOString(), times, doubted: false });
  }

  async pending(key: string): Promise<Noted | undefined> {
    try {
      const text = await readFile(this.#path(key), 'utf8');
      return read(text) ?? (await this.#write(key, unknownPress()));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
      throw error;
    }
  }

  async doubt(key: string): Promise<void> {
    const noted = await this.pending(key);
    if (noted) await this.#write(key, { ...noted, doubted: true });
  }

  async clear(key: string): Promise<void> {
    await rm(this.#path(key), { force: true });
  }

  async #write(key: string, noted: Noted): Promise<Noted> {
    await mkdir(this.#folder, { recursive: true, mode: 0o700 });
    const file = await open(this.#path(key), 'w', 0o600);
    try {
      await file.writeFile(JSON.stringify(noted));
      await file.sync();
    } finally {
      await file.close();
    }
    return noted;
  }

  #path(key: string): string {
    return join(this.#folder, `intent-${createHash('sha256').update(key).digest('hex')}`);
  }
}

function read(text: string): Noted | undefined {
  try {
    return File.parse(JSON.parse(text));
  } catch {
    return undefined;
  }
}

/** A file cut short by a crash still says that a press was about to happen: as of now, and with no more known. */
const unknownPress = (): Noted => ({ since: new Date().toISOString(), times: 1, doubted: false });
