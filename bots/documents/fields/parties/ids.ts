import { countrySpecs, isValidIBAN } from 'ibantools';
import type { Cell } from '../../page/layout.ts';
import { cellOf } from '../../page/layout.ts';
import { validVatId } from '../../checks/vat-id.ts';
import { weigh, type Candidate } from '../candidate.ts';
import type { Paper, PaperLine } from '../paper.ts';

export type IdHit = Candidate & {
  valid: boolean;
  line: PaperLine;
  /** Named beside it: "Customer VAT ID". */ role?: 'seller' | 'buyer';
};

/** Confidence of an id read from a text layer though its check digits are wrong: it is what the paper says. */
const EXACT_INVALID = 0.92;
/** The same from OCR: a digit was misread, unless both passes read it the same. */
const OCR_INVALID = 0.62;
const VALID = 0.97;

const IBAN_START = /^[^A-Z0-9]*([A-Z]{2}(?:\d{2}|[\dOQDILSBZ]{2}(?=[\dA-Z]*\d{2}|$)))/;
const NRB = /^\d{26}$/;

/** Bank accounts: IBANs of any country, and Polish accounts of 26 digits without country letters (NRB). */
export function ibans(paper: Paper): IdHit[] {
  return paper.lines.flatMap((line) => line.words.flatMap((_, from) => ibanAt(line, from, paper) ?? []));
}

function ibanAt(line: PaperLine, from: number, paper: Paper): IdHit | undefined {
  const first = line.words[from];
  if (!first) return undefined;
  const before = line.words[from - 1];
  if (before && /\d$/.test(before.text) && before.x + before.width + first.height / 2 > first.x) return undefined;
  const start = first.text.replace(/^(?:IBAN)?[^A-Za-z0-9]*/i, '').toUpperCase();
  const length = lengthOf(start, line, from);
  if (!length) return undefined;
  const { text, to, rest } = gathered(start, line, from, length, paper);
  if (text.length !== length) return undefined;
  const printed = NRB.test(text) ? `PL${text}` : text;
  const value = paper.exact ? printed : mended(printed);
  if (!/^[A-Z]{2}\d{2}[A-Z0-9]+$/.test(value) || (value.match(/\d/g)?.length ?? 0) < 12) return undefined;
  const cell = cellOf(line.words.slice(from, to), line.page, line.index);
  const valid = isValidIBAN(value);
  // What goes on in the next row is an account only where its check digits say so.
  if (!valid && rest > 0) return undefined;
  const grouped = /^\D*\d{2}(?: \d{4}){6}\b/.test(groupsOf(line.words.slice(from, to)));
  if (!valid && NRB.test(text) && !grouped && !hasAccountLabel(line)) return undefined;
  // "NL123456789B01 1234": an id and a postcode are no account of that country.
  if (!valid && !isShapedLikeAccount(value) && (paper.exact || !hasAccountLabel(line))) return undefined;
  const repaired = value !== printed;
  const score = repaired ? MENDED : scoreOf(valid, cell, paper);
  return { value, valid, line, cell, score, ...(repaired && { repaired }) };
}

/** The signs of an account from a word on, and from the start of the next row where the line ends before it (`rest` words). */
function gathered(
  start: string,
  line: PaperLine,
  from: number,
  length: number,
  paper: Paper,
): { text: string; to: number; rest: number } {
  const next = paper.lines[line.at + 1];
  const words = [...line.words, ...(next?.page === line.page ? next.words : [])];
  let text = '';
  let to = from;
  for (; to < words.length && text.length < length; to += 1) {
    const piece = (to === from ? start : (words[to]?.text ?? '')).toUpperCase().replace(/[^A-Z0-9]/g, '');
    // Specks between groups of a scan.
    if (piece === '' && to > from) continue;
    text += piece;
  }
  return { text, to: Math.min(to, line.words.length), rest: Math.max(0, to - line.words.length) };
}

const hasAccountLabel = (line: PaperLine): boolean => line.labels.some((label) => label.field === 'iban');

/** True where letters and digits stand as accounts of the country have them (ISO 13616 registry). */
function isShapedLikeAccount(value: string): boolean {
  const shape = countrySpecs[value.slice(0, 2)]?.bban_regexp;
  return shape !== undefined && shape !== null && new RegExp(shape).test(value.slice(4));
}

/** Letters that a recogniser sees in digits. */
const DIGITS: Readonly<Record<string, string>> = { O: '0', Q: '0', D: '0', I: '1', L: '1', S: '5', B: '8', Z: '2' };
/** Countries whose accounts have letters (ISO 13616 registry): there a letter may be one. */
const LETTERED = /^(?:GB|IE|NL|FR|MC|IT|SM|MT|BG|RO|LV|GI|GE|CH|LI|LU|CY|GR|KZ|PS|TR|UA|AZ|BH|KW|QA|SA)/;

