import { cellOf, type Cell } from '../../page/layout.ts';
import type { Block, Role } from '../block.ts';
import { weigh, SCORE, scoreOf, type Candidate } from '../candidate.ts';
import { fold } from '../fold.ts';
import type { Label } from '../match.ts';
import { isName, nameOf } from './name-form.ts';
import { labelled, rightOf, type Paper, type PaperLine } from '../paper.ts';

/** A block ends at a gap of this many line heights. */
const BLOCK_GAP = 3.2;
const BLOCK_ROWS = 12;

type Head = { label: Label; line: PaperLine };

/** The blocks under the labels "Seller" and "Buyer", with their rows of text. */
export function blocksOf(paper: Paper): Block[] {
  const found = labelled(paper, 'seller', 'buyer').filter(({ label, line }) => standsAsHead(label, line));
  const heads = found.filter((head) => !found.some((other) => isTwin(head, other)));
  return heads.map((head) => blockOf(head, heads, paper));
}

/** "Wystawca / Sprzedawca": two words for one party over one block, which starts where the first of them does. */
function isTwin({ label, line }: Head, other: Head): boolean {
  if (other.line !== line || other.label.field !== label.field || other.label === label) return false;
  const between = line.words.slice(other.label.to, label.from).map((word) => word.text);
  const isBehind =
    other.label.from < label.from ||
    (other.label.from === label.from && line.labels.indexOf(other.label) < line.labels.indexOf(label));
  return isBehind && between.every((text) => /^[/|,&i+-]*$/.test(text));
}

function blockOf({ label, line }: Head, heads: readonly Head[], paper: Paper): Block {
  const height = label.cell.height;
  const beside = heads.filter(
    (other) => other.line.page === line.page && Math.abs(other.line.y - line.y) < height * 1.5,
  );
  const nextX = beside.map((other) => headX(other.label, other.line)).filter((x) => x > label.cell.x + height * 2);
  const page = paper.pages.find((one) => one.number === line.page);
  const left = headX(label, line) - height * 1.5;
  const right = nextX.length > 0 ? Math.min(...nextX) - height / 2 : (page?.width ?? Infinity);
  const rows: Cell[] = [];
  const inline = rightOf(label, line);
  const twins = line.labels.some(
    (one) => one !== label && one.field === label.field && isTwin({ label: one, line }, { label, line }),
  );
  if (inline && !twins && inline.cell.x < right && inline.distance < INLINE_DISTANCE)
    rows.push(within(inline.cell, right));
  let bottom = line.y + line.height;
  for (const below of paper.lines.slice(line.at + 1)) {
    if (below.page !== line.page || rows.length >= BLOCK_ROWS || below.y - bottom > BLOCK_GAP * height) break;
    if (heads.some((other) => other.line === below && other.label.cell.x >= left && other.label.cell.x < right)) break;
    const row = rowOf(below, left, right);
    if (!row) continue;
    rows.push(row);
    bottom = below.y + below.height;
  }
  return {
    role: label.field === 'seller' ? 'seller' : 'buyer',
    page: line.page,
    left,
    right,
    top: line.y,
    bottom,
    strong: label.strong,
    colon: /[:;]$/.test(label.cell.text),
    rows,
  };
}

/** Where a head starts: "Datos del cliente" stands over its column as a whole. */
function headX(label: Label, line: PaperLine): number {
  const cell = line.cells.find((one) => one.words.some((word) => label.cell.words.includes(word)));
  return cell && DATA_OF.test(wordsBefore(label, cell)) ? cell.x : label.cell.x;
}

/** Folded words of a cell before a label in it. */
function wordsBefore(label: Label, cell: Cell): string {
  const at = cell.words.findIndex((word) => label.cell.words.includes(word));
  return fold(
    cell.words
      .slice(0, at)
      .map((word) => word.text)
      .join(' '),
  );
}

/** A value on the label's own line starts within this many line heights. */
const INLINE_DISTANCE = 25;

/** The first cell of a column on a line; a cell that only names its value ("Name:") together with the next one. */
function rowOf(line: PaperLine, left: number, right: number): Cell | undefined {
  const cells = line.cells.filter((one) => one.x >= left && one.x < right && /[A-Za-zÀ-ž0-9]/.test(one.text));
  const [first, second] = cells;
  if (!first) return undefined;
  const joined =
    second && /[:;]$/.test(first.text) ? cellOf([...first.words, ...second.words], line.page, line.index) : first;
  return within(joined, right);
}

