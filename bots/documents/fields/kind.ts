import type { Invoice } from '../../../core/model/invoice.ts';
import { fold } from './fold.ts';
import type { Paper } from './paper.ts';

/** Lines in which a paper's title stands. */
const TITLE_LINES = 14;

/** Titles in eight languages, each at the start of a cell: in running text the same words speak of other papers. */
const TITLES: readonly (readonly [Exclude<Invoice['kind'], 'invoice'>, RegExp])[] = [
  ['correction', /^(?:faktura (?:vat )?(?:korygujaca|korekta)|korekta (?:faktury|do faktury|nr)|korekta$)/],
  [
    'credit-note',
    /^(?:(?:vat |sales )?credit note|gutschrift|rechnungskorrektur|stornorechnung|avoir\b|facture d'avoir|creditnota|creditfactuur|nota di credito|nota de credito|factura rectificativa)/,
  ],
  [
    'advance',
    /^(?:faktura (?:vat )?zaliczkowa|(?:advance|prepayment|down payment)(?: payment)? invoice|abschlagsrechnung|anzahlungsrechnung|facture d'acompte|fattura (?:di|d')? ?acconto|factura de anticipo)/,
  ],
  [
    'receipt',
    /^(?:paragon\b|(?:official |cash )?receipt\b|kassenbon|kassenbeleg|quittung|kassabon|ticket de caisse|recu\b|scontrino|ricevuta|recibo\b|talao\b)/,
  ],
];
/** The word as a title; "Invoice total" stands on receipts too. */
const INVOICE = /\b(?:faktura|invoice(?! (?:total|amount))|rechnung|facture|factuur|fattura|factura|fatura)\b/;

/** The kind of an invoice by its title. A receipt that also calls itself an invoice is one. */
export function kindOf(paper: Paper): Invoice['kind'] {
  const cells = paper.lines.slice(0, TITLE_LINES).flatMap((line) => line.cells.map((cell) => fold(cell.text)));
  const found = TITLES.find(([, title]) => cells.some((cell) => title.test(cell)))?.[0];
  return found === undefined || (found === 'receipt' && cells.some((cell) => INVOICE.test(cell))) ? 'invoice' : found;
}
