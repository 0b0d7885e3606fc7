import type { Cell } from '../../page/layout.ts';
import type { Word } from '../../page/words.ts';
import { SCORE, weigh, type Candidate } from '../candidate.ts';
import { fold } from '../fold.ts';
import { isDomain, isInAddress, isKin, withLegalForm } from './name-cues.ts';
import { isName, LEGAL_FORM, mendTrade, nameOf } from './name-form.ts';
import type { Paper, PaperLine } from '../paper.ts';
import { POSTCODE } from './postcode.ts';
import { inside, type Block } from '../block.ts';

/** Seller where no label names it: what a letterhead, a till receipt or a letter's foot says of its sender. */
export function looseSellers(paper: Paper, blocks: readonly Block[], buyer: string | undefined): Candidate[] {
  const [first] = paper.pages;
  if (!first) return [];
  const inBuyer = (cell: Cell) => blocks.some((block) => block.role === 'buyer' && inside(cell, block));
  const rows = paper.lines.filter((line) => line.page === first.number && line.y < first.height * TOP);
  const top = rows.flatMap((line) =>
    line.cells.filter(
      (cell, index) =>
        !inBuyer(cell) && !isHeaded(cell, line) && (isName(cell) || (index === 0 && senderOf(line) !== undefined)),
    ),
  );
  const senders = rows.flatMap((line) => senderOf(line) ?? []);
  const unlabelled = !blocks.some((block) => block.role === 'seller');
  const tallest = Math.max(...top.map((cell) => cell.height));
  const text = fold(paper.text);
  return top.flatMap((cell, index) => {
    const [head = ''] = cell.text.split(PARTED);
    const printed = nameOf(head);
    const plain = paper.exact ? printed : mendTrade(printed);
    const full = withLegalForm(plain, paper.text);
    const value = full ?? plain;
    const folded = fold(plain);
    // A row of a name that takes two, and stands whole in the sender's line.
    if (senders.some((sender) => isRowOf(letters(plain), letters(sender)))) return [];
    if (letters(plain).length < LEAST_ROW || (buyer && fold(buyer) === folded) || /^\d/.test(value)) return [];
    const marks = [
      [LEGAL_FORM.test(folded), 0.17],
      [
        senders.some((sender) => letters(sender) === letters(plain)),
        text.split(folded).length > 2 ? SENDER_TWICE : 0.15,
      ],
      [text.split(folded).length > 2, 0.1],
      [cell.height >= tallest * 0.92, 0.08],
      [index === 0, 0.14],
      [isInAddress(folded, text), 0.14],
      [isDomain(folded, text), 0.25],
      [full !== undefined, 0.12],
      [isAccountHolder(folded, text), 0.15],
      [
        unlabelled &&
          (buyer !== undefined || (paper.exact && index === 0 && LEGAL_FORM.test(folded))) &&
          headsAddress(cell, rows),
        HEADS_ADDRESS,
      ],
    ] as const;
    const bonus = marks.reduce((total, [holds, weight]) => total + (holds ? weight : 0), 0);
    const kin = buyer !== undefined && isKin(value, buyer) ? KIN_PENALTY : 0;
    const score = Math.min(MAX_LOOSE, SCORE.unlabelled + bonus - kin - (cell.y / first.height) * DOWN_PENALTY);
    // A short word without a legal form may be what was read of a longer name.
    const scrap = !paper.exact && !LEGAL_FORM.test(fold(value)) && letters(value).length < LEAST_READ;
    const sure = scrap ? Math.min(score, SCRAP) : score;
    return [{ value, score: weigh(sure, cell), cell, ...(plain !== printed && { repaired: true }) }];
  });
}

/** "From: Nova Ltd" is read with its label. */
function isHeaded(cell: Cell, line: PaperLine): boolean {
  return line.labels.some(({ field, from, cell: { text } }) => {
    const party = field === 'seller' || field === 'buyer';
    return party && text.endsWith(':') && cell.words[0] === line.words[from];
  });
}

/** The other of two addresses, or a company's at the head of the paper: a person's there is the one written to. */
const HEADS_ADDRESS = 0.22;

/** True for the name over an address: within some rows below it, in its column, stands a town. */
function headsAddress(name: Cell, rows: readonly PaperLine[]): boolean {
  const below = rows.flatMap((line) =>
    line.cells.filter((cell) => {
      const down = (cell.y - name.y) / name.height;
      const beside =
        Math.abs(cell.x - name.x) < name.height || Math.abs(cell.x + cell.width - name.x - name.width) < name.height;
      return down > 0 && down < ADDRESS_BELOW && beside;
    }),
  );
  return below.some((cell) => POSTCODE.test(` ${cell.text}`) && /\p{L}{3}/u.test(cell.text));
}

/** Name, a second row of it, street, town: in heights of the name. */
const ADDRESS_BELOW = 6;

/** A sender's line names the sender and nobody else; a name that stands elsewhere too was not misread. */
const SENDER_TWICE = 0.4;

const isRowOf = (row: string, name: string): boolean => row !== name && row.length >= LEAST_ROW && name.includes(row);
const LEAST_ROW = 3;

