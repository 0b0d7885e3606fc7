import type { Fields } from './charset.ts';
import { calculationDigest, computeLine, computeTotals, LINE_ROWS } from './calculation.ts';
import {
  ACCOUNTS,
  COST_CENTRES,
  CURRENCIES,
  EXCHANGE_RATES,
  VAT_RATES,
  type Currency,
  type Posting,
  type PostingLine,
  type Supplier,
  type VatRate,
} from './model.ts';
import { fieldAmount, parseAmount, parseDate, showDate } from './polish.ts';

/** Values of the entry form by field name, as the page shows them. README.md says what each name means. */
export type Entry = Record<string, string>;

/** Rounding differences between a supplier's VAT and ours stay under this; more is a mistake (PLN or currency). */
const MAX_CORRECTION = 1;

/** An empty form; the booking date is today, the supplier's dates are not guessed. */
export function emptyEntry(today: string): Entry {
  return { F_035: 'PLN', F_037: showDate(today), F_056: '' };
}

/** Takes over what the browser sent; names that the form does not have are carried along and ignored. */
export const entryOf = (fields: Fields): Entry => Object.fromEntries(fields);

/** The currency select sends the form: the program proposes its own rate, and the amounts have to be recalculated. */
export function changeCurrency(entry: Entry): Entry {
  const currency = currencyOf(entry);
  const rate = currency === 'PLN' ? '' : fieldAmount(EXCHANGE_RATES[currency]);
  return { ...entry, F_036: rate, H_099: '' };
}

/** *Przelicz*: VAT and gross of each row, totals, and the digest without which nothing is posted. */
export function recalculate(entry: Entry): { entry: Entry; errors: string[] } {
  const { lines, errors } = readLines(entry);
  const correction = readCorrection(entry);
  if (correction === undefined) errors.push('Nieprawidłowa korekta VAT');
  if (errors.length > 0) return { entry: { ...entry, H_099: '' }, errors };
  const next: Entry = { ...entry };
  for (let row = 1; row <= LINE_ROWS; row++) {
    const line = lines.get(row);
    next[`F_053_${row}`] = line ? fieldAmount(line.vat) : '';
    next[`F_054_${row}`] = line ? fieldAmount(line.gross) : '';
  }
  const totals = computeTotals([...lines.values()], correction);
  next['F_061'] = fieldAmount(totals.net);
  next['F_062'] = fieldAmount(totals.vat);
  next['F_063'] = fieldAmount(totals.gross);
  next['H_099'] = digestOf(next);
  return { entry: next, errors };
}

export type Checked = { posting: Omit<Posting, 'record' | 'postedAt' | 'postedBy'> } | { errors: string[] };

/** *Księguj*: everything the program asks of a document. Whether it is there already, it does not ask. */
export function checkEntry(entry: Entry, suppliers: readonly Supplier[]): Checked {
  const { lines, errors } = readLines(entry);
  const supplier = suppliers.find((one) => one.id === entry['H_011']);
  if (!supplier) errors.push('Nie wybrano kontrahenta');
  if (!text(entry, 'F_031')) errors.push('Brak numeru dokumentu obcego');
  for (const [name, label] of DATES) if (!parseDate(text(entry, name))) errors.push(`Nieprawidłowa data: ${label}`);
  if (!ACCOUNTS.some(([code]) => code === entry['F_055'])) errors.push('Nie wybrano konta');
  if (text(entry, 'F_056') && !COST_CENTRES.some(([code]) => code === entry['F_056'])) errors.push('Nieznany MPK');
  if (lines.size === 0) errors.push('Brak kwot w tabeli VAT');
  const exchangeRate = currencyOf(entry) === 'PLN' ? '1.0000' : parseAmount(text(entry, 'F_036'), 4);
  if (!exchangeRate) errors.push('Nieprawidłowy kurs waluty');
  if (entry['H_099'] !== digestOf(entry)) errors.push('Dokument nie został przeliczony. Proszę użyć PRZELICZ');
  if (errors.length > 0 || !supplier || !exchangeRate) return { errors };
  return { posting: toPosting(entry, supplier, [...lines.values()], exchangeRate) };
}

const DATES = [
  ['F_032', 'data wystawienia'],
  ['F_033', 'data sprzedaży'],
  ['F_034', 'termin płatności'],
  ['F_037', 'data księgowania'],
] as const;

function toPosting(entry: Entry, supplier: Supplier, lines: PostingLine[], exchangeRate: string) {
  const date = (name: string) => parseDate(text(entry, name)) ?? '';
  return {
    supplierId: supplier.id,
    supplierName: supplier.name,
    supplierVatId: supplier.vatId,
    number: text(entry, 'F_031'),
    issueDate: date('F_032'),
    saleDate: date('F_033'),
    dueDate: date('F_034'),
    bookingDate: date('F_037'),
    currency: currencyOf(entry),
    exchangeRate,
    lines,
    ...computeTotals(lines, readCorrection(entry)),
    account: text(entry, 'F_055'),
    costCentre: text(entry, 'F_056'),
    iban: text(entry, 'F_071'),
    splitPayment: entry['F_072'] === 'T',
    description: text(entry, 'F_081'),
    ksefNumber: text(entry, 'F_082'),
  };
}

function readLines(entry: Entry): { lines: Map<number, PostingLine>; errors: string[] } {
  const lines = new Map<number, PostingLine>();
  const errors: string[] = [];
  for (let row = 1; row <= LINE_ROWS; row++) {
    const typed = text(entry, `F_051_${row}`);
    if (typed === '') continue;
    const net = parseAmount(typed);
    const rate = VAT_RATES.find((one): one is VatRate => one === entry[`F_052_${row}`]);
    if (net === undefined) errors.push(`Nieprawidłowa kwota netto w wierszu ${row}`);
    else if (rate === undefined) errors.push(`Brak stawki VAT w wierszu ${row}`);
    else lines.set(row, computeLine(net, rate));
  }
  return { lines, errors };
}

function readCorrection(entry: Entry): string | undefined {
  const typed = text(entry, 'F_057');
  const value = typed === '' ? '0.00' : parseAmount(typed);
  return value !== undefined && Math.abs(Number(value)) <= MAX_CORRECTION ? value : undefined;
}

/** Digest over all that the amounts depend on. */
function digestOf(entry: Entry): string {
  const rows = Array.from({ length: LINE_ROWS }, (_, index) => index + 1);
  const cells = rows.flatMap((row) => [text(entry, `F_051_${row}`), text(entry, `F_052_${row}`)]);
  return calculationDigest([...cells, text(entry, 'F_057'), text(entry, 'F_035'), text(entry, 'F_036')]);
}

const text = (entry: Entry, name: string): string => (entry[name] ?? '').trim();

function currencyOf(entry: Entry): Currency {
  return CURRENCIES.find((one) => one === entry['F_035']) ?? 'PLN';
}
