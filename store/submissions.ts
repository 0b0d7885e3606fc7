import type { Kysely, Selectable } from 'kysely';
import { sql } from 'kysely';
import type { FieldsFile } from '../core/fields/field.ts';
import type { Database } from './database.ts';
import type { SubmissionsTable } from './submission-tables.ts';

export type Submission = Selectable<SubmissionsTable>;

/** What a person has typed so far, with the files that they handed in. */
export type FormDraft = Pick<Submission, 'id' | 'department' | 'form' | 'person' | 'typed' | 'files'>;

/** What someone asked for is seldom looked up after so many more. */
const MAX_LISTED = 50;

/** Forms that people fill in: saved while they type, then handed in once. People by mail address in small letters. */
export class Submissions {
  readonly #db: Kysely<Database>;

  constructor(db: Kysely<Database>) {
    this.#db = db;
  }

  /** Keeps a draft: the one that a person has of a form, whichever page it came from. Changes nothing that was handed in. */
  async keep({ id, department, form, person, typed, files }: FormDraft, now: Date): Promise<void> {
    const kept = { typed: JSON.stringify(typed), files: JSON.stringify(files), saved_at: now.toISOString() };
    await this.#db.transaction().execute(async (db) => {
      const updated = await db
        .updateTable('submissions')
        .set(kept)
        .where('person', '=', person)
        .where('department', '=', department)
        .where('form', '=', form)
        .where('status', '=', 'draft')
        .executeTakeFirst();
      if (updated.numUpdatedRows > 0n) return;
      await db
        .insertInto('submissions')
        .values({ id, department, form, person, status: 'draft', runs: '[]', ...kept })
        .onConflict((c) => c.doNothing())
        .execute();
    });
  }

  async draftOf(person: string, department: string, form: string): Promise<Submission | undefined> {
    return this.#db
      .selectFrom('submissions')
      .selectAll()
      .where('person', '=', person)
      .where('department', '=', department)
      .where('form', '=', form)
      .where('status', '=', 'draft')
      .executeTakeFirst();
  }

  /** Notes that a form was handed in, with the runs that it started. Again it changes nothing. */
  async sent(
    { id, department, form, person, typed, files }: FormDraft,
    handedIn: { fields: FieldsFile; values: Record<string, unknown>; runs: readonly string[] },
    now: Date,
  ): Promise<void> {
    const row = {
      typed: JSON.stringify(typed),
      files: JSON.stringify(files),
      status: 'sent' as const,
      fields: JSON.stringify(handedIn.fields),
      values: JSON.stringify(handedIn.values),
      runs: JSON.stringify(handedIn.runs),
      saved_at: now.toISOString(),
      sent_at: now.toISOString(),
    };
    await this.#db
      .insertInto('submissions')
      .values({ id, department, form, person, ...row })
      .onConflict((c) => c.column('id').doUpdateSet(row).where('submissions.status', '=', 'draft'))
      .execute();
  }

  async withdrawn(id: string): Promise<void> {
    await this.#db.updateTable('submissions').set({ status: 'withdrawn' }).where('id', '=', id).execute();
  }

  /** One that this person handed in, or has as a draft. */
  async find(id: string, person: string): Promise<Submission | undefined> {
    return this.#db
      .selectFrom('submissions')
      .selectAll()
      .where('id', '=', id)
      .where('person', '=', person)
      .executeTakeFirst();
  }

  /** What a person has handed in, newest first. */
  async of(person: string): Promise<Submission[]> {
    return this.#db
      .selectFrom('submissions')
      .selectAll()
      .where('person', '=', person)
      .where('status', '!=', 'draft')
      .orderBy(sql`sent_at desc`)
      .limit(MAX_LISTED)
      .execute();
  }
}
