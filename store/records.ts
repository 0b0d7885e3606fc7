import { type Kysely, type Selectable, sql, type Transaction } from 'kysely';
import type { RecordValues } from '../core/model/record-table.ts';
import type { Database, RecordChangesTable, RecordsTable } from './database.ts';

/** Which table: a department's, by its name. */
export type TableName = { namespace: string; table: string };
export type RecordRow = Selectable<RecordsTable>;
export type RecordChange = Selectable<RecordChangesTable>;

/** One change of a row. `call` is the same for every attempt: the second one gets what the first did. */
export type Change = TableName & {
  key: string;
  /** Version that is changed; undefined for a new row. */
  version: number | undefined;
  /** The new row, made of the one that is there. */
  next: (before: RecordValues) => RecordValues;
  remove: boolean;
  by: string;
  call: string;
};

/** `changed`: what is there is not what was to be changed; `row` is what is there now, if anything. */
export type Changed =
  | { outcome: 'added' | 'changed' | 'removed'; values: RecordValues; version: number }
  | { outcome: 'refused'; row: RecordRow | undefined };

/** Changes of one row that a page shows. */
const MAX_HISTORY = 200;

/** Tables of departments that their automations keep, with every change. */
export class Records {
  readonly #db: Kysely<Database>;

  constructor(db: Kysely<Database>) {
    this.#db = db;
  }

  /** Rows with these values, by key; at most `most`. */
  async find({ namespace, table }: TableName, where: RecordValues, most: number): Promise<RecordRow[]> {
    const filled = Object.fromEntries(Object.entries(where).filter(([, value]) => value !== null));
    const empty = Object.keys(where).filter((name) => where[name] === null);
    const rows = await this.#db
      .selectFrom('records')
      .selectAll()
      .where('namespace', '=', namespace)
      .where('table', '=', table)
      .where('removed', '=', false)
      .where(sql<boolean>`"values" @> ${JSON.stringify(filled)}::jsonb`)
      .orderBy('key')
      .$if(empty.length === 0, (query) => query.limit(most))
      .execute();
    // A row that is older than a column has no value for it: as empty as null.
    return rows.filter(({ values }) => empty.every((name) => (values[name] ?? null) === null)).slice(0, most);
  }

  /** Makes one change, unless the row is not as it was: of two at once only one wins. */
  async change(change: Change): Promise<Changed> {
    return this.#db.transaction().execute(async (tx) => {
      const made = await tx.selectFrom('record_changes').selectAll().where('call', '=', change.call).executeTakeFirst();
      if (made) return answerOf(made);
      const row = await tx
        .selectFrom('records')
        .selectAll()
        .where('namespace', '=', change.namespace)
        .where('table', '=', change.table)
        .where('key', '=', change.key)
        .forUpdate()
        .executeTakeFirst();
      const there = row?.removed ? undefined : row;
      if (there?.version !== change.version) return { outcome: 'refused', row: there };
      return apply(tx, change, row);
    });
  }

  /** Changes of a row, newest first. */
  async history({ namespace, table }: TableName, key: string): Promise<RecordChange[]> {
    return this.#db
      .selectFrom('record_changes')
      .selectAll()
      .where('namespace', '=', namespace)
      .where('table', '=', table)
      .where('key', '=', key)
      .orderBy('version', 'desc')
      .limit(MAX_HISTORY)
      .execute();
  }
}

async function apply(tx: Transaction<Database>, change: Change, row: RecordRow | undefined): Promise<Changed> {
  const { namespace, table, key, remove, by, call } = change;
  // A row that is added again after it was removed goes on counting.
  const version = (row?.version ?? 0) + 1;
  const isNew = change.version === undefined;
  const outcome = remove ? 'removed' : isNew ? 'added' : 'changed';
  const values = change.next(isNew ? {} : (row?.values ?? {}));
  const at = new Date().toISOString();
  const kept = { values: JSON.stringify(values), version, removed: remove, changed_at: at, changed_by: by };
  const written = await tx
    .insertInto('records')
    .values({ namespace, table, key, ...kept })
    .onConflict((c) => (row ? c.columns(['namespace', 'table', 'key']).doUpdateSet(kept) : c.doNothing()))
    .returning('key')
    .executeTakeFirst();
  // Another one has just added the row: it was not there to be locked.
  if (!written) return { outcome: 'refused', row: undefined };
  await tx
    .insertInto('record_changes')
    .values({ namespace, table, key, version, outcome, values: JSON.stringify(values), at, by, call })
    .execute();
  return { outcome, values, version };
}

function answerOf({ outcome, values, version }: RecordChange): Changed {
  return { outcome, values, version };
}
