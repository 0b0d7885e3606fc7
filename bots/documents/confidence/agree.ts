import { Big } from 'big.js';
import type { Invoice, Reading } from '../../../core/model/invoice.ts';
import { bare, preferred, sameReading } from './spelling.ts';

type Access = { of: (invoice: Invoice) => string | undefined; put: (invoice: Invoice, value: string) => void };

/** Values by path, as readings name them. */
export const VALUES: Readonly<Record<string, Access>> = {
  number: { of: (invoice) => invoice.number, put: (invoice, value) => (invoice.number = value) },
  issueDate: { of: (invoice) => invoice.issueDate, put: (invoice, value) => (invoice.issueDate = value) },
  dueDate: { of: (invoice) => invoice.dueDate, put: (invoice, value) => (invoice.dueDate = value) },
  currency: { of: (invoice) => invoice.currency, put: (invoice, value) => (invoice.currency = value) },
  'seller.name': { of: (invoice) => invoice.seller.name, put: (invoice, value) => (invoice.seller.name = value) },
  'seller.vatId': { of: (invoice) => invoice.seller.vatId, put: (invoice, value) => (invoice.seller.vatId = value) },
  'buyer.name': { of: (invoice) => invoice.buyer.name, put: (invoice, value) => (invoice.buyer.name = value) },
  'buyer.vatId': { of: (invoice) => invoice.buyer.vatId, put: (invoice, value) => (invoice.buyer.vatId = value) },
  'totals.net': { of: (invoice) => invoice.totals.net, put: (invoice, value) => (invoice.totals.net = value) },
  'totals.vat': { of: (invoice) => invoice.totals.vat, put: (invoice, value) => (invoice.totals.vat = value) },
  'totals.gross': { of: (invoice) => invoice.totals.gross, put: (invoice, value) => (invoice.totals.gross = value) },
  'payment.iban': { of: (invoice) => invoice.payment.iban, put: (invoice, value) => (invoice.payment.iban = value) },
};
const NAMES: ReadonlySet<string> = new Set(['seller.name', 'buyer.name']);
/** Which party an id belongs to is told by all words together; one pass that missed a head mistakes it. Totals go by threes. */
const NEVER_ADOPTED = /vatId$|^totals\./;

const PARTY = /^(?:seller|buyer)\./;

/** Share of the doubt that is left when two passes read the same, and what disagreement costs. */
const DOUBT_LEFT = 0.35;
const DISAGREED = 0.8;
/** What is left of the confidence of a value that only one pass found. */
const ALONE = 0.97;
/**
 * What agreement adds at most. Words are misread by both passes alike; the digits of ids and accounts, each printed in
 * groups of its own, hardly ever are.
 */
const RAISE = 0.1;
const RAISED: Readonly<Record<string, number>> = { 'payment.iban': 0.3, 'seller.vatId': 0.3, number: 0.15 };
/** Country letters or none. */
const VAT_ID = /^(?:[A-Z]{2}[A-Z0-9]|\d{7})/;
/** Checked values (check digits, sums) need no second opinion. */
const CHECKED = 0.96;
const ADDED_UP = 0.93;

/**
 * Two passes cut the page in different ways: what both read the same is surer, what they read differently is less. What
 * their united words do not give, because words of one lie across a line of the other, is taken from a pass alone.
 * `text` is the whole paper, whose other words tell which of two spellings is right. A `witness` read the paper in other
 * languages: its figures are as good, its words are not.
 */
export function weighPasses(united: Invoice, passes: readonly Invoice[], text = '', witness?: Invoice): void {
  const all = witness ? [...passes, witness] : passes;
  adoptTotals(united, all);
  for (const [field, access] of Object.entries(VALUES)) {
    const found = passes.flatMap((pass) => read(pass, field, access));
    const mine = read(united, field, access)[0];
    if (!mine) {
      const heard = NAMES.has(field) || !witness ? found : [...found, ...read(witness, field, access)];
      if (!NEVER_ADOPTED.test(field)) adopt(united, field, access, heard, all.length);
      continue;
    }
    const checked = field.startsWith('totals.') ? ADDED_UP : CHECKED;
    if (mine.reading.confidence >= checked) continue;
    const differs = witness && !NAMES.has(field) && dissents(read(witness, field, access)[0], mine, field);
    if (differs) setConfidence(united, field, mine.reading.confidence * DISAGREED, mine.reading);
    else weighOne(united, field, access, mine, found, passes.length, text);
  }
}

