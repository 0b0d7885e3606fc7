import type { Kysely, Selectable } from 'kysely';
import { sql } from 'kysely';
import type { Role } from '../core/model/access.ts';
import type { Language } from '../core/settings/settings.ts';
import type { Database } from './database.ts';
import type { UsersTable } from './people-tables.ts';

export type UserRow = Selectable<UsersTable>;
export type NewUser = {
  email: string;
  name: string;
  language: Language;
  roles: Role[];
  departments?: string[] | undefined;
};

/** Any constant: the advisory lock under which the first administrator is made. */
const FIRST_ADMIN_LOCK = 7_230_252;

/** People with roles in the product. Nobody is ever deleted: the trail names them. */
export class Users {
  readonly #db: Kysely<Database>;

  constructor(db: Kysely<Database>) {
    this.#db = db;
  }

  async list(): Promise<UserRow[]> {
    return this.#db.selectFrom('users').selectAll().orderBy('email').execute();
  }

  /** Also one that was removed: see `removed_at`. */
  async find(email: string): Promise<UserRow | undefined> {
    return this.#db.selectFrom('users').selectAll().where('email', '=', email.toLowerCase()).executeTakeFirst();
  }

  /** Addresses of those whose rights were taken away. */
  async removed(): Promise<string[]> {
    const rows = await this.#db.selectFrom('users').select('email').where('removed_at', 'is not', null).execute();
    return rows.map(({ email }) => email);
  }

  /** Adds a person, or changes their name, language and roles; one that was removed is there again. */
  async save(user: NewUser, now: Date): Promise<void> {
    await save(this.#db, user, now);
  }

  /** Takes all rights away. True when the person had some until now. */
  async remove(email: string, now: Date): Promise<boolean> {
    const updated = await this.#db
      .updateTable('users')
      .set({ removed_at: now.toISOString() })
      .where('email', '=', email.toLowerCase())
      .where('removed_at', 'is', null)
      .executeTakeFirst();
    return updated.numUpdatedRows > 0n;
  }

  async hasAdmin(): Promise<boolean> {
    return hasAdmin(this.#db);
  }

  /** Makes the first administrator. False where there is one already: of two at once only one wins. */
  async saveFirstAdmin(user: NewUser, now: Date): Promise<boolean> {
    return this.#db.transaction().execute(async (tx) => {
      await sql`select pg_advisory_xact_lock(${sql.lit(FIRST_ADMIN_LOCK)})`.execute(tx);
      if (await hasAdmin(tx)) return false;
      await save(tx, user, now);
      return true;
    });
  }
}

async function hasAdmin(db: Kysely<Database>): Promise<boolean> {
  const rows = await db.selectFrom('users').select('roles').where('removed_at', 'is', null).execute();
  return rows.some(({ roles }) => roles.includes('admin'));
}

async function save(db: Kysely<Database>, user: NewUser, now: Date): Promise<void> {
  const { email, name, language, roles, departments } = user;
  const owned = departments === undefined ? null : JSON.stringify(departments);
  const values = { name, language, roles: JSON.stringify(roles), departments: owned };
  await db
    .insertInto('users')
    .values({ ...values, email: email.toLowerCase(), created_at: now.toISOString() })
    .onConflict((c) => c.column('email').doUpdateSet({ ...values, removed_at: null }))
    .execute();
}
