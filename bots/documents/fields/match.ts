import type { Line } from '../page/layout.ts';
import { cellOf, type Cell } from '../page/layout.ts';
import type { Word } from '../page/words.ts';
import { datesIn } from './dates.ts';
import { fold } from './fold.ts';
import { LABEL_SETS, type LabelField } from './labels.ts';

/** A label found on a page. `from` and `to` are indexes of its words in the line, `to` exclusive. */
export type Label = {
  field: LabelField;
  strong: boolean;
  line: Line;
  from: number;
  to: number;
  cell: Cell;
  tail: string;
};

type Pattern = { field: LabelField; strong: boolean; regex: RegExp };

/** The "ł" of words that every Polish invoice has, which recognisers take for other narrow letters. */
const POLISH_L = /(zap|p)l(?=at|ac)/g;

const PATTERNS: readonly Pattern[] = LABEL_SETS.flatMap(([field, set]) => {
  const make = (source: string, strong: boolean): Pattern => ({
    field,
    strong,
    regex: new RegExp(
      `(?<![a-z0-9]|[a-z0-9]-)(?:${source.replaceAll(POLISH_L, '$1[lti1]')})${strong || source === '#' ? '(?![a-z])' : '(?![a-z0-9])'}`,
      'g',
    ),
  });
  return [...set.strong.map((one) => make(one, true)), ...(set.weak ?? []).map((one) => make(one, false))];
});

/**
 * A line's words with their text folded into one string, and for each character the index of its word. Cells are parted
 * by a tab, so that no label is read across two columns ("Fecha de | Vencimiento").
 */
export function foldLine(line: Line): { text: string; words: Word[]; wordAt: number[] } {
  const words = line.cells.flatMap((cell) => cell.words);
  const wordAt: number[] = [];
  let text = '';
  const starts = new Set(line.cells.map((cell) => cell.words[0]));
  for (const [index, word] of words.entries()) {
    const blank = index === 0 ? '' : starts.has(word) ? '\t' : ' ';
    const piece = fold(blank + word.text);
    for (let i = 0; i < piece.length; i += 1) wordAt.push(index);
    text += piece;
  }
  return { text, words, wordAt };
}

/** Every label of a line, longest first where they overlap: "Due date" is never also "Date". */
export function labelsOf(line: Line): Label[] {
  const { text, words, wordAt } = foldLine(line);
  const hits = PATTERNS.flatMap(({ field, strong, regex }) =>
    [...text.matchAll(regex)].map((match) => ({
      field,
      strong,
      start: match.index,
      end: match.index + match[0].length,
    })),
  );
  hits.sort((a, b) => b.end - b.start - (a.end - a.start) || Number(b.strong) - Number(a.strong));
  const kept: typeof hits = [];
  for (const hit of hits) {
    if (!kept.some((other) => hit.start < other.end && other.start < hit.end)) kept.push(hit);
  }
  kept.sort((a, b) => a.start - b.start);
  const told = kept.filter((hit) => hit.strong || standsOut(hit, line, text, wordAt));
  return told.map(({ field, strong, start, end }) => {
    const from = wordAt[start + (text[start] === ' ' ? 1 : 0)] ?? 0;
    const last = wordAt[end - 1] ?? from;
    const lastWord = words[last];
    // What stands in the label's last word after the label itself: "NIP:5260001246" in one word.
    const inWord = wordAt.lastIndexOf(last) + 1 - end;
    const tail = lastWord && inWord > 0 ? lastWord.text.slice(-inWord).replace(/^[\s:.#=-]+/, '') : '';
    return {
      field,
      strong,
      line,
      from,
      to: last + 1,
      cell: cellOf(words.slice(from, last + 1), line.page, line.index),
      tail,
    };
  });
}

/**
 * A word such as "to" or "date" is a label where it starts a cell of its own or is followed by a colon or a date; in
 * running text it is just a word.
 */
function standsOut(
  hit: { field: LabelField; start: number; end: number },
  line: Line,
  text: string,
  wordAt: number[],
): boolean {
  const rest = text.slice(hit.end);
  if (hit.field === 'number' && !isOwn(text.slice(0, hit.start))) return false;
  if (/^\s?[:#]/.test(rest)) return true;
  const index = wordAt[hit.start + (text[hit.start] === ' ' ? 1 : 0)] ?? 0;
  const word = line.cells.flatMap((cell) => cell.words)[index];
  const cell = line.cells.find((one) => word !== undefined && one.words.includes(word));
  if (!cell || !PAIRED.has(hit.field)) return true;
  if (hit.field === 'issueDate') {
    if (/^\s\d{1,4}[-./\s]/.test(rest)) return cell.words.length <= LONGEST_DATED_CELL && !isOfSomething(cell, word);
    // "Data wykonania", "Fecha de", cut off by the end of the row, name some other date.
    const behind = fold(
      cell.words
        .slice(cell.words.findIndex((one) => one === word) + 1)
        .map((one) => one.text)
        .join(' '),
    );
    if (behind !== '' && datesIn(behind)[0]?.index !== 0) return false;
  }
  const startsCell = cell.words[0] === word;
  const afterSlash = /[/|]\s?$/.test(text.slice(0, hit.start));
  const short = cell.words.length <= LONGEST_LABELLED_CELL;
  return (startsCell || afterSlash) && short;
}

/** "Corrected invoice: 12" is another invoice; "Sales invoice: 12" is this one. Folded text of the row before the word. */
function isOwn(before: string): boolean {
  const words =
    before
      .split('\t')
      .at(-1)
      ?.match(/[a-z]+/g) ?? [];
  return words.every((word) => KINDS_OF_INVOICE.has(word)) || /[/|:] ?$/.test(before);
}

const KINDS_OF_INVOICE: ReadonlySet<string> = new Set(
  'vat tax commercial sales final export proforma customer our this the faktura invoice rechnung facture factuur fattura factura fatura koncowa zaliczkowa no nr numero numer number document de la di da der das'.split(
    ' ',
  ),
);

/** "General terms of 1 January 2020": words before the date that name no paper and no number say what the date is of. */
function isOfSomething(cell: { words: Word[] }, word: Word | undefined): boolean {
  const before = cell.words
    .slice(
      0,
      cell.words.findIndex((one) => one === word),
    )
    .map((one) => fold(one.text));
  return before.length > 0 && !before.some((text) => /\d/.test(text)) && !NAMES_PAPER.test(before.join(' '));
}

/** "Rechnung vom 3. März", "Faktura z dnia 3 marca", "Warszawa, dnia 3 marca". */
const NAMES_PAPER = /faktur|invoice|rechnung|gutschrift|factu|fattura|fatura|rachun|receipt|credit|,$|^\S+,?$/;

/** Fields whose weak names are everyday words. */
const PAIRED: ReadonlySet<LabelField> = new Set([
  'seller',
  'buyer',
  'issueDate',
  'dueDate',
  'number',
  'net',
  'vat',
  'gross',
]);
/** "Invoice No 12/2026 dated 3 March 2026, page 1" at most; a longer cell with a date is a sentence about something else. */
const LONGEST_DATED_CELL = 10;
/** A cell of more words than this is a sentence. */
const LONGEST_LABELLED_CELL = 7;