/** An account with its digits for the letters that were seen in their place, where its check digits are right then. */
function mended(printed: string): string {
  if (isValidIBAN(printed)) return printed;
  const digits = (text: string) => text.replace(/[A-Z]/g, (letter) => DIGITS[letter] ?? letter);
  const country = printed.slice(0, 2);
  const tries = [country + digits(printed.slice(2, 4)) + printed.slice(4), country + digits(printed.slice(2))];
  return tries.slice(0, LETTERED.test(printed) ? 1 : 2).find((one) => isValidIBAN(one)) ?? printed;
}

/** Check digits hold after a letter was read as a digit: one mistake in 97 would pass. */
const MENDED = 0.9;

const groupsOf = (words: readonly { text: string }[]): string =>
  words
    .map((word) => word.text)
    .filter((text) => /[A-Za-z0-9]/.test(text))
    .join(' ');

/** Length of the account that starts at a word; undefined where none can. */
function lengthOf(start: string, line: PaperLine, from: number): number | undefined {
  const country = IBAN_START.exec(start)?.[1]?.slice(0, 2);
  if (country) return countrySpecs[country]?.chars;
  if (/^[A-Z]{2}$/.test(start) && /^\d{2}/.test(line.words[from + 1]?.text ?? '')) return countrySpecs[start]?.chars;
  const digits = line.words.slice(from).map((word) => word.text.replace(/[^\dA-Za-z]/g, ''));
  return /^\d{2}(?:\d{4})*\d*$/.test(start) && /^\d{26}/.test(digits.join('')) ? 26 : undefined;
}

function scoreOf(valid: boolean, cell: Cell, paper: Paper): number {
  if (valid) return VALID;
  return paper.exact ? EXACT_INVALID : weigh(OCR_INVALID, cell);
}

const EU_ID =
  /^(?:AT ?U|BE ?[01]|BG|CHE|CY|CZ|DE|DK|EE|EL|ES|FI|FR|GB|HR|HU|IE|IT|LT|LU|LV|MT|NL|PL|PT|RO|SE|SI|SK|XI)[A-Z0-9]*\d[A-Z0-9]*$/;
const ID_LENGTH = { min: 7, max: 15 };

/** VAT ids: beside a label of theirs, or by form with valid check digits. */
export function vatIds(paper: Paper): IdHit[] {
  const hits: IdHit[] = [];
  for (const line of paper.lines) {
    for (const label of line.labels.filter((one) => one.field === 'vatId')) {
      const next = line.labels.find((other) => other.from >= label.to && other.field !== 'vatId');
      const words = line.words.slice(label.to, next?.from);
      const last = line.words[label.to - 1];
      if (label.tail && last) words.unshift({ ...last, text: label.tail });
      const hit = idIn(words, line, paper, true);
      const owner = line.labels.find(
        (one) => one.to === label.from && (one.field === 'seller' || one.field === 'buyer'),
      );
      if (hit)
        hits.push({ ...hit, role: owner?.field === 'seller' || owner?.field === 'buyer' ? owner.field : undefined });
    }
    for (let from = 0; from < line.words.length; from += 1) {
      const hit = idIn(line.words.slice(from, from + 5), line, paper, false);
      if (hit && !hits.some((one) => one.line === line && one.value === hit.value)) hits.push(hit);
    }
  }
  return hits;
}

/** The id at the start of some words; joins groups ("630-950-53-41", "DE 123 456 789") while they can belong to it. */
function idIn(
  words: readonly PaperLine['words'][number][],
  line: PaperLine,
  paper: Paper,
  labelledId: boolean,
): IdHit | undefined {
  let text = '';
  let best: { value: string; count: number; valid: boolean } | undefined;
  let count = 0;
  for (const word of words) {
    count += 1;
    const piece = word.text.toUpperCase().replace(/[^A-Z0-9]/g, '');
    if (piece === '' && text === '') continue;
    if (piece === '' || (text !== '' && !/\d/.test(piece)) || text.length + piece.length > ID_LENGTH.max) break;
    text += piece;
    if (text.length < ID_LENGTH.min || !/\d{2}/.test(text)) continue;
    const valid = validVatId(text);
    const looksRight = valid || (labelledId && (count === 1 || EU_ID.test(text)));
    if (looksRight && (!best || (valid && !best.valid) || valid === best.valid)) best = { value: text, count, valid };
    if (valid) break;
  }
  if (!best || (!labelledId && !(best.valid && EU_ID.test(best.value)))) return undefined;
  const cell = cellOf(words.slice(0, best.count), line.page, line.index);
  return { value: best.value, valid: best.valid, line, cell, score: scoreOf(best.valid, cell, paper) };
}
