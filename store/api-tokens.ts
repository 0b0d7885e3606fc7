import type { Kysely, Selectable } from 'kysely';
import type { Scope } from '../core/model/access.ts';
import type { Database } from './database.ts';
import type { ApiTokensTable } from './people-tables.ts';

export type ApiTokenRow = Omit<Selectable<ApiTokensTable>, 'hash'>;
export type NewApiToken = {
  id: string;
  name: string;
  /** Whose tasks the token may see and decide. */
  person?: string | undefined;
  hash: string;
  scopes: Scope[];
  /** Departments whose definitions it may deploy and start; all where absent. */
  departments?: string[] | undefined;
  by: string;
  expiresAt?: Date | undefined;
};

const COLUMNS = [
  'id',
  'name',
  'person',
  'scopes',
  'departments',
  'created_by',
  'created_at',
  'expires_at',
  'revoked_at',
] as const;

/** Tokens of the API. The store keeps their hashes alone. */
export class ApiTokens {
  readonly #db: Kysely<Database>;

  constructor(db: Kysely<Database>) {
    this.#db = db;
  }

  async list(): Promise<ApiTokenRow[]> {
    return this.#db.selectFrom('api_tokens').select(COLUMNS).orderBy('created_at').execute();
  }

  async add(token: NewApiToken, now: Date): Promise<void> {
    await this.#db
      .insertInto('api_tokens')
      .values({
        id: token.id,
        name: token.name,
        person: token.person ?? null,
        hash: token.hash,
        scopes: JSON.stringify(token.scopes),
        departments: token.departments === undefined ? null : JSON.stringify(token.departments),
        created_by: token.by,
        created_at: now.toISOString(),
        expires_at: token.expiresAt?.toISOString() ?? null,
      })
      .execute();
  }

  /** The token of that hash, as long as it holds. */
  async find(hash: string, now: Date): Promise<ApiTokenRow | undefined> {
    const row = await this.#db
      .selectFrom('api_tokens')
      .select(COLUMNS)
      .where('hash', '=', hash)
      .where('revoked_at', 'is', null)
      .executeTakeFirst();
    return row && (row.expires_at === null || row.expires_at > now) ? row : undefined;
  }

  /** Ends every token of a person. Returns how many there were. */
  async revokeOf(person: string, now: Date): Promise<number> {
    const { numUpdatedRows } = await this.#db
      .updateTable('api_tokens')
      .set({ revoked_at: now.toISOString() })
      .where((eb) => eb(eb.fn<string>('lower', ['person']), '=', person.toLowerCase()))
      .where('revoked_at', 'is', null)
      .executeTakeFirst();
    return Number(numUpdatedRows);
  }

  /** True when the token held until now. */
  async revoke(id: string, now: Date): Promise<boolean> {
    const updated = await this.#db
      .updateTable('api_tokens')
      .set({ revoked_at: now.toISOString() })
      .where('id', '=', id)
      .where('revoked_at', 'is', null)
      .executeTakeFirst();
    return updated.numUpdatedRows > 0n;
  }
}
