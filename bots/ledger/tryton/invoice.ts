import { Big } from 'big.js';
import { compareAmounts, sum } from '../../../core/model/money.ts';
import { businessException } from '../../../core/model/problem.ts';
import type { EntryLine, PostedEntry } from '../ledger.ts';
import type { Posting } from '../posting.ts';
import type { Names, Supplier } from './names.ts';
import type { TrytonRpc } from './rpc.ts';
import { amountOf, dateOf, idOf, numberOf, related, textOf, toDate, toDecimal } from './values.ts';
import type { TrytonRecord } from './values.ts';

const FIELDS = [
  'state',
  'number',
  'reference',
  'untaxed_amount',
  'tax_amount',
  'total_amount',
  'invoice_date',
  'move',
  'currency.code',
];

/** Invoices of the supplier with that number, oldest first, without cancelled ones. */
export function findInvoices(rpc: TrytonRpc, supplier: Supplier, number: string): Promise<TrytonRecord[]> {
  const domain = [
    ['type', '=', 'in'],
    ['party', '=', supplier.id],
    ['reference', '=', number],
    ['state', '!=', 'cancelled'],
  ];
  return rpc.read('account.invoice', domain, FIELDS);
}

/** Reads one invoice again. */
export async function readInvoice(rpc: TrytonRpc, id: number): Promise<TrytonRecord | undefined> {
  const [invoice] = await rpc.read('account.invoice', [['id', '=', id]], FIELDS);
  return invoice;
}

/** True once it is in the books. */
export function isPosted(invoice: TrytonRecord): boolean {
  return ['posted', 'paid'].includes(textOf(invoice, 'state'));
}

/** A new invoice as a draft: one line for each VAT rate. A reversal has a quantity of minus one, as Tryton's credit notes. */
export async function createDraft(
  rpc: TrytonRpc,
  posting: Posting,
  { supplier, names, payable }: { supplier: Supplier; names: Names; payable: string },
): Promise<number> {
  const lines = posting.lines.map(({ account, net, vatRate }) => {
    const tax = names.taxes.get(vatRate);
    return {
      type: 'line',
      account: names.accounts.get(account),
      description: posting.description,
      quantity: net.startsWith('-') ? -1 : 1,
      unit_price: toDecimal(new Big(net).abs()),
      ...(tax === undefined ? {} : { taxes: [['add', [tax]]] }),
    };
  });
  const invoice = {
    type: 'in',
    party: supplier.id,
    invoice_address: supplier.address,
    account: names.accounts.get(payable),
    journal: names.journal,
    currency: names.currency,
    reference: posting.number,
    description: posting.description,
    invoice_date: toDate(posting.issueDate),
    payment_term_date: toDate(posting.dueDate),
    lines: [['create', lines]],
  };
  const created = await rpc.call('account.invoice', 'create', [invoice]);
  return numberOf({ id: Array.isArray(created) ? created[0] : undefined }, 'id');
}

/** Puts the VAT of the document in place of what Tryton computes: they may differ by a cent of rounding. */
export async function setTaxes(rpc: TrytonRpc, id: number, posting: Posting, names: Names): Promise<void> {
  const lines = await rpc.read('account.invoice.tax', [['invoice', '=', id]], ['amount', 'tax']);
  for (const line of lines) {
    const wanted = posting.lines.filter(({ vatRate }) => names.taxes.get(vatRate) === line['tax']);
    const vat = sum(wanted.map((each) => each.vat));
    if (compareAmounts(amountOf(line, 'amount'), vat) === 0) continue;
    await rpc.call('account.invoice.tax', 'write', [idOf(line)], { amount: toDecimal(vat) });
  }
}

/** @throws a business exception that names each value in which Tryton's invoice is not the one to be posted. */
export function requireSame(
  invoice: TrytonRecord,
  posting: Posting,
  code: 'differs-in-target' | 'differs-before-commit',
): void {
  const pairs: [string, string, string][] = [
    ['date', dateOf(invoice, 'invoice_date'), posting.issueDate],
    ['currency', related(invoice, 'currency.code'), posting.currency],
  ];
  const amounts: [string, string, string][] = [
    ['net', amountOf(invoice, 'untaxed_amount'), posting.net],
    ['VAT', amountOf(invoice, 'tax_amount'), posting.vat],
    ['gross', amountOf(invoice, 'total_amount'), posting.gross],
  ];
  const faults = [
    ...pairs.filter(([, is, should]) => is !== should),
    ...amounts.filter(([, is, should]) => compareAmounts(is, should) !== 0),
  ];
  if (faults.length === 0) return;
  const told = faults.map(([name, is, should]) => `${name} is ${is}, not ${should}`).join('; ');
  throw businessException(code, `${posting.number} is in Tryton with different values: ${told}`);
}

export function entryOf(invoice: TrytonRecord): PostedEntry {
  const date = dateOf(invoice, 'invoice_date');
  return {
    record: textOf(invoice, 'number'),
    date,
    readBack: {
      number: textOf(invoice, 'reference'),
      date,
      net: amountOf(invoice, 'untaxed_amount'),
      vat: amountOf(invoice, 'tax_amount'),
      gross: amountOf(invoice, 'total_amount'),
      currency: related(invoice, 'currency.code'),
    },
  };
}

/** Lines of the entry in the books. */
export async function linesOf(rpc: TrytonRpc, invoice: TrytonRecord): Promise<EntryLine[]> {
  const lines = await rpc.read(
    'account.move.line',
    [['move', '=', invoice['move']]],
    ['debit', 'credit', 'account.code'],
  );
  return lines.map((line) => ({
    account: related(line, 'account.code'),
    amount: new Big(amountOf(line, 'debit')).minus(amountOf(line, 'credit')).toFixed(2),
  }));
}
