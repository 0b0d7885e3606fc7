import { Big } from 'big.js';
import type { CsvDialect, CsvValue } from '../../../core/settings/ledgers.ts';
import type { EntryLine } from '../ledger.ts';
import type { Posting } from '../posting.ts';
import { formatAmount, formatDate } from '../../tables/csv-dialect.ts';
import type { Row } from '../../tables/csv-dialect.ts';

/** Rows of a posting: the columns of the settings (title by value), in the target's own formats. */
export function rowsOf(posting: Posting, columns: Readonly<Record<string, CsvValue>>, dialect: CsvDialect): Row[] {
  return posting.lines.map((line) => {
    const date = (iso: string): string => formatDate(iso, dialect);
    const amount = (value: string | Big): string => formatAmount(new Big(value).toFixed(2), dialect);
    const values: Record<CsvValue, string> = {
      reference: posting.reference,
      number: posting.number,
      supplier: posting.supplier,
      supplierVatId: posting.supplierVatId ?? '',
      issueDate: date(posting.issueDate),
      saleDate: date(posting.saleDate),
      dueDate: date(posting.dueDate),
      currency: posting.currency,
      account: line.account,
      costCentre: posting.costCentre ?? '',
      vatRate: line.vatRate,
      net: amount(line.net),
      vat: amount(line.vat),
      gross: amount(new Big(line.net).plus(line.vat)),
      description: posting.description,
    };
    return Object.fromEntries(Object.entries(columns).map(([title, value]) => [title, values[value]]));
  });
}

/** What the target will make of the rows on the expense side; VAT and payable accounts are its own. */
export function linesOf(posting: Posting): EntryLine[] {
  return posting.lines.map(({ account, net }) => ({ account, amount: new Big(net).toFixed(2) }));
}
