import type { Cell } from '../../page/layout.ts';
import { fold } from '../fold.ts';

/** Words that a company name carries: legal forms and trades. */
export const LEGAL_FORM =
  /(?:^|[\s,(])(?:sp\.? ?z ?[o0]\.? ?[o0]|s\. ?a\.|sp\.? ?[jkp]\b|s\.? ?c\.|spolka|gmbh|ag|kg|ohg|gbr|e\.? ?k\.|ug|ltd|limited|llc|llp|inc|plc|corp|corporation|company|sarl|sas|sasu|eurl|s\.? ?l\.|s\.? ?r\.? ?l|s\.? ?p\.? ?a\.|b\. ?v\.|bv|n\. ?v\.|nv|lda|sdn|bhd|enterprise|trading|holding|group|shop|store|restaurant|p\.?h\.?u|p\.?p\.?h\.?u|f\.?h\.?u)(?![a-z])/;
/** Words that begin a row which names something else than a party. */
const OTHER_WORDS =
  'nip regon tel telefon telephone phone fon mobile fax mail email page seite strona oryginal kopia original copy faktura invoice ' +
  'tax vat commercial facture factuur factura fattura fatura receipt duplikat no nr num numero numer number nummer date datum data ' +
  'fecha id adres address adresse direccion anschrift ansprechpartner ust gst tva iva nif cif nit iban bic swift bank rachunek konto ' +
  'attn att contact kontakt customer reg site beispiel dear krajowy owned termin metoda forma your order po amount menge pos item ' +
  'description qty quantity lp delivery hra hrb emittente emittent afzender leverancier verkoper fornitore vendedor emisor emitente fornecedor vendeur emetteur ' +
  'verkoopfactuur creditnota handelsrechnung razem suma total totals brutto netto gross subtotal designation nombre cant descripcion';
const NOT_A_NAME = new RegExp(
  `^(?:${OTHER_WORDS.replaceAll(' ', '|')})(?![a-z])|^(?:ul\\.|os\\.|al\\.|str\\.|www|http|e-?mail|kunden|sehr geehrte|company reg|co\\.? ?reg|[a-z]*rechnung|(?:herrn?|frau|firma|familie|mr|mrs|ms|messrs|monsieur|madame|mme|pan|pani|panstwo|sr|sra|signor|signora|sig|spett)\\.?$|(?:vat )?credit note|\\d+[ /-]*$|[^a-z]*$)`,
);

/** Words that streets begin or end with, in eight languages; a row of one with a number is no name. */
const STREET =
  /^(?:ul|al|os|pl|plac|aleja|rynek|c\/|calle|avda|avenida|plaza|paseo|pol\. ?ind|via|viale|corso|piazza|largo|vicolo|rue|avenue|av|boulevard|bd|chemin|route|place|quai|z\. ?[ia]\.|rua|travessa|praca|estrada|e\. ?n\.|am|an der|auf der|zum|postfach|postbus|po box|p\. ?o\. box|skrytka|apartado|unit|suite|floor)(?![a-z])|(?:str(?:asse|aat|\.)?|weg|allee|gasse|platz|ring|ufer|damm|laan|plein|kade|gracht|dreef|road|street|lane|avenue|drive|court|close|square|park|way|rd|st|ave)\b[ .,]*\d|\b(?:road|street|lane|avenue|drive|close|square|rd\.?|ave\.?)$/;

/** A row that names a street or a post box. */
export function isStreet(text: string): boolean {
  const folded = fold(text);
  return (
    /\d/.test(folded) &&
    STREET.test(folded.replace(/^[\d/-]+[a-z]?,? /, (number) => (/^\d/.test(number) ? '' : number))) &&
    !LEGAL_FORM.test(folded)
  );
}

const LEAST_LETTERS = 3;
/** The rest of a name that was parted: a legal form alone is nobody's name. */
const ONLY_FORM =
  /^(?:(?:&|[a-z0-9]|co|kg|gmbh|ag|ohg|mbh|ltd|limited|llc|llp|plc|inc|sp|spa|srl|bv|nv|sarl|sas|coop|unipessoal|lda)(?![a-z0-9])[\s.,&]*)+$/;

/** True for a row that can be a name: letters, and no word that names something else. */
export function isName(row: Cell): boolean {
  const text = fold(row.text).replace(/^[^a-z0-9]+/, '');
  const town = /^\d{2}-\d{3}\b|^\d{4,5} [a-z]/.test(text);
  const named = /[A-ZÀ-Ž]/.test(row.text) && (text.match(/[a-z]/g)?.length ?? 0) >= LEAST_LETTERS;
  return (
    named &&
    !town &&
    !isStreet(row.text) &&
    !NOT_A_NAME.test(text) &&
    !/@|\bwww\.|https?:/.test(text) &&
    !/[:;&]$/.test(text) &&
    !ONLY_FORM.test(text)
  );
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

/** Long words of company names; a word that differs from one in a single letter was misread. */
const TRADE_WORDS =
  'enterprise enterprises trading hardware restaurant stationery electrical electronics supermarket pharmacy limited company corporation holdings industries international services solutions technologies gesellschaft'.split(
    ' ',
  );

/** "ENIERPRISE" is "ENTERPRISE": one letter of a trade word mended, in the case of the word. */
export function mendTrade(name: string): string {
  return name.replace(/[A-Za-z]{7,}/g, (word) => {
    const small = word.toLowerCase();
    if (TRADE_WORDS.includes(small)) return word;
    const meant = TRADE_WORDS.find((trade) => trade.length === word.length && differences(trade, small) === 1);
    if (!meant) return word;
    return word === word.toUpperCase() ? meant.toUpperCase() : word.charAt(0) + meant.slice(1);
  });
}

function differences(a: string, b: string): number {
  return Array.from(a).filter((sign, index) => sign !== b[index]).length;
}
