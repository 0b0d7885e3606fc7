import { createHash } from 'node:crypto';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { BrowserContext } from 'playwright-core';
import { isMissing } from '../../../core/model/errors.ts';

/** Encrypts what is kept on disk. `open` gives undefined for what was sealed with a key that is gone, or is damaged. */
export type Sealer = { seal(bytes: Uint8Array): Uint8Array; open(sealed: Uint8Array): Uint8Array | undefined };

type State = Awaited<ReturnType<BrowserContext['storageState']>>;

/** Logins that outlive the process: cookies and local storage of each user at each target, encrypted in a folder. */
export class KeptSessions {
  readonly #folder: string | undefined;
  readonly #sealer: Sealer | undefined;

  /** Without a folder or a sealer nothing is kept: a login is never written to disk in the clear. */
  constructor(folder: string | undefined, sealer: Sealer | undefined) {
    this.#folder = folder;
    this.#sealer = sealer;
  }

  async load(key: string): Promise<State | undefined> {
    const path = this.#path(key);
    if (path === undefined) return undefined;
    const sealed = await readFile(path).catch((error: NodeJS.ErrnoException) => {
      if (isMissing(error)) return undefined;
      throw error;
    });
    const opened = sealed && this.#sealer?.open(sealed);
    // What we have sealed ourselves is what we have written.
    return opened && (JSON.parse(Buffer.from(opened).toString('utf8')) as State);
  }

  async save(key: string, state: State): Promise<void> {
    const path = this.#path(key);
    if (path === undefined || this.#folder === undefined || !this.#sealer) return;
    await mkdir(this.#folder, { recursive: true, mode: 0o700 });
    await writeFile(`${path}.${process.pid}.new`, this.#sealer.seal(Buffer.from(JSON.stringify(state))), {
      mode: 0o600,
    });
    await rename(`${path}.${process.pid}.new`, path);
  }

  async forget(key: string): Promise<void> {
    const path = this.#path(key);
    if (path !== undefined) await rm(path, { force: true });
  }

  #path(key: string): string | undefined {
    if (this.#folder === undefined || !this.#sealer) return undefined;
    return join(this.#folder, `session-${createHash('sha256').update(key).digest('hex').slice(0, 32)}`);
  }
}
