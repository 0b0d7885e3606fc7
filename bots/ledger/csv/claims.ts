import { createHash, randomUUID } from 'node:crypto';
import { link, mkdir, open, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { applicationException } from '../../../core/model/problem.ts';
import { isMissing } from '../../../core/model/errors.ts';

/** Folder, beside the files for the target, that remembers which reference went out in which file. */
const FOLDER = '.sent';

const Claim = z.object({
  reference: z.string(),
  /** Name of the file. */
  batch: z.string(),
  /** Milliseconds since the epoch. */
  takenAt: z.number(),
  /** The file is in the folder, or was, until the target took it. */
  written: z.boolean(),
  /** Its lines in that file, before encoding: enough to write the file again after a crash. */
  lines: z.array(z.string()),
  /** Values by which a second posting is compared. */
  values: z.record(z.string(), z.string()),
  accounts: z.array(z.object({ account: z.string(), amount: z.string() })),
  /** Number that the target gave, once it has acknowledged the file. */
  record: z.string().optional(),
});
export type Claim = z.infer<typeof Claim>;

/** References that went out, each in a file of its own: the first writer of a reference wins, whatever process it is in. */
export class Claims {
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = join(folder, FOLDER);
  }

  async find(reference: string): Promise<Claim | undefined> {
    let text: string;
    try {
      text = await readFile(this.#path(reference), 'utf8');
    } catch (error) {
      if (isMissing(error)) return undefined;
      throw error;
    }
    const claim = Claim.safeParse(JSON.parse(text));
    if (claim.success) return claim.data;
    const detail = `${this.#path(reference)} is damaged: ${z.prettifyError(claim.error)}. To fix: look into the target, then remove it`;
    throw applicationException('runtime', detail, { retryable: false });
  }

  /** Takes a reference. Answers with the claim that stands: this one, or the one that was there. */
  async take(claim: Claim): Promise<Claim> {
    const draft = await this.#draft(claim);
    try {
      await link(draft, this.#path(claim.reference));
      return claim;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
      return (await this.find(claim.reference)) ?? this.take(claim);
    } finally {
      await rm(draft, { force: true });
    }
  }

  /** Notes what the target said. */
  async keep(claim: Claim): Promise<void> {
    await rename(await this.#draft(claim), this.#path(claim.reference));
  }

  /** The target refused it: it may come again, corrected. */
  async release(reference: string): Promise<void> {
    await rm(this.#path(reference), { force: true });
  }

  async #draft(claim: Claim): Promise<string> {
    await mkdir(this.#folder, { recursive: true });
    const path = `${this.#path(claim.reference)}.${randomUUID()}`;
    const file = await open(path, 'wx', 0o600);
    try {
      await file.writeFile(JSON.stringify(claim));
      await file.sync();
    } finally {
      await file.close();
    }
    return path;
  }

  #path(reference: string): string {
    return join(this.#folder, `${createHash('sha256').update(reference).digest('hex')}.json`);
  }
}
