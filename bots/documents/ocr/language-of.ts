import { fold } from '../fields/fold.ts';
import type { OcrLanguage } from './languages.ts';

/**
 * Words that only one of the languages has and nearly every paper of it carries: words of invoices and small words.
 * Folded, for the recogniser loses accents of languages that it does not read with.
 */
const WORDS: Readonly<Record<OcrLanguage, string>> = {
  pol: 'faktura sprzedawca nabywca zaplaty platnosci wystawienia sprzedazy ilosc cena netto kwota wartosc razem stawka nip konto rachunek przelew dnia dni dla ul oraz slownie nazwa',
  eng: 'invoice seller buyer customer date due total amount quantity price description unit payment terms account bank order number bill the of and for within days thank you your delivery tax receipt',
  deu: 'rechnung rechnungsnummer rechnungsdatum verkaufer lieferant kunde menge einheit einzelpreis preis betrag mwst ust gesamt summe zwischensumme steuer zahlbar falligkeit fallig tagen innerhalb von der die und fur bezeichnung artikel netto brutto uberweisung bankverbindung geschaftsfuhrer amtsgericht strasse gmbh nummer datum leistung',
  fra: 'facture fournisseur vendeur quantite designation prix montant tva ttc ht taxe echeance paiement reglement virement jours client date livraison commande siret le la les des et pour sous total net payer rue',
  ita: 'fattura fornitore cedente spett cliente quantita descrizione prezzo importo iva imponibile scadenza pagamento bonifico giorni partita piva totale netto consegna ordine via della di del',
  nld: 'factuur factuurnummer factuurdatum leverancier verkoper klant aantal hoeveelheid omschrijving prijs bedrag btw totaal subtotaal vervaldatum betalen betaling dagen binnen overboeking rekening van het een voor en nummer',
  por: 'fatura fornecedor vendedor emitente cliente quantidade descricao designacao preco valor iva nif contribuinte vencimento pagamento transferencia dias incidencia da do dos rua encomenda ao pela',
  spa: 'factura proveedor emisor vendedor cliente cantidad descripcion precio importe iva nif cif base imponible cuota vencimiento pago transferencia dias fecha calle pedido numero el los las del por',
};

const LANGUAGES_OF: ReadonlyMap<string, readonly OcrLanguage[]> = (() => {
  const map = new Map<string, OcrLanguage[]>();
  for (const [language, words] of Object.entries(WORDS)) {
    for (const word of words.split(' ')) map.set(word, [...(map.get(word) ?? []), language as OcrLanguage]);
  }
  return map;
})();

/** A language whose words count less than this was guessed from next to nothing. */
const LEAST = 3;
/** The language's words must outweigh those of any other this many times. */
const CLEAR = 1.4;

/** The language of a recognised text; undefined where no one is clear, as on papers in two languages. */
export function languageOf(text: string): OcrLanguage | undefined {
  const counts = new Map<OcrLanguage, number>();
  const seen = new Set(fold(text).match(/[a-z]{2,}/g));
  for (const word of seen) {
    const owners = LANGUAGES_OF.get(word) ?? [];
    // A word of several languages tells less of each.
    for (const language of owners) counts.set(language, (counts.get(language) ?? 0) + 1 / owners.length);
  }
  const [first, second] = [...counts].sort((a, b) => b[1] - a[1]);
  if (!first || first[1] < LEAST) return undefined;
  return second && first[1] < CLEAR * second[1] ? undefined : first[0];
}
