import { sql, type Kysely } from 'kysely';
import { invoiceOf, isSubject } from '../core/model/about.ts';
import type { Invoice } from '../core/model/invoice.ts';
import type { SupplierMemory } from '../core/model/supplier-memory.ts';
import type { Database } from './database.ts';

/** Documents of a supplier that are looked back at: what it did two years ago says little of today. */
const MOST_DOCUMENTS = 50;
/** Corrections of as many documents, a few fields each. */
const MOST_CORRECTIONS = 200;
/** Approved documents that make a further account one of the supplier's. */
const LEAST_TIMES = 2;

/** What approved documents say of a supplier. */
export class Suppliers {
  readonly #db: Kysely<Database>;

  constructor(db: Kysely<Database>) {
    this.#db = db;
  }

  /** Invoices that people were asked about in a run, newest first. */
  async invoicesOf(run: string): Promise<Invoice[]> {
    const rows = await this.#db
      .selectFrom('approvals')
      .select('about')
      .where('run', '=', run)
      .orderBy('created_at', 'desc')
      .limit(MOST_DOCUMENTS)
      .execute();
    return rows.flatMap(({ about }) => (isSubject(about) ? [] : [about]));
  }

  /** The memory of a supplier by its VAT id, with or without country letters. Empty where nothing was approved yet. */
  async memoryOf(vatId: string): Promise<SupplierMemory> {
    const bare = vatId.replace(/^[A-Z]{2}/, '');
    const approved = await this.#db
      .selectFrom('approvals')
      .select('about')
      .where('supplier', '=', bare)
      .where('status', '=', 'approved')
      .orderBy('created_at', 'desc')
      .limit(MOST_DOCUMENTS)
      .execute();
    const corrections = await this.#db
      .selectFrom('corrections')
      .select('field')
      .where(sql<string>`regexp_replace(supplier, '^[A-Z]{2}', '')`, '=', bare)
      .orderBy('at', 'desc')
      .limit(MOST_CORRECTIONS)
      .execute();
    // Found by their seller's VAT id: they are invoices.
    const invoices = approved.map(({ about }) => invoiceOf(about));
    return {
      documents: invoices.length,
      names: counted(invoices.map(({ seller }) => seller.name)),
      accounts: trusted(invoices.map(({ payment }) => payment.iban)),
      numbers: invoices.flatMap(({ number }) => number ?? []),
      corrected: counted(corrections.map(({ field }) => field)).map(({ value, times }) => ({ field: value, times })),
    };
  }
}

/**
 * Accounts that count as the supplier's: the one it began with, and those on several approved documents. One approved
 * invoice with another account makes that account no known one: whoever forged it would be paid ever after.
 */
function trusted(newestFirst: readonly (string | undefined)[]): { value: string; times: number }[] {
  const first = newestFirst.findLast((account) => account !== undefined);
  return counted(newestFirst).filter(({ value, times }) => value === first || times >= LEAST_TIMES);
}

/** Values by how often they occur, most frequent first; of equals the first. */
function counted(values: readonly (string | undefined)[]): { value: string; times: number }[] {
  const times = new Map<string, number>();
  for (const value of values) if (value !== undefined) times.set(value, (times.get(value) ?? 0) + 1);
  return [...times].map(([value, count]) => ({ value, times: count })).sort((a, b) => b.times - a.times);
}
