import type { Invoice } from '../../definitions/model/invoice.ts';
import { fold } from './fields/fold.ts';

/** Letters that the recogniser knows besides those of English: it reads with Polish and English data. */
const KNOWN = /[^\u0020-\u007eąćęłńóśźżĄĆĘŁŃÓŚŹŻ„”–’·]/;
/** What a ligature, a "ß" or an umlaut becomes: "GroBmann", "Miiller", "Solugio", "Construgóes", "Joao" as "Jodo". */
const MISREAD = /[a-zà-ž][B8][a-zà-ž]|ii|[gq](?:io|ao|óes|oes|ies|ues)\b|\d[a-zà-ž]{2}|[a-zà-ž]\d/;
/** Papers in languages whose names carry letters that the recogniser does not know. */
const OTHER_LANGUAGES =
  /\b(?:rechnung\w*|mwst|ust-?id\w*|facture|tva|echeance|factura|vencimiento|importe|fatura|contribuinte|vencimento|nif)\b/;
const HOME_LANGUAGES = /\b(?:faktura|sprzedawca|nabywca|razem|invoice|total due|amount due|vat reg)\b/;

/** What is left of a recognised name's confidence where letters may have been taken for others. */
const DOUBTFUL = 0.8;
const FIELDS = ['seller.name', 'buyer.name'] as const;

/**
 * Lowers names that the recogniser may have misspelt: letters outside its languages, what such letters are mistaken for,
 * and accented names of papers in other languages. Both passes make the same mistake, so their agreement says nothing.
 */
export function doubtSpelling(invoice: Invoice, text: string): void {
  const folded = fold(text);
  const foreign = OTHER_LANGUAGES.test(folded) && !HOME_LANGUAGES.test(folded);
  for (const field of FIELDS) {
    const name = field === 'seller.name' ? invoice.seller.name : invoice.buyer.name;
    const reading = invoice.fields[field];
    if (!name || !reading) continue;
    const accented = /[^\u0020-\u007e]/.test(name);
    if (KNOWN.test(name) || MISREAD.test(name) || (foreign && accented))
      reading.confidence = Math.min(reading.confidence, DOUBTFUL);
  }
}
