import type { Party } from '../../../../core/model/invoice.ts';
import { vatCountry } from '../../checks/vat-id.ts';
import { cellOf, type Cell } from '../../page/layout.ts';
import type { Block, Role } from '../block.ts';
import { SCORE, weigh, type Candidate } from '../candidate.ts';
import { fold } from '../fold.ts';

/** Rows of an address: street, perhaps a second line, town, country. */
const MOST_ROWS = 4;
const STREET =
  /\d|^(?:ul|al|os|pl)\. ?|(?:stra(?:ss|ß)e|str\.|weg|platz|allee|street|road|avenue|lane|rue|via|calle|laan|straat)\b/i;
/** What ends an address: ids, ways to reach the party, an account. */
const OTHER =
  /^\W*(?:nip|regon|krs|bdo|vat|ust|steuer|tva|siret|siren|btw|p\.? ?iva|cif|nif|tel|fon|phone|fax|mob|e-?mail|www|http|iban|konto|rachunek|nr konta|bank|swift|bic|id|attn|ansprechpartner|kontakt|contact|kunden|customer|data|date|faktura|invoice|rechnung)\b|@/;
const POSTCODE = /\b\d{2}-\d{3}\b|\b\d{4,5}\b|\b[A-Z]{1,2}\d[\dA-Z]? ?\d[A-Z]{2}\b/;

/** Address of a party: the rows below its name in its block, as long as they read like one. */
export function blockAddresses(blocks: readonly Block[], role: Role, name: string | undefined): Candidate[] {
  if (!name) return [];
  return blocks
    .filter((block) => block.role === role)
    .flatMap((block) => {
      const at = block.rows.findIndex((row) => fold(row.text).includes(fold(name)));
      const inline = at < 0 ? [] : inlineAddress(block.rows[at], name);
      const rows = inline.length > 0 ? inline : at < 0 ? [] : addressRows(block.rows.slice(at + 1));
      const [first] = rows;
      if (!first || !rows.some((row) => POSTCODE.test(row.text))) return [];
      const cell = cellOf(
        rows.flatMap((row) => row.words),
        first.page,
        first.line,
      );
      return [{ value: rows.map((row) => bare(row.text)).join(', '), score: weigh(SCORE.weakRight, cell), cell }];
    });
}

const bare = (text: string): string =>
  text.replace(/^(?:adres|address|anschrift|adresse)\s*:\s*/i, '').replace(/[\s,;]+$/, '');

function addressRows(rows: readonly Cell[]): Cell[] {
  const found: Cell[] = [];
  for (const row of rows) {
    const text = fold(row.text);
    // A heading of its own over the address ("Adres") is no row of it.
    if (/^(?:adres|address|anschrift|adresse)\W*$/.test(text)) continue;
    if (found.length >= MOST_ROWS || OTHER.test(text)) break;
    if (found.length === 0 && !STREET.test(row.text)) continue;
    if (isComplete(found) && !countryNamed(text)) break;
    found.push(row);
  }
  return found;
}

/** A town ends an address; a street with a long number is no town. */
function isComplete(rows: readonly Cell[]): boolean {
  return rows.some(({ text }, index) => POSTCODE.test(text) && (index > 0 || /,|^\d{2}-\d{3}\b/.test(text)));
}

/** "Nova sp. z o.o., ul. Prosta 2, 00-001 Warszawa, NIP …" on one line. */
function inlineAddress(row: Cell | undefined, name: string): Cell[] {
  if (!row) return [];
  const start = fold(row.text).indexOf(fold(name)) + name.length;
  const rest = row.text.slice(start).replace(/^[\s,;]+/, '');
  const end = rest.search(/,?\s*(?:NIP|VAT|REGON|tel)\b/i);
  const text = end >= 0 ? rest.slice(0, end) : rest;
  if (!POSTCODE.test(text) || text.length < MIN_INLINE) return [];
  const words = row.words.slice(-rest.split(' ').length).slice(0, text.split(' ').length);
  return words.length > 0 ? [{ ...cellOf(words, row.page, row.line), text }] : [];
}

const MIN_INLINE = 10;

const COUNTRIES: readonly (readonly [country: string, name: RegExp])[] = [
  ['PL', /(?:polska|poland|polen)/],
  ['DE', /(?:deutschland|germany|niemcy|allemagne)/],
  ['FR', /(?:france|frankreich|francja)/],
  ['NL', /(?:nederland|the netherlands|netherlands|niederlande|holandia)/],
  ['IT', /(?:italia|italy|italien|wlochy)/],
  ['ES', /(?:espana|spain|spanien|hiszpania)/],
  ['PT', /(?:portugal|portugalia)/],
  ['AT', /(?:osterreich|austria)/],
  ['CZ', /(?:czechy|czech republic|ceska republika|czechia)/],
  ['GB', /(?:united kingdom|great britain|england|wielka brytania)/],
  ['US', /(?:usa|united states(?: of america)?|stany zjednoczone)/],
];

/** Country of a party: by its VAT id, else by the last words of its address; undefined where neither says. */
export function countryOf({ vatId, address }: Party): string | undefined {
  const byId = vatId === undefined ? undefined : vatCountry(vatId);
  if (byId) return byId === 'EL' ? 'GR' : byId === 'XI' ? 'GB' : byId;
  return countryNamed(fold(address?.split(',').at(-1) ?? '').trim());
}

/** The country whose name ends a folded text. */
function countryNamed(text: string): string | undefined {
  return COUNTRIES.find(([, name]) => new RegExp(`(?:^|\\s)${name.source}$`).test(text))?.[0];
}
