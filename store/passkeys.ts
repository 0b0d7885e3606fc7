import type { Kysely } from 'kysely';
import type { Database } from './database.ts';

/** A public key with which a person's device shows that it is them (WebAuthn Level 3). `id` and `publicKey` in base64url. */
export type Passkey = {
  id: string;
  person: string;
  name: string;
  publicKey: string;
  /** Signatures that the device has counted; 0 where it does not count. */
  counter: number;
  transports: string[];
  createdAt: Date;
  usedAt: Date | null;
};

/** Passkeys of people. */
export class Passkeys {
  readonly #db: Kysely<Database>;

  constructor(db: Kysely<Database>) {
    this.#db = db;
  }

  /** Keeps a passkey. False where it is known already, whoever it belongs to. */
  async add(key: Omit<Passkey, 'createdAt' | 'usedAt'>, now: Date): Promise<boolean> {
    const { id, name, publicKey, counter, transports } = key;
    const written = await this.#db
      .insertInto('passkeys')
      .values({
        ...{ id, name, counter, public_key: publicKey, person: key.person.toLowerCase() },
        transports: JSON.stringify(transports),
        created_at: now.toISOString(),
      })
      .onConflict((c) => c.column('id').doNothing())
      .executeTakeFirst();
    return (written.numInsertedOrUpdatedRows ?? 0n) > 0n;
  }

  /** Passkeys of a person, oldest first. */
  async of(person: string): Promise<Passkey[]> {
    const rows = await this.#db
      .selectFrom('passkeys')
      .selectAll()
      .where('person', '=', person.toLowerCase())
      .orderBy('created_at')
      .orderBy('id')
      .execute();
    return rows.map(({ public_key, created_at, used_at, counter, ...row }) => ({
      ...row,
      publicKey: public_key,
      counter: Number(counter),
      createdAt: created_at,
      usedAt: used_at,
    }));
  }

  /** Notes a signature. False where the device's count has not grown: then the key exists twice, or the answer came twice. */
  async used(id: string, counter: number, now: Date): Promise<boolean> {
    const updated = await this.#db
      .updateTable('passkeys')
      .set({ counter, used_at: now.toISOString() })
      .where('id', '=', id)
      .where((eb) => eb.or([eb('counter', '<', counter), ...(counter === 0 ? [eb('counter', '=', 0)] : [])]))
      .executeTakeFirst();
    return updated.numUpdatedRows > 0n;
  }

  /** Forgets a passkey of that person. False where they have no such one. */
  async remove(id: string, person: string): Promise<boolean> {
    const removed = await this.#db
      .deleteFrom('passkeys')
      .where('id', '=', id)
      .where('person', '=', person.toLowerCase())
      .executeTakeFirst();
    return removed.numDeletedRows > 0n;
  }
}
