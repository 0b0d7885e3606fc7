import {
  type ColumnUpdateNode,
  type InsertQueryNode,
  type KyselyPlugin,
  type OperationNode,
  OperationNodeTransformer,
  type PluginTransformQueryArgs,
  type PluginTransformResultArgs,
  PrimitiveValueListNode,
  type QueryResult,
  type RootOperationNode,
  type UnknownRow,
  type UpdateQueryNode,
  ValueListNode,
  ValueNode,
  ValuesNode,
} from 'kysely';
import type { Sealer } from '../core/model/sealer.ts';
import { applicationException } from '../core/model/problem.ts';

/** How a column is kept: as text, or as JSON whose one value is the sealed text. */
type Kind = 'text' | 'json';

/**
 * Columns with what people, mails and documents say. None of them is asked for by its content. Names of people, addresses,
 * ids, times, rows of departments' tables and the audit trail stay readable: they are searched, joined and sorted.
 */
const SEALED: Record<string, Record<string, Kind>> = {
  approvals: { about: 'json', to_do: 'json', findings: 'json', changes: 'json', reason: 'text' },
  approval_decisions: { reason: 'text', comment: 'text', corrections: 'json', changes: 'json', answers: 'json' },
  approval_trail: { text: 'text' },
  corrections: { before: 'text', after: 'text' },
  drafts: { form: 'json' },
  events: { event: 'json' },
  idempotency: { body: 'text' },
  outbox: { result: 'json' },
  submissions: { typed: 'json', files: 'json', values: 'json' },
};
/** In front of a sealed value. What has none was written before columns were sealed. */
const MARK: Record<Kind, string> = { text: 'sealed:text:', json: 'sealed:json:' };

/** Seals the columns on their way into the database, and opens them on their way out. */
export class SealedColumns implements KyselyPlugin {
  readonly #sealer: Sealer;
  readonly #transformer: SealingTransformer;

  constructor(sealer: Sealer) {
    this.#sealer = sealer;
    this.#transformer = new SealingTransformer(sealer);
  }

  transformQuery({ node }: PluginTransformQueryArgs): RootOperationNode {
    return this.#transformer.transformNode(node);
  }

  async transformResult({ result }: PluginTransformResultArgs): Promise<QueryResult<UnknownRow>> {
    return { ...result, rows: result.rows.map((row) => this.#opened(row)) };
  }

  #opened(row: UnknownRow): UnknownRow {
    const opened = Object.entries(row).flatMap(([name, value]) =>
      typeof value === 'string' && value.startsWith('sealed:') ? [[name, this.#open(name, value)] as const] : [],
    );
    return opened.length === 0 ? row : { ...row, ...Object.fromEntries(opened) };
  }

  #open(column: string, value: string): unknown {
    const kind = (['text', 'json'] as const).find((candidate) => value.startsWith(MARK[candidate]));
    // Text of a person that happens to begin like this, from before columns were sealed.
    if (!kind) return value;
    const opened = this.#sealer.open(Buffer.from(value.slice(MARK[kind].length), 'base64'));
    if (!opened) {
      throw applicationException(
        'configuration',
        `the column "${column}" was sealed with a key that is not in the key ring. To fix: restore keys.json from a backup`,
      );
    }
    const text = Buffer.from(opened).toString();
    return kind === 'text' ? text : JSON.parse(text);
  }
}

class SealingTransformer extends OperationNodeTransformer {
  readonly #sealer: Sealer;

  constructor(sealer: Sealer) {
    super();
    this.#sealer = sealer;
  }

  protected override transformInsertQuery(node: InsertQueryNode): InsertQueryNode {
    const insert = super.transformInsertQuery(node);
    const sealed = SEALED[insert.into?.table.identifier.name ?? ''];
    if (!sealed) return insert;
    const kinds = (insert.columns ?? []).map(({ column }) => sealed[column.name]);
    const { values, onConflict } = insert;
    return {
      ...insert,
      ...(values &&
        ValuesNode.is(values) && { values: ValuesNode.create(values.values.map((row) => this.#row(row, kinds))) }),
      ...(onConflict?.updates && {
        onConflict: { ...onConflict, updates: onConflict.updates.map((update) => this.#update(update, sealed)) },
      }),
    };
  }

  protected override transformUpdateQuery(node: UpdateQueryNode): UpdateQueryNode {
    const update = super.transformUpdateQuery(node);
    const table = update.table as { table?: { identifier?: { name?: string } } } | undefined;
    const sealed = SEALED[table?.table?.identifier?.name ?? ''];
    if (!sealed || !update.updates) return update;
    return { ...update, updates: update.updates.map((one) => this.#update(one, sealed)) };
  }

  #row(row: PrimitiveValueListNode | ValueListNode, kinds: (Kind | undefined)[]) {
    if (row.kind === 'PrimitiveValueListNode') {
      return PrimitiveValueListNode.create(row.values.map((value, at) => this.#seal(value, kinds[at])));
    }
    return ValueListNode.create(row.values.map((value, at) => this.#value(value, kinds[at])));
  }

  #update(update: ColumnUpdateNode, sealed: Record<string, Kind>): ColumnUpdateNode {
    const { column } = update.column as { column?: { name?: string } };
    return { ...update, value: this.#value(update.value, sealed[column?.name ?? '']) };
  }

  #value(node: OperationNode, kind: Kind | undefined): OperationNode {
    return ValueNode.is(node) ? ({ ...node, value: this.#seal(node.value, kind) } as ValueNode) : node;
  }

  #seal(value: unknown, kind: Kind | undefined): unknown {
    if (!kind || typeof value !== 'string') return value;
    const sealed = MARK[kind] + Buffer.from(this.#sealer.seal(Buffer.from(value))).toString('base64');
    return kind === 'text' ? sealed : JSON.stringify(sealed);
  }
}
