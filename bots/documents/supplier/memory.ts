import type { Invoice, Reading } from '../../../core/model/invoice.ts';
import type { SupplierMemory } from '../../../core/model/supplier-memory.ts';
import { blocking, note } from '../checks/finding.ts';
import { isUncertain } from '../confidence/judge.ts';
import type { ReadPart } from '../reading.ts';
import { bare } from '../confidence/spelling.ts';

/** Numbers of one supplier that must look alike before a number that looks otherwise is doubted. */
const LEAST_NUMBERS = 3;
/** Times that people corrected a field of a supplier before its readings are doubted, and in what share of its documents. */
const OFTEN = { times: 2, share: 0.5 };
/** Confidence of a value that approved documents of the supplier carry too. */
const KNOWN = 0.97;
/** What a number's form speaks for it: that it is the invoice's number, not that each figure was seen right. */
const KNOWN_FORM = { adds: 0.05, most: 0.96, instead: 0.88 };
/** A name that stands on approved documents and was not found on this one: the VAT id says whose it is. */
const BY_ID = 0.9;
/** What is left of the confidence of a value that does not fit what is known. */
const DOUBTED = 0.8;
/** Signs by which a misread name differs from the known one at most, as a share of its length. */
const NEAR_NAME = 0.2;

/**
 * Weighs a reading against what approved documents of the same supplier say. Memory decides which of two readings is
 * meant and how a name is spelt; it puts in no number, date, amount or account that the paper does not show. Another
 * account than those that were paid before is a finding: such letters are how money is stolen.
 */
export function withMemory<Part extends Omit<ReadPart, 'pages'>>(part: Part, memory: SupplierMemory): Part {
  const { invoice } = part;
  if (!invoice || memory.documents === 0) return part;
  const known = structuredClone(invoice);
  if (part.how !== 'xml') {
    knowName(known, memory);
    knowNumber(known, memory);
    doubtCorrected(known, memory);
  }
  const findings = [...part.findings, ...knowAccount(known, memory)];
  const uncertain = isUncertain(known) || findings.some((finding) => finding.blocking);
  return { ...part, invoice: known, findings, uncertain };
}

function raise(invoice: Invoice, field: string, confidence: number): void {
  const reading: Reading = invoice.fields[field] ?? { confidence };
  invoice.fields[field] = { ...reading, confidence: Math.max(reading.confidence, rounded(confidence)) };
}

function doubt(invoice: Invoice, field: string): void {
  const reading = invoice.fields[field];
  if (reading) reading.confidence = rounded(reading.confidence * DOUBTED);
}

const rounded = (confidence: number): number => Math.round(confidence * 100) / 100;

/** The seller's name as approved documents spell it, where this one was read nearly so or not at all. */
function knowName(invoice: Invoice, { names }: SupplierMemory): void {
  const { name, vatId } = invoice.seller;
  const best = names.find((one) => one.value === name) ?? names.find((one) => near(one.value, name ?? '')) ?? names[0];
  if (!best || vatId === undefined) return;
  if (name === undefined) {
    invoice.seller.name = best.value;
    raise(invoice, 'seller.name', BY_ID);
  } else if (near(best.value, name)) {
    invoice.seller.name = best.value;
    raise(invoice, 'seller.name', KNOWN);
  }
}

function near(known: string, read: string): boolean {
  const [a, b] = [bare(known), bare(read)];
  return a === b || distance(a, b) <= NEAR_NAME * a.length;
}

/** Signs to insert, remove or replace (Levenshtein). */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (const [i, sign] of Array.from(a).entries()) {
    const next = [i + 1];
    for (const [j, other] of Array.from(b).entries()) {
      const replaced = (row[j] ?? 0) + Number(sign !== other);
      next.push(Math.min(replaced, (row[j + 1] ?? 0) + 1, (next[j] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}

/** How a number is made: figures of any count are one sign, letters stay. "FV/17/05/2026" is "FV/0/0/0". */
const formOf = (number: string): string => number.toUpperCase().replace(/\d+/g, '0');

/** Of several numbers on the paper the one that is made as the supplier makes them. */
function knowNumber(invoice: Invoice, { numbers }: SupplierMemory): void {
  const { number } = invoice;
  const reading = invoice.fields['number'];
  if (number === undefined || !reading) return;
  const forms = new Set(numbers.map(formOf));
  if (forms.has(formOf(number)))
    return raise(invoice, 'number', Math.min(KNOWN_FORM.most, reading.confidence + KNOWN_FORM.adds));
  if (numbers.length < LEAST_NUMBERS || forms.size > 1) return;
  const meant = reading.alternatives?.find((one) => forms.has(formOf(one)));
  if (meant === undefined) return doubt(invoice, 'number');
  invoice.number = meant;
  const alternatives = [number, ...(reading.alternatives ?? []).filter((one) => one !== meant)];
  invoice.fields['number'] = { ...reading, confidence: KNOWN_FORM.instead, alternatives };
}

/** Fields that people had to correct on most documents of the supplier are for them to look at. */
function doubtCorrected(invoice: Invoice, { corrected, documents }: SupplierMemory): void {
  for (const { field, times } of corrected)
    if (times >= OFTEN.times && times >= OFTEN.share * documents) doubt(invoice, field);
}

function knowAccount(invoice: Invoice, { accounts }: SupplierMemory) {
  const findings = accountFindings(invoice, { accounts });
  const { iban } = invoice.payment;
  if (iban !== undefined && accounts.some(({ value }) => value === iban)) raise(invoice, 'payment.iban', KNOWN);
  return findings;
}

/** What is known of a supplier beside this invoice: that nothing is, or that it was paid to other accounts. */
export function supplierFindings(invoice: Invoice, memory: SupplierMemory) {
  const { vatId } = invoice.seller;
  const first =
    memory.documents === 0 && vatId !== undefined ? [note('supplier.first-invoice', 'seller.name', { vatId })] : [];
  return [...first, ...accountFindings(invoice, memory)];
}

/** Another account than those that the supplier was paid to before. Nothing where none is known yet. */
function accountFindings({ payment: { iban } }: Invoice, { accounts }: Pick<SupplierMemory, 'accounts'>) {
  if (iban === undefined || accounts.length === 0 || accounts.some(({ value }) => value === iban)) return [];
  const values = { iban, known: accounts.map(({ value }) => value).join(', ') };
  return [blocking('supplier.account-changed', 'payment.iban', values)];
}