function within(cell: Cell, right: number): Cell {
  const words = cell.words.filter((word) => word.x < right);
  return words.length > 0 ? cellOf(words, cell.page, cell.line) : cell;
}

/** What may follow a party's label before it stops being one: "Customer name:" is a head, "Customer VAT ID:" is not. */
const HEAD_TAIL =
  /^[\s/(]*(?:name|nazwa|address|adres|adresse|anschrift|details|data|dane|information|info|(?:firma|company)(?=\s*:))?\s*\)?\s*(?:[:;].*)?$/;

/** "Datos del cliente", "dane nabywcy", "informations client": words that may stand before a party's label. */
const DATA_OF =
  /^(?:datos|dados|dati|dane|data|daten|donnees|informations?|coordonnees|gegevens|details)(?: (?:de|del|do|da|des|du|of|van|der|the|le|la))*$/;

function standsAsHead(label: Label, line: PaperLine): boolean {
  const cell = line.cells.find((one) => one.words.some((word) => label.cell.words.includes(word)));
  if (!cell) return false;
  const at = cell.words.findIndex((word) => label.cell.words.includes(word));
  if (
    at > 0 &&
    !DATA_OF.test(wordsBefore(label, cell)) &&
    !/[/|]$/.test(cell.words[at - 1]?.text ?? '') &&
    !line.labels.some((other) => other !== label && other.to === label.from)
  )
    return false;
  const rest = fold(
    cell.words
      .slice(at + label.cell.words.length)
      .map((word) => word.text)
      .join(' '),
  );
  const colon = /[:;]$/.test(label.cell.words.at(-1)?.text ?? '') || label.tail !== '';
  const other = line.labels.find(
    (one) =>
      one.from >= label.to && one.field !== label.field && cell.words.some((word) => word === line.words[one.from]),
  );
  const twin = /^\/ ?(?:seller|buyer|vendor|supplier|customer|client)\b/.test(rest);
  if (other && (other.field === 'vatId' || other.field === 'other') && other.from === label.to) return false;
  // "Customer: 2" is a customer's number.
  if (/^\W*\d+\W*$/.test(label.tail || rest)) return false;
  const second = line.labels.find((one) => one.field === label.field && isTwin({ label: one, line }, { label, line }));
  return colon || twin || second !== undefined || HEAD_TAIL.test(rest);
}

/** "Customer name: Nova Ltd" says more than a row under "Bill to". */
const KEYED = 0.97;

const ROLE_KEYS =
  /^(?:nazwa|name|firma|company(?: name)?|nom|naam|nome|nombre|razon social|denominazione|imie i nazwisko)(?: i adres)?\s*[:;]\s*/;

/** The first row that can be a name; "Ribeiro &" goes on in the row below it. */
function wholeName(rows: readonly Cell[]): Cell | undefined {
  const at = rows.findIndex((row) => isName(row) || GOES_ON.test(row.text));
  const [row, next] = [rows[at], rows[at + 1]];
  if (!row || !GOES_ON.test(row.text)) return row;
  return next && { ...cellOf([...row.words, ...next.words], row.page, row.line), text: `${row.text} ${next.text}` };
}

const GOES_ON = /\p{L}{2}.* (?:&|und|and|et|i|y|e)$/u;

/** Names of a party from the blocks of its role. */
export function blockNames(blocks: readonly Block[], role: Role): Candidate[] {
  return blocks
    .filter((block) => block.role === role)
    .flatMap((block) => {
      const keyed = block.rows.find(
        (row) => fold(row.text).replace(ROLE_KEYS, '').length > 2 && ROLE_KEYS.test(fold(row.text)),
      );
      const row = keyed ?? wholeName(block.rows);
      if (!row) return [];
      const value = nameOf(keyed ? keyed.text.slice(ROLE_KEYS.exec(fold(keyed.text))?.[0].length ?? 0) : row.text);
      // "From" beside "To" is no everyday word any more.
      const paired = blocks.some((other) => other.role !== role && other.page === block.page);
      const weak = block.colon || paired ? SCORE.weakHead : SCORE.weakBelow;
      const labelledScore = block.strong ? scoreOf(true, 'below') : weak;
      const score = keyed && block.strong ? KEYED : labelledScore;
      return value ? [{ value, score: weigh(score, row), cell: row }] : [];
    });
}
