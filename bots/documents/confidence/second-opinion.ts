import { Big } from 'big.js';
import type { Invoice, Reading } from '../../../core/model/invoice.ts';
import { VALUES } from './agree.ts';
import { isSure, SURE_ENOUGH } from './judge.ts';
import { sameReading } from './spelling.ts';

/** What two engines read alike is no misreading; that it is the right value of the field remains to be doubted. */
const DOUBT_LEFT = 0.5;
/** What is left of the confidence of a value that the engines contest: a person looks. */
const CONTESTED = 0.6;
/** A value whose check digits or sum hold wins against one without. */
const CHECKED = 0.96;
/**
 * Lays the second engine's reading beside the first, which takes the result. The same value is surer. Where only one of
 * them stands by its value, that is taken. Where both do, that wins whose check digits hold, else neither: the field falls
 * below what the reader stands by. What gives way is kept as an alternative.
 */
export function weighSecond(mine: Invoice, other: Invoice): void {
  const [mineAdds, otherAdds] = [addsUp(mine), addsUp(other)];
  const takesTotals = otherAdds && !mineAdds;
  for (const [field, { of, put }] of Object.entries(VALUES)) {
    const [a, b] = [found(mine, field, of), found(other, field, of)];
    if (!b || isOfOther(mine, field, b.value)) continue;
    if (!a) take(mine, field, b, put);
    else if (sameReading(field, a.value, b.value)) agree(mine, field, a.reading, b.reading);
    else if (field.startsWith('totals.') && mineAdds !== otherAdds) choose(mine, field, takesTotals, a, b, put);
    else contest(mine, field, a, b, put);
  }
  if (takesTotals || mine.vatBreakdown.length === 0) mine.vatBreakdown = other.vatBreakdown;
  takeLines(mine, other);
}

type Found = { value: string; reading: Reading };
type Put = (invoice: Invoice, value: string) => void;

function found(invoice: Invoice, field: string, of: (invoice: Invoice) => string | undefined): Found | undefined {
  const [value, reading] = [of(invoice), invoice.fields[field]];
  return value !== undefined && reading ? { value, reading } : undefined;
}

/** An id that the first engine gave to the other party: which of them it belongs to, the second knows no better. */
function isOfOther({ seller, buyer }: Invoice, field: string, value: string): boolean {
  if (field === 'seller.vatId') return buyer.vatId === value;
  return field === 'buyer.vatId' && seller.vatId === value;
}

function agree(mine: Invoice, field: string, read: Reading, seen: Reading): void {
  const best = seen.confidence > read.confidence ? seen : read;
  // What neither stands by is doubted for its place on the paper, where both see the same.
  const left = best.confidence >= SURE_ENOUGH ? DOUBT_LEFT : 1;
  set(mine, field, best, 1 - (1 - best.confidence) * left);
}

function take(mine: Invoice, field: string, { value, reading }: Found, put: Put, instead?: Found): void {
  put(mine, value);
  set(mine, field, instead ? beside(reading, instead) : reading, reading.confidence);
}

function contest(mine: Invoice, field: string, a: Found, b: Found, put: Put): void {
  const isSureOf = ({ reading }: Found) => reading.confidence >= SURE_ENOUGH;
  const isChecked = ({ reading }: Found) => isCheckable(field) && reading.confidence >= CHECKED;
  const judge = [isSureOf, isChecked].find((one) => one(a) !== one(b));
  choose(mine, field, judge ? judge(b) : b.reading.confidence > a.reading.confidence, a, b, put);
  if (!judge && isSureOf(a)) setConfidence(mine, field, CONTESTED);
}

/** One of two values, with the other as its alternative. */
function choose(mine: Invoice, field: string, second: boolean, a: Found, b: Found, put: Put): void {
  if (second) take(mine, field, b, put, a);
  else set(mine, field, beside(a.reading, b), a.reading.confidence);
}

/** Fields whose high confidence comes from check digits or sums rather than from clear letters. */
const isCheckable = (field: string): boolean => /vatId$|iban$|^totals\./.test(field);

function beside(reading: Reading, { value }: Found): Reading {
  return { ...reading, alternatives: [...new Set([value, ...(reading.alternatives ?? [])])] };
}

function set(invoice: Invoice, field: string, reading: Reading, confidence: number): void {
  invoice.fields[field] = { ...reading };
  setConfidence(invoice, field, confidence);
}

function setConfidence(invoice: Invoice, field: string, confidence: number): void {
  const reading = invoice.fields[field];
  if (reading) reading.confidence = Math.round(confidence * 100) / 100;
}

/** Totals that the reader stands by and that add up. */
function addsUp(invoice: Invoice): boolean {
  const { net, vat, gross } = invoice.totals;
  if (net === undefined || vat === undefined || gross === undefined) return false;
  const sure = ['totals.net', 'totals.vat', 'totals.gross'].every((field) => isSure(invoice, field));
  return sure && new Big(net).plus(vat).eq(gross);
}

/** Lines go together: those of the engine that is surer of them. */
function takeLines(mine: Invoice, other: Invoice): void {
  if (sureness(other) <= sureness(mine)) return;
  mine.lines = other.lines;
  for (const field of Object.keys(mine.fields)) if (LINE.test(field)) delete mine.fields[field];
  for (const [field, reading] of Object.entries(other.fields)) if (LINE.test(field)) mine.fields[field] = reading;
}

const LINE = /^lines\.\d+$/;

/** Mean confidence of an invoice's lines; 0 without any. */
function sureness({ lines, fields }: Invoice): number {
  const sum = lines.reduce((total, _, index) => total + (fields[`lines.${index}`]?.confidence ?? 0), 0);
  return lines.length > 0 ? sum / lines.length : 0;
}
