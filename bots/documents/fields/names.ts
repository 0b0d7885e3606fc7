import type { Cell } from '../page/layout.ts';
import { SCORE, weigh, type Candidate } from './candidate.ts';
import { fold } from './fold.ts';
import type { Paper, PaperLine } from './paper.ts';
import { inside, type Block } from './block.ts';

/** Words that a company name carries: legal forms and trades. */
const LEGAL_FORM =
  /(?:^|[\s,(])(?:sp\.? ?z ?[o0]\.? ?[o0]|s\. ?a\.|sp\.? ?[jkp]\b|s\.? ?c\.|spolka|gmbh|ag|kg|ohg|gbr|e\.? ?k\.|ug|ltd|limited|llc|llp|inc|plc|corp|corporation|company|sarl|sas|sasu|eurl|s\.? ?l\.|s\.? ?r\.? ?l|s\.? ?p\.? ?a\.|b\. ?v\.|bv|n\. ?v\.|nv|lda|sdn|bhd|enterprise|trading|holding|group|shop|store|restaurant|p\.?h\.?u|p\.?p\.?h\.?u|f\.?h\.?u)(?![a-z])/;
/** Words that begin a row which names something else than a party. */
const OTHER_WORDS =
  'nip regon tel telefon telephone phone fon mobile fax mail email page seite strona oryginal kopia original copy faktura invoice ' +
  'tax vat commercial facture factuur factura fattura fatura receipt duplikat no nr num numero numer number nummer date datum data ' +
  'fecha id adres address adresse direccion anschrift ansprechpartner ust gst tva iva nif cif nit iban bic swift bank rachunek konto ' +
  'attn att contact kontakt customer reg site beispiel dear krajowy owned termin metoda forma your order po amount menge pos item ' +
  'description qty quantity lp delivery hra hrb';
const NOT_A_NAME = new RegExp(
  `^(?:${OTHER_WORDS.replaceAll(' ', '|')})(?![a-z])|^(?:ul\\.|os\\.|al\\.|str\\.|www|http|e-?mail|kunden|sehr geehrte|company reg|co\\.? ?reg|[a-z]*rechnung|\\d+[ /-]*$|[^a-z]*$)`,
);
const POSTCODE = /(?:^|\s)(?:[A-Z]{1,2}[- ]?)?\d{2}-\d{3}\b|(?:^|[\s,])(?:[A-Z]{1,2}[- ])?\d{3,6}(?=[\s,]|$)/;

const LEAST_LETTERS = 3;

/** True for a row that can be a name: letters, and no word that names something else. */
export function isName(row: Cell): boolean {
  const text = fold(row.text).replace(/^[^a-z0-9]+/, '');
  const town = /^\d{2}-\d{3}\b|^\d{4,5} [a-z]/.test(text);
  const named = /[A-ZÀ-Ž]/.test(row.text) && (text.match(/[a-z]/g)?.length ?? 0) >= LEAST_LETTERS;
  return named && !town && !NOT_A_NAME.test(text) && !/@|\bwww\.|https?:/.test(text) && !/[:;]$/.test(text);
}

/** A name without what stands around it: signs, the address on the same line, an id. */
export function nameOf(text: string): string {
  const plain = text.replace(/^[^A-Za-zÀ-ž0-9"„(]+/, '').replace(/\s+/g, ' ');
  const cut =
    plain.split(/,\s*(?=(?:ul|al|os|pl|plac|aleja)\.?\s|\d{2}-\d{3}|NIP\b)|\s+[·•|]\s+|,?\s+NIP[:\s]/i)[0] ?? plain;
  const untitled = cut.replace(/\s+(?:invoice|faktura(?: vat)?|rechnung|facture)$/i, '');
  return mendForm(untitled).replace(/[\s:;|,*_-]+$/, '');
}

/** "Sp. z 0.0." is how a recogniser reads the commonest Polish legal form; no name has zeros there. */
function mendForm(name: string): string {
  return name.replace(/\b([Ss]p\.? ?z ?)[o0]\. ?[o0](?=\.|$|\s)/g, '$1o.o');
}

/** Seller where no label names it: what a letterhead, a till receipt or a letter's foot says of its sender. */
export function looseSellers(paper: Paper, blocks: readonly Block[], buyer: string | undefined): Candidate[] {
  const [first] = paper.pages;
  if (!first) return [];
  const inBuyer = (cell: Cell) => blocks.some((block) => block.role === 'buyer' && inside(cell, block));
  const cells = paper.lines.filter((line) => line.page === first.number).flatMap((line) => line.cells);
  const top = cells.filter((cell) => cell.y < first.height * TOP && !inBuyer(cell) && isName(cell));
  const tallest = Math.max(...top.map((cell) => cell.height));
  const text = fold(paper.text);
  return top.flatMap((cell, index) => {
    const [head = ''] = cell.text.split(/ [·•|*] | ● /);
    const value = nameOf(head);
    const folded = fold(value);
    if (value.length < 3 || (buyer && fold(buyer) === folded) || /^\d/.test(value)) return [];
    const marks = [
      [LEGAL_FORM.test(folded), 0.17],
      [/ [·•|] | ● /.test(cell.text) && POSTCODE.test(cell.text), 0.15],
      [text.split(folded).length > 2, 0.1],
      [cell.height >= tallest * 0.92, 0.08],
      [index === 0, 0.14],
      [inAddress(folded, text), 0.14],
      [isAccountHolder(folded, text), 0.15],
    ] as const;
    const bonus = marks.reduce((total, [holds, weight]) => total + (holds ? weight : 0), 0);
    const score = Math.min(MAX_LOOSE, SCORE.unlabelled + bonus - (cell.y / first.height) * DOWN_PENALTY);
    return [{ value, score: weigh(score, cell), cell }];
  });
}

/** A letterhead fills the top third. */
const TOP = 0.33;
const MAX_LOOSE = 0.92;
const DOWN_PENALTY = 0.15;

/** A mail or web address that carries a longer word of the name. */
function inAddress(name: string, text: string): boolean {
  const words = name.match(/[a-z]{5,}/g) ?? [];
  const addresses = text.match(/\S+@\S+|(?:www\.|https?:\/\/)\S+/g) ?? [];
  return words.some((word) => addresses.some((address) => address.includes(word)));
}

function isAccountHolder(name: string, text: string): boolean {
  const holder =
    /(?:kontoinhaber|account (?:holder|name)|titulaire(?: du compte)?|odbiorca|beneficiary)\s*:?\s*([^\n]+)/.exec(text);
  return holder?.[1]?.trim().startsWith(name) ?? false;
}

/** Buyer where no label names it: the first line of the address in the letter's window, left and in the upper half. */
export function looseBuyers(paper: Paper, seller: string | undefined): Candidate[] {
  const [first] = paper.pages;
  if (!first) return [];
  const rows = paper.lines.filter((line) => line.page === first.number && line.y < first.height * ADDRESS_TOP);
  const town = rows.findIndex(
    (line, index) => index > 0 && isTown(line, first.width) && startOf(rows, index, seller) !== undefined,
  );
  const start = town < 0 ? undefined : startOf(rows, town, seller);
  return start ? [{ value: nameOf(start.text), score: weigh(ADDRESS_SCORE, start), cell: start }] : [];
}

const ADDRESS_TOP = 0.42;
const ADDRESS_SCORE = 0.86;
/** Name, perhaps a department, a street, a town: an address has three to five rows. */
const ADDRESS_ROWS = { min: 2, max: 4 };

function isTown(line: PaperLine, width: number): boolean {
  const cell = line.cells[0];
  return (
    cell !== undefined &&
    cell.x < width / 2 &&
    POSTCODE.test(` ${cell.text}`) &&
    /[A-Za-zÀ-ž]{3}/.test(cell.text) &&
    !/[·•|●]/.test(line.text)
  );
}

/** First row of the address that ends at a town; undefined where it is the seller's own. */
function startOf(rows: readonly PaperLine[], town: number, seller: string | undefined): Cell | undefined {
  const end = rows[town]?.cells[0];
  if (!end) return undefined;
  const above = rows
    .slice(0, town)
    .flatMap((row) => row.cells.filter((cell) => Math.abs(cell.x - end.x) < cell.height));
  const address = [end];
  for (const cell of above.reverse().slice(0, ADDRESS_ROWS.max)) {
    const [top = end] = address;
    if (top.y - cell.y > ADDRESS_GAP * cell.height || /[·•●]/.test(cell.text)) break;
    address.unshift(cell);
  }
  const [start] = address;
  if (!start || address.length <= ADDRESS_ROWS.min || !isName(start)) return undefined;
  const own = seller !== undefined && address.some((cell) => fold(cell.text).includes(fold(seller)));
  return own ? undefined : start;
}

const ADDRESS_GAP = 2.4;
