import type { Kysely } from 'kysely';
import type { CloudEvent } from '../core/events/cloud-event.ts';
import type { Database } from './database.ts';

export type Subscription = { run: string; key: string; types: string[]; department?: string };

/** A run that listens, and whose it is; null where it listens since before departments were known. */
export type Subscriber = { run: string; department: string | null };

/** Events that came in, and the runs that listen. */
export class Events {
  readonly #db: Kysely<Database>;

  constructor(db: Kysely<Database>) {
    this.#db = db;
  }

  /** Keeps an event. Source and id name it (CloudEvents 1.0, "id"): false when it was here before. */
  async keep(event: CloudEvent): Promise<boolean> {
    const inserted = await this.#db
      .insertInto('events')
      .values({
        source: event.source,
        id: event.id,
        event: JSON.stringify(event),
        received_at: new Date().toISOString(),
      })
      .onConflict((c) => c.doNothing())
      .returning('id')
      .executeTakeFirst();
    return inserted !== undefined;
  }

  /** An event that came in before. */
  async find(source: string, id: string): Promise<CloudEvent | undefined> {
    const row = await this.#db
      .selectFrom('events')
      .select('event')
      .where('source', '=', source)
      .where('id', '=', id)
      .executeTakeFirst();
    return row?.event as CloudEvent | undefined;
  }

  /** Runs that listen register the types they wait for; an empty list stands for any type. */
  async subscribe(subscription: Subscription): Promise<void> {
    const types = JSON.stringify(subscription.types);
    await this.#db
      .insertInto('subscriptions')
      .values({ ...subscription, types, department: subscription.department ?? null })
      .onConflict((c) => c.columns(['run', 'key']).doUpdateSet({ types }))
      .execute();
  }

  async unsubscribe(run: string, key: string): Promise<void> {
    await this.#db.deleteFrom('subscriptions').where('run', '=', run).where('key', '=', key).execute();
  }

  /** Drops every subscription of a run that has ended. */
  async forget(run: string): Promise<void> {
    await this.#db.deleteFrom('subscriptions').where('run', '=', run).execute();
  }

  /** Runs that may want an event of this type. `byName`: only those that name the type, not those that take any. */
  async subscribers(type: string, { byName = false } = {}): Promise<Subscriber[]> {
    const rows = await this.#db.selectFrom('subscriptions').select(['run', 'types', 'department']).execute();
    const wanting = rows.filter(({ types }) => (!byName && types.length === 0) || types.includes(type));
    return [...new Map(wanting.map(({ run, department }) => [run, { run, department }])).values()];
  }
}