/** What stands between the parts of a sender's line, by itself or as a recogniser sees it. */
const PARTED = / [·•|*] | ● /;
const PARTED_ROW = /\s(?:[·•|*●:-]|—|–)\s/;

/** The sender's name from the small line over an address window: "Name · Street 1 · 12345 Town". */
function senderOf(line: PaperLine): string | undefined {
  // Facts may stand beside it.
  const label = line.words[line.labels[0]?.from ?? -1];
  const fact = line.cells.findIndex((cell) => label !== undefined && cell.words.includes(label));
  const text = line.cells
    .slice(0, fact < 0 ? undefined : fact)
    .map((cell) => cell.text)
    .join(' | ');
  const [head = '', ...others] = text.split(PARTED_ROW).filter((part) => /[A-Za-zÀ-ž0-9]/.test(part));
  const town = others.at(-1);
  if (others.length < 2 || town === undefined || !POSTCODE.test(` ${town}`)) return undefined;
  return nameOf(head);
}

const letters = (text: string): string => fold(text).replace(/[^a-z0-9]/g, '');

/** Letters of a recognised name that stands without a legal form, and what a shorter one is worth. */
const LEAST_READ = 8;
const SCRAP = 0.7;

/** A letterhead fills the top third. */
const TOP = 0.33;
const MAX_LOOSE = 0.92;
/** A name of the buyer's house is more likely the buyer's. */
const KIN_PENALTY = 0.2;
const DOWN_PENALTY = 0.15;

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
  const towns = rows.flatMap((line, at) =>
    line.cells.filter((cell) => isTown(cell, line)).map((cell) => ({ cell, at })),
  );
  // Windows are left in most countries, right in France; a company's own address stands in the head of either.
  const sides = [
    towns.filter(({ cell }) => cell.x < first.width / 2),
    towns.filter(({ cell }) => cell.x >= first.width / 2),
  ];
  const start = sides.flat().flatMap(({ cell, at }) => startOf(rows, cell, at, seller) ?? [])[0];
  return start ? [{ value: nameOf(start.text), score: weigh(ADDRESS_SCORE, start), cell: start }] : [];
}

const ADDRESS_TOP = 0.42;
const ADDRESS_SCORE = 0.86;
/** Name, perhaps a department, a street, a town: an address has three to five rows. */
const ADDRESS_ROWS = { min: 2, max: 4 };

function isTown(cell: Cell, line: PaperLine): boolean {
  return (
    !isFact(cell, line) &&
    POSTCODE.test(` ${cell.text}`) &&
    /[A-Za-zÀ-ž]{3}/.test(cell.text) &&
    !/[·•|●]/.test(line.text)
  );
}

/** "Rechnung Nr. 69171" is no town, and "Leistungsdatum 07.02.2024", in one cell or in two, nobody's name. */
function isFact(cell: Cell, line: PaperLine): boolean {
  const before = line.cells[line.cells.indexOf(cell) - 1];
  const words = [...(before?.words ?? []), ...cell.words];
  return line.labels.some(
    (label) => label.strong && label.field !== 'buyer' && words.includes(line.words[label.from] as Word),
  );
}

/** First row of the address that ends at a town; undefined where it is the seller's own. */
function startOf(rows: readonly PaperLine[], end: Cell, at: number, seller: string | undefined): Cell | undefined {
  const above = rows
    .slice(0, at)
    .flatMap((row) => row.cells.filter((cell) => Math.abs(cell.x - end.x) < cell.height && !isFact(cell, row)));
  const address = [end];
  for (const cell of above.reverse().slice(0, ADDRESS_ROWS.max)) {
    const [top = end] = address;
    if (top.y - cell.y > ADDRESS_GAP * cell.height || /[·•●]/.test(cell.text)) break;
    // The sender's own line above the window.
    if (address.length > ADDRESS_ROWS.min && rows.some((row) => row.cells.includes(cell) && senderOf(row))) break;
    // The seller's own name over it: the address is the seller's.
    if (seller && isPartOf(nameOf(cell.text), seller) && !POSTCODE.test(cell.text)) return undefined;
    // The sender's own line above the window.
    if (seller && address.length > ADDRESS_ROWS.min && beginsWith(cell, seller)) break;
    address.unshift(cell);
  }
  if (SALUTATION.test(fold(address[0]?.text ?? ''))) address.shift();
  const [start] = address;
  if (!start || address.length <= ADDRESS_ROWS.min || !isName(start)) return undefined;
  const own = seller !== undefined && address.some((cell) => beginsWith(cell, seller));
  return own ? undefined : start;
}

/** Stands alone over the name. */
const SALUTATION =
  /^(?:herrn?|frau|firma|familie|mr|mrs|ms|monsieur|madame|mme|m|pan|pani|sz\.? ?p|sr|sra|signora?|spett(?:\.le|abile)?)\.?$/;
const ADDRESS_GAP = 3;

/** The seller's name or a part of it; two houses may well share a word ("Biuro Projektów"). */
function isPartOf(name: string, seller: string): boolean {
  const [one, two] = [letters(name), letters(seller)];
  return one.length > 0 && (two.includes(one) || one.startsWith(two));
}

const beginsWith = (cell: Cell, name: string): boolean => letters(cell.text).startsWith(letters(name));