type Found = { value: string; reading: Reading };

function read(invoice: Invoice, field: string, { of }: Access): Found[] {
  const [value, reading] = [of(invoice), invoice.fields[field]];
  return value !== undefined && reading ? [{ value, reading }] : [];
}

/** True where the witness is surer of another value. */
function dissents(other: Found | undefined, mine: Found, field: string): boolean {
  return (
    other !== undefined &&
    other.reading.confidence > mine.reading.confidence &&
    !sameReading(field, other.value, mine.value)
  );
}

function weighOne(
  united: Invoice,
  field: string,
  access: Access,
  mine: Found,
  found: readonly Found[],
  passes: number,
  text: string,
): void {
  const words = NAMES.has(field) ? text : undefined;
  const same = found.filter((one) => sameReading(field, mine.value, one.value, words));
  const best = preferred([mine, ...same], words);
  const spelling = best.value !== mine.value && (NAMES.has(field) || field === 'number');
  const { confidence } = mine.reading;
  if (spelling) access.put(united, best.value);
  if (same.length === passes) {
    const passed = Math.max(...same.map((one) => one.reading.confidence * (spelling ? ALONE : 1)));
    // Whose a name or an id is, is told by all words together: a pass is surer only for what it did not see.
    const base = PARTY.test(field) && !spelling ? confidence : Math.max(confidence, passed);
    const totals = field.startsWith('totals.') ? confidence : base;
    // "1T757…" was misread by both passes alike.
    const misread = field === 'seller.vatId' && !VAT_ID.test(mine.value);
    setConfidence(united, field, misread ? totals : raised(field, totals), best.reading);
  } else if (same.length < found.length) setConfidence(united, field, confidence * DISAGREED, mine.reading);
  else if (same.length > 0 && bare(best.value) === bare(mine.value))
    setConfidence(united, field, Math.max(confidence, best.reading.confidence * ALONE), best.reading);
}

/** A value that the united words do not give; passes that read different ones give none. */
function adopt(united: Invoice, field: string, access: Access, found: readonly Found[], passes: number): void {
  const [first, ...others] = [...found].sort((a, b) => b.reading.confidence - a.reading.confidence);
  if (!first || others.some((one) => !sameReading(field, first.value, one.value))) return;
  const { confidence } = first.reading;
  access.put(united, first.value);
  setConfidence(united, field, found.length === passes ? raised(field, confidence) : confidence * ALONE, first.reading);
}

function raised(field: string, confidence: number): number {
  return Math.min(1 - (1 - confidence) * DOUBT_LEFT, confidence + (RAISED[field] ?? RAISE));
}

function setConfidence(united: Invoice, field: string, confidence: number, reading: Reading): void {
  united.fields[field] = { ...reading, confidence: Math.round(confidence * 100) / 100 };
}

const PARTS = ['net', 'vat', 'gross'] as const;

/** Totals that add up in one pass, where those of the united words do not and no other pass has others that do. */
function adoptTotals(united: Invoice, passes: readonly Invoice[]): void {
  if (addsUp(united)) return;
  const sums = passes.filter(addsUp);
  const [best] = sums;
  if (!best || sums.some((one) => one.totals.gross !== best.totals.gross)) return;
  united.totals = { ...united.totals, ...best.totals };
  for (const part of PARTS) {
    const reading = best.fields[`totals.${part}`];
    if (reading) setConfidence(united, `totals.${part}`, reading.confidence * ALONE, reading);
  }
  if (best.vatBreakdown.length > 0) united.vatBreakdown = best.vatBreakdown;
}

function addsUp({ totals, fields }: Invoice): boolean {
  const { net, vat, gross } = totals;
  if (net === undefined || vat === undefined || gross === undefined) return false;
  const sure = PARTS.every((part) => (fields[`totals.${part}`]?.confidence ?? 0) >= ADDED_UP);
  return sure && new Big(net).plus(vat).eq(gross);
}
