import type { Cell } from '../page/layout.ts';
import { fold } from './fold.ts';
import { scoreOf, SCORE, type Candidate } from './candidate.ts';
import { labelled, rightOf, confidenceOf, type Paper, type PaperLine } from './paper.ts';
import type { Label } from './match.ts';

export type Role = 'seller' | 'buyer';
/** The part of a page that one party's label heads: a column from the label down. */
export type Block = {
  role: Role;
  page: number;
  left: number;
  right: number;
  top: number;
  bottom: number;
  strong: boolean;
  rows: Cell[];
};

/** A block ends at a gap of this many line heights. */
const BLOCK_GAP = 3.2;
const BLOCK_ROWS = 12;
/** Words that a company name carries in its legal form. */
const LEGAL_FORM =
  /\b(?:sp\.? ?z ?o\.? ?o|s\. ?a\.|sp\.? ?[jkp]\.|s\.? ?c\.|spolka|gmbh|ag|kg|ohg|gbr|e\.? ?k\.|ug|ltd|limited|llc|llp|inc|plc|corp|corporation|company|sarl|sas|sasu|eurl|s\.? ?l\.|s\.? ?r\.? ?l\.?|s\.? ?p\.? ?a\.|b\. ?v\.|bv|n\. ?v\.|nv|lda|sdn\.? ?bhd|enterprise|trading|holding|group|p\.?h\.?u\.|p\.?p\.?h\.?u\.|f\.?h\.?u\.)(?![a-z])/;
const NOT_A_NAME =
  /^(?:nip|regon|tel|telefon|fax|e-?mail|www|http|ul\.|os\.|al\.|str\.|page|seite|strona|oryginal|kopia|original|copy|faktura|invoice|tax invoice|rechnung|facture|factura|fattura|receipt|duplikat|nr|no|name|nazwa|adres|address|\d+[ /-]*$)/;
const ROLE_KEYS =
  /^(?:nazwa|name|firma|company(?: name)?|nom|naam|nome|nombre|razon social|denominazione|imie i nazwisko)(?: i adres)? ?:? ?/;

/** The blocks under the labels "Seller" and "Buyer", with their rows of text. */
export function blocksOf(paper: Paper): Block[] {
  const heads = labelled(paper, 'seller', 'buyer').filter(({ label, line }) => standsAsHead(label, line));
  return heads.map(({ label, line }) => {
    const role: Role = label.field === 'seller' ? 'seller' : 'buyer';
    const height = label.cell.height;
    const neighbours = heads.filter(
      (other) => other.line.page === line.page && Math.abs(other.line.y - line.y) < height * 1.5,
    );
    const nextX = neighbours.map((other) => other.label.cell.x).filter((x) => x > label.cell.x + height);
    const page = paper.pages.find((one) => one.number === line.page);
    const left = label.cell.x - height * 1.5;
    const right = nextX.length > 0 ? Math.min(...nextX) - height / 2 : (page?.width ?? Infinity);
    const rows: Cell[] = [];
    const inline = rightOf(label, line);
    if (inline && inline.cell.x < right) rows.push(cellWithin(inline.cell, right));
    let bottom = line.y + line.height;
    for (const below of paper.lines.slice(line.at + 1)) {
      if (below.page !== line.page || rows.length >= BLOCK_ROWS) break;
      if (below.y - bottom > BLOCK_GAP * height) break;
      const stop = below.labels.some(
        (one) =>
          (one.field === 'seller' || one.field === 'buyer') &&
          one.strong &&
          one.cell.x >= left &&
          one.cell.x < right &&
          standsAsHead(one, below),
      );
      if (stop) break;
      const cell = below.cells.find((one) => one.x >= left && one.x < right);
      if (!cell) continue;
      rows.push(cell);
      bottom = below.y + below.height;
    }
    return { role, page: line.page, left, right, top: line.y, bottom, strong: label.strong, rows };
  });
}

