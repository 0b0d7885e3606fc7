import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync } from 'node:fs';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Why no small disk can be made here; undefined where it can. */
export const noSmallDisk =
  process.platform === 'linux' && process.getuid?.() === 0 ? undefined : 'mounting a small disk needs root on Linux';

/** A folder on a disk of its own (tmpfs), as small as wanted, that can be filled to the last byte. */
export class SmallDisk {
  readonly path: string;
  readonly #bytes: number;

  constructor(path: string, bytes: number) {
    mkdirSync(path, { recursive: true });
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${bytes}`, 'tmpfs', path]);
    this.path = path;
    this.#bytes = bytes;
  }

  /** Writes until nothing more fits. */
  async fill(): Promise<void> {
    await writeFile(this.#filler, Buffer.alloc(this.#bytes)).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'ENOSPC') throw error;
    });
  }

  async free(): Promise<void> {
    await rm(this.#filler);
  }

  /** Unmounts also while a process still looks at it: the kernel lets go of it then. */
  remove(): void {
    execFileSync('umount', ['--lazy', this.path]);
    rmSync(this.path, { recursive: true, force: true });
  }

  get #filler(): string {
    return join(this.path, 'filler');
  }
}
