import type { Invoice } from '../../definitions/model/invoice.ts';

/** Values by path, as readings name them. */
const VALUES: Readonly<Record<string, (invoice: Invoice) => string | undefined>> = {
  number: (invoice) => invoice.number,
  issueDate: (invoice) => invoice.issueDate,
  dueDate: (invoice) => invoice.dueDate,
  currency: (invoice) => invoice.currency,
  'seller.name': (invoice) => invoice.seller.name,
  'seller.vatId': (invoice) => invoice.seller.vatId,
  'buyer.name': (invoice) => invoice.buyer.name,
  'buyer.vatId': (invoice) => invoice.buyer.vatId,
  'totals.net': (invoice) => invoice.totals.net,
  'totals.vat': (invoice) => invoice.totals.vat,
  'totals.gross': (invoice) => invoice.totals.gross,
  'payment.iban': (invoice) => invoice.payment.iban,
};

/** Share of the doubt that is left when two passes read the same, and what disagreement costs. */
const DOUBT_LEFT = 0.35;
const DISAGREED = 0.8;
/**
 * What agreement adds at most. Words are misread by both passes alike; the digits of ids and accounts, each printed in
 * groups of its own, hardly ever are.
 */
const RAISE = 0.1;
const RAISED: Readonly<Record<string, number>> = { 'payment.iban': 0.3, 'seller.vatId': 0.3, number: 0.15 };
/** Checked values (check digits, sums) need no second opinion. */
const CHECKED = 0.96;
const ADDED_UP = 0.93;

/** Two passes cut the page in different ways: what both read the same is surer, what they read differently is less. */
export function weighPasses(united: Invoice, passes: readonly Invoice[]): void {
  for (const [field, of] of Object.entries(VALUES)) {
    const reading = united.fields[field];
    const value = of(united);
    const checked = field.startsWith('totals.') ? ADDED_UP : CHECKED;
    if (!reading || value === undefined || reading.confidence >= checked) continue;
    const others = passes.map(of).filter((one) => one !== undefined);
    const same = others.filter((one) => one === value).length;
    const { confidence } = reading;
    if (same === passes.length)
      reading.confidence = round(Math.min(1 - (1 - confidence) * DOUBT_LEFT, confidence + (RAISED[field] ?? RAISE)));
    else if (same < others.length) reading.confidence = round(confidence * DISAGREED);
  }
}

const round = (value: number): number => Math.round(value * 100) / 100;