function cellWithin(cell: Cell, right: number): Cell {
  const words = cell.words.filter((word) => word.x < right);
  return { ...cell, words, text: words.map((word) => word.text).join(' ') };
}

/** A party label heads a block when it starts its cell; weak ones ("to", "from") must end it or be followed by a colon. */
function standsAsHead(label: Label, line: PaperLine): boolean {
  const cell = line.cells.find((one) => one.x <= label.cell.x + 1 && one.x + one.width >= label.cell.x);
  if (!cell || Math.abs(cell.x - label.cell.x) > label.cell.height / 2) return false;
  const rest = fold(cell.text).slice(fold(label.cell.text).length);
  const ends = rest.trim() === '' || /[:]$/.test(label.cell.text) || /^ ?[:/(]/.test(rest);
  return label.strong ? ends || cell.words.length <= label.cell.words.length + 8 : ends;
}

/** Names of a party from the blocks of its role. */
export function blockNames(blocks: readonly Block[], role: Role): Candidate[] {
  return blocks
    .filter((block) => block.role === role)
    .flatMap((block) => {
      const keyed = block.rows.find(
        (row) => ROLE_KEYS.test(fold(row.text)) && fold(row.text).replace(ROLE_KEYS, '').length > 2,
      );
      const row = keyed ?? block.rows.find(isName);
      if (!row) return [];
      const value = cleanName(keyed ? keyed.text.slice(ROLE_KEYS.exec(fold(keyed.text))?.[0].length ?? 0) : row.text);
      return value ? [{ value, score: scoreOf(block.strong, 'below') * confidenceOf(row), cell: row }] : [];
    });
}

function isName(row: Cell): boolean {
  const text = fold(row.text);
  return /[a-z]{2}/.test(text) && !NOT_A_NAME.test(text) && !/@|\bwww\./.test(text);
}

export function cleanName(text: string): string {
  return text
    .replace(/^[\s:|,.*-]+/, '')
    .replace(/[\s:|,;*]+$/, '')
    .replace(/\s+/g, ' ');
}

/** Seller where no label names it: a legal form at the top, the sender's line above the address, the largest text. */
export function looseSellers(paper: Paper, blocks: readonly Block[], buyer: string | undefined): Candidate[] {
  const first = paper.pages[0];
  if (!first) return [];
  const inBuyer = (cell: Cell) => blocks.some((block) => block.role === 'buyer' && inside(cell, block));
  const cells = paper.lines.filter((line) => line.page === first.number).flatMap((line) => line.cells);
  const top = cells.filter((cell) => cell.y < first.height * TOP && !inBuyer(cell) && isName(cell));
  const tallest = Math.max(...top.map((cell) => cell.height));
  return top.flatMap((cell) => {
    const [head = ''] = cell.text.split(/ [·•|*-] |, /);
    const value = cleanName(head);
    if (value.length < 3 || (buyer && fold(buyer) === fold(value))) return [];
    const legal = LEGAL_FORM.test(fold(value));
    const sender = / [·•|] /.test(cell.text) && /\b\d{5}\b|\b\d{2}-\d{3}\b/.test(cell.text);
    const repeated = fold(paper.text).split(fold(value)).length > 2;
    const large = cell.height >= tallest * 0.95;
    const score =
      SCORE.unlabelled +
      (legal ? 0.2 : 0) +
      (sender ? 0.15 : 0) +
      (repeated ? 0.1 : 0) +
      (large ? 0.1 : 0) -
      (cell.y / first.height) * 0.2;
    return [{ value, score: Math.min(score, MAX_LOOSE) * confidenceOf(cell), cell }];
  });
}

/** A letterhead fills the top quarter or so. */
const TOP = 0.3;
const MAX_LOOSE = 0.85;

export function inside(cell: Cell, block: Block): boolean {
  return (
    cell.page === block.page &&
    cell.x >= block.left &&
    cell.x < block.right &&
    cell.y >= block.top &&
    cell.y <= block.bottom
  );
}
