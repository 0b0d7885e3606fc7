import { createHash } from 'node:crypto';
import { mkdir, open, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { isMissing } from '../../../core/model/errors.ts';

/**
 * Remembers on disk that the one press which cannot be taken back was about to happen. A server may still be writing when
 * a bot that was killed looks again, so the next run has to look for as long as that may take before it writes.
 */
export class Intents {
  readonly #folder: string | undefined;

  /** Without a folder nothing is remembered beyond this process. */
  constructor(folder: string | undefined) {
    this.#folder = folder;
  }

  /** Notes the intent durably, before the press. */
  async note(key: string): Promise<void> {
    if (this.#folder === undefined) return;
    await mkdir(this.#folder, { recursive: true, mode: 0o700 });
    const file = await open(this.#path(this.#folder, key), 'w', 0o600);
    try {
      await file.writeFile(String(Date.now()));
      await file.sync();
    } finally {
      await file.close();
    }
  }

  /** When the press was about to happen, in milliseconds since the epoch; undefined when no run was cut off there. */
  async pending(key: string): Promise<number | undefined> {
    if (this.#folder === undefined) return undefined;
    try {
      // A file cut short by a crash still means: look well. Then the file is as old as now.
      return Number(await readFile(this.#path(this.#folder, key), 'utf8')) || Date.now();
    } catch (error) {
      if (isMissing(error)) return undefined;
      throw error;
    }
  }

  /** The record was found: nothing is uncertain any more. */
  async clear(key: string): Promise<void> {
    if (this.#folder !== undefined) await rm(this.#path(this.#folder, key), { force: true });
  }

  #path(folder: string, key: string): string {
    return join(folder, `intent-${createHash('sha256').update(key).digest('hex')}`);
  }
}
