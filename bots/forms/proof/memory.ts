import { createHash } from 'node:crypto';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { FormDefinition } from '../../../core/forms/form.ts';
import { isMissing } from '../../../core/model/errors.ts';

/** Fields of one form, rows of its tables included; a form with more is remembered in part. */
const MAX_FIELDS = 400;

/** A field as it was when all its ways held. */
const Seen = z.object({
  place: z.string().describe('Place of in-page-place.ts, as JSON'),
  picture: z.base64().optional().describe('The field and what is around it, PNG'),
});
export type Seen = z.infer<typeof Seen>;
const MemoryFile = z.record(z.string(), Seen);

/**
 * Remembers how each field of a form looked when all its ways held: where it stood, and its picture. When the page has
 * changed, the place is one more signal, and the picture is the one "before". Only an unchanged page is remembered, so a
 * change cannot creep in. Another version of the form file begins anew.
 */
export class Memory {
  readonly #folder: string | undefined;
  readonly #forms = new Map<string, Map<string, Seen>>();
  readonly #fresh = new Map<string, Map<string, Seen>>();

  /** Without a folder it is kept as long as this process lives. */
  constructor(folder: string | undefined) {
    this.#folder = folder;
  }

  /** What is known of a form; loaded once. */
  async open(form: FormDefinition): Promise<Map<string, Seen>> {
    const key = keyOf(form);
    const known = this.#forms.get(key);
    if (known) return known;
    const fields = new Map(Object.entries(await this.#load(key)));
    this.#forms.set(key, fields);
    return fields;
  }

  /** Notes a field of the run under way. */
  note(form: FormDefinition, field: string, seen: Seen): void {
    const key = keyOf(form);
    const fresh = this.#fresh.get(key) ?? new Map<string, Seen>();
    this.#fresh.set(key, fresh.set(field, seen));
  }

  /** What the run under way has noted of a field. */
  noted(form: FormDefinition, field: string): Seen | undefined {
    return this.#fresh.get(keyOf(form))?.get(field);
  }

  /**
   * Ends a run. Its notes are kept only when no field at all had drifted, for a neighbour that has changed is part of a
   * field's place. Written by rename, so that a crash leaves the old or the new.
   */
  async end(form: FormDefinition, unchanged: boolean): Promise<void> {
    const key = keyOf(form);
    const fresh = this.#fresh.get(key);
    this.#fresh.delete(key);
    const fields = this.#forms.get(key);
    if (!unchanged || !fresh || !fields) return;
    for (const [field, seen] of fresh) if (fields.has(field) || fields.size < MAX_FIELDS) fields.set(field, seen);
    if (this.#folder === undefined) return;
    await mkdir(this.#folder, { recursive: true, mode: 0o700 });
    const path = this.#path(this.#folder, key);
    await writeFile(`${path}.${process.pid}.new`, JSON.stringify(Object.fromEntries(fields)), { mode: 0o600 });
    await rename(`${path}.${process.pid}.new`, path);
  }

  async #load(key: string): Promise<Record<string, Seen>> {
    if (this.#folder === undefined) return {};
    try {
      return MemoryFile.parse(JSON.parse(await readFile(this.#path(this.#folder, key), 'utf8')));
    } catch (error) {
      // Nothing is lost with it but a signal: a damaged file is written anew after the next good run.
      const harmless = error instanceof SyntaxError || error instanceof z.ZodError;
      if (harmless || isMissing(error)) return {};
      throw error;
    }
  }

  #path(folder: string, key: string): string {
    return join(folder, `seen-${key}.json`);
  }
}

/** A form version: its name, readable, and a digest of everything in it. */
function keyOf(form: FormDefinition): string {
  const digest = createHash('sha256').update(JSON.stringify(form)).digest('hex');
  return `${form.form}-${digest.slice(0, 16)}`;
}
