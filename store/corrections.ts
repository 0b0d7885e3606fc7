import type { Kysely, Selectable } from 'kysely';
import { invoiceOf } from '../core/model/about.ts';
import type { DecisionMade } from '../core/model/approval.ts';
import type { FieldAccuracy } from '../core/model/field-accuracy.ts';
import type { Invoice } from '../core/model/invoice.ts';
import type { Database } from './database.ts';
import type { CorrectionsTable } from './people-tables.ts';

export type CorrectionRow = Selectable<CorrectionsTable>;

/** What people changed in readings: for the memory of a supplier's documents, and for the report on how well we read. */
export class Corrections {
  readonly #db: Kysely<Database>;

  constructor(db: Kysely<Database>) {
    this.#db = db;
  }

  /** Keeps what a decision changed, field by field. A repeated attempt changes nothing. */
  async keep(approval: string, { corrections = [], approver, at }: DecisionMade): Promise<void> {
    if (corrections.length === 0) return;
    const {
      run,
      definition,
      about: checked,
    } = await this.#db
      .selectFrom('approvals')
      .select(['run', 'definition', 'about'])
      .where('id', '=', approval)
      .executeTakeFirstOrThrow();
    const about = invoiceOf(checked);
    const facts = {
      approval,
      run,
      definition: JSON.stringify(definition),
      supplier: supplierOf(about),
      by: approver,
      at,
    };
    const rows = corrections.map(({ field, before = null, after = null }) => {
      const confidence = about.fields[field]?.confidence ?? null;
      return { ...facts, field, before, after, confidence };
    });
    await this.#db
      .insertInto('corrections')
      .values(rows)
      .onConflict((c) => c.columns(['approval', 'field']).doNothing())
      .execute();
  }

  /** What was changed in documents of a supplier (VAT id, or name where none was read), newest first. */
  async ofSupplier(supplier: string, most: number): Promise<CorrectionRow[]> {
    return this.#db
      .selectFrom('corrections')
      .selectAll()
      .where('supplier', '=', supplier)
      .orderBy('at', 'desc')
      .limit(most)
      .execute();
  }

  /** Fields by how often they were corrected, of all documents that were checked. */
  async accuracy(): Promise<FieldAccuracy[]> {
    const checked = await this.#db
      .selectFrom('approvals')
      .select((eb) => eb.fn.countAll<string>().as('count'))
      .where('kind', '=', 'validation')
      .where('status', 'in', ['corrected', 'confirmed'])
      .executeTakeFirstOrThrow();
    const rows = await this.#db
      .selectFrom('corrections')
      .select((eb) => [
        'field',
        eb.fn.countAll<string>().as('corrected'),
        eb.fn.avg<number>('confidence').as('confidence'),
      ])
      .groupBy('field')
      .orderBy('corrected', 'desc')
      .execute();
    const of = Number(checked.count);
    return rows.map(({ field, corrected, confidence }) => ({ field, corrected: Number(corrected), of, confidence }));
  }
}

/** By what a supplier is known: the VAT id, which names can vary around. */
export function supplierOf({ seller }: Invoice): string {
  return seller.vatId ?? seller.name ?? '';
}
