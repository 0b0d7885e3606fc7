import { fold } from '../fold.ts';
import { inside, type Block, type Role } from '../block.ts';
import type { IdHit } from './ids.ts';
import { POSTCODE } from './postcode.ts';
import type { Paper } from '../paper.ts';
import type { Cell } from '../../page/layout.ts';

export type Names = { seller: string | undefined; buyer: string | undefined };

/** An id stands this many line heights below its party's name, or beside the address in a letter's foot. */
const BELOW_NAME = 9;
const BESIDE_NAME = 4;
/** A name of fewer letters stands in other text by chance. */
const LEAST_NAME = 4;

/** Ownership by a name is a guess where the name is one. */
const BY_NAME = 0.93;
/** Several ids and nothing that tells whose they are. */
const WHOSE = 0.6;
/** Left of two ids under one head: the other party's head was not recognised. Left is more likely, and nothing is sure. */
const LEFTMOST = 0.75;

/**
 * The ids of a party: in its block, named beside the id, or under its name. For the seller also one outside everything,
 * as in a letter's foot; with several of those no one is sure unless only the first is of the account's country.
 */
export function idsOf(
  role: Role,
  ids: readonly IdHit[],
  blocks: readonly Block[],
  names: Names,
  paper: Paper,
): IdHit[] {
  const told = (hit: IdHit) => hit.role ?? blocks.find((block) => hit.cell && inside(hit.cell, block))?.role;
  const own = ids.filter((hit) => told(hit) === role);
  if (distinct(own) > 1 && !blocks.some((block) => block.role !== role)) return leftmost(own);
  if (own.length > 0) return own;
  const free = ids.filter((hit) => told(hit) === undefined);
  const byName = free.map((hit) => ({ hit, owner: ownerByName(hit, names, paper) }));
  const named = byName.filter(({ owner }) => owner === role).map(({ hit }) => hit);
  if (named.length > 0) return named.map((hit) => ({ ...hit, score: Math.min(hit.score, BY_NAME) }));
  const nobodys = byName.filter(({ owner }) => owner === undefined).map(({ hit }) => hit);
  if (role === 'buyer') return blocks.some((block) => block.role === 'buyer') ? [] : nobodys.slice(1, 2);
  const others = byName.some(({ owner }) => owner !== undefined);
  // Of a scan the other id may not have been read, or the name over it.
  const doubtful =
    (distinct(nobodys) > 1 && !others) || (!paper.exact && !blocks.some((block) => block.role === 'seller'));
  return nobodys.slice(0, 1).map((hit) => (doubtful ? { ...hit, score: Math.min(hit.score, WHOSE) } : hit));
}

/** Ids of the country of the account to be paid come first: a letter to a foreign buyer names the buyer's id above the seller's. */
export function homeFirst(ids: readonly IdHit[], iban: string | undefined): IdHit[] {
  const country = iban?.slice(0, 2) ?? '';
  const isHome = (hit: IdHit) => country !== '' && hit.value.startsWith(country);
  // The first groups of "PL80 9990 …" can pass for an id.
  const real = ids.filter((hit) => !iban?.startsWith(hit.value));
  return [...real.filter(isHome), ...real.filter((hit) => !isHome(hit))];
}

const distinct = (hits: readonly IdHit[]): number =>
  new Set(hits.map((hit) => hit.value.replace(/^[A-Z]{2}/, ''))).size;

/** Whose name stands nearest above the id in its column, or on the rows of a foot beside it. */
function ownerByName(hit: IdHit, names: Names, paper: Paper): Role | undefined {
  const { cell } = hit;
  if (!cell) return undefined;
  const head = addressHead(cell, paper);
  if (head && names.seller) {
    const [own, seller] = [letters(head.text), letters(names.seller)];
    // An address of somebody else over the id: in a letter that is the one it is written to.
    if (!own.includes(seller) && !seller.includes(own)) return 'buyer';
  }
  const places = (['seller', 'buyer'] as const).flatMap((role) =>
    cellsOf(names[role], paper)
      .filter((one) => one.page === cell.page)
      .map((one) => ({ role, one, down: (cell.y - one.y) / cell.height })),
  );
  const above = places.filter(({ one, down }) => down >= 0 && down <= BELOW_NAME && sameColumn(one, cell));
  const near = above.length > 0 ? above : places.filter(({ down }) => Math.abs(down) <= BESIDE_NAME);
  const nearest = Math.min(...near.map(({ down }) => Math.abs(down)));
  const roles = new Set(near.filter(({ down }) => Math.abs(down) === nearest).map(({ role }) => role));
  return roles.size === 1 ? [...roles][0] : undefined;
}

/** Rows of one address follow each other within this many heights. */
const ROW_GAP = 2.2;
const ADDRESS_ROWS = 6;

/** The first row of an address with a town that ends at this id; undefined where none stands over it. */
function addressHead(id: Cell, paper: Paper): Cell | undefined {
  const cells = paper.lines.flatMap((line) => line.cells);
  // The id stands right of its label, which begins the row.
  const start = cells.find((one) => one.words.some((word) => id.words.includes(word))) ?? id;
  const above = cells
    .filter((one) => one.page === id.page && one.y < id.y && Math.abs(one.x - start.x) < id.height * INDENT)
    .sort((a, b) => b.y - a.y);
  let [last, town] = [id, false];
  const rows: Cell[] = [];
  for (const row of above.slice(0, ADDRESS_ROWS)) {
    if (last.y - row.y > ROW_GAP * Math.max(last.height, row.height) || /[·•●:]| \| /.test(row.text)) break;
    town ||= POSTCODE.test(row.text) && /\p{L}{3}/u.test(row.text);
    rows.push(row);
    last = row;
  }
  return town && rows.length > 2 ? rows.at(-1) : undefined;
}

/** Rows of an address begin within this many heights of each other. */
const INDENT = 1.5;

function cellsOf(name: string | undefined, paper: Paper): Cell[] {
  const wanted = letters(name ?? '');
  if (wanted.length < LEAST_NAME) return [];
  return paper.lines.flatMap((line) => line.cells).filter((cell) => letters(cell.text).includes(wanted));
}

const letters = (text: string): string => fold(text).replace(/[^a-z0-9]/g, '');

function sameColumn(name: Cell, id: Cell): boolean {
  return name.x < id.x + id.width && name.x + name.width > id.x - id.height * 8;
}

function leftmost(hits: readonly IdHit[]): IdHit[] {
  const sorted = [...hits].sort((a, b) => (a.cell?.x ?? 0) - (b.cell?.x ?? 0));
  return sorted.slice(0, 1).map((hit) => ({ ...hit, score: Math.min(hit.score, LEFTMOST) }));
}
