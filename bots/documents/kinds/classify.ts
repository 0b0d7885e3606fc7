import type { z } from 'zod';
import type { DocumentKind } from '../../../core/catalogue/document-read.ts';
import type { Invoice } from '../../../core/model/invoice.ts';
import { fold } from '../fields/fold.ts';

export type Kind = z.infer<typeof DocumentKind>;

/** Words that name a kind of paper, in eight languages; a word in the title weighs more than one in the text. */
const WORDS: Readonly<Record<Exclude<Kind, 'other'>, RegExp>> = {
  invoice:
    /\b(?:faktur[ay]|fv|rachunek|paragon(?: fiskalny)?|invoice|tax invoice|receipt|cash bill|bill|[a-z]*rechnung|gutschrift|quittung|kassenbon|facture|avoir|[a-z]*factuur|creditnota|nota de credito|factura simplificada|fattura|nota di credito|ricevuta|scontrino|factura|recibo|fatura|credit note)\b/g,
  order:
    /\b(?:zamowienie|purchase order|order confirmation|potwierdzenie zamowienia|bestellung|auftragsbestatigung|bon de commande|bestelbon|ordine(?: d'acquisto)?|orden de compra|pedido|encomenda)\b/g,
  reminder:
    /\b(?:wezwanie do zaplaty|przypomnienie o platnosci|upomnienie|monit|payment reminder|overdue notice|past due|final notice|dunning|mahnung|zahlungserinnerung|rappel de paiement|mise en demeure|relance|aanmaning|betalingsherinnering|sollecito(?: di pagamento)?|recordatorio de pago|aviso de pagamento|lembrete de pagamento)\b/g,
  statement:
    /\b(?:wyciag(?: bankowy| z rachunku)?|saldo (?:poczatkowe|koncowe)|zestawienie (?:operacji|transakcji)|potwierdzenie salda|(?:bank|account) statement|statement of account|(?:opening|closing) balance|kontoauszug|(?:anfangs|end|schluss)saldo|releve (?:de compte|bancaire)|rekeningafschrift|estratto conto|extracto (?:bancario|de cuenta)|extrato bancario)\b/g,
  contract:
    /\b(?:umow[ay]|aneks|strony postanawiaja|zleceniobiorca|contract|agreement|hereinafter|the parties|governing law|vertrag|vertragsparteien|contrat|les parties|overeenkomst|contratto|contrato)\b/g,
  quote:
    /\b(?:oferta(?: handlowa)?|quotation|quote|estimate|angebot|kostenvoranschlag|devis|offerte|preventivo|presupuesto|orcamento)\b/g,
  proforma: /\b(?:pro ?-?forma|proforma-?rechnung)\b/g,
  'delivery-note':
    /\b(?:wydanie zewnetrzne|dokument wz|wz nr|dowod dostawy|list przewozowy|delivery (?:note|docket)|packing (?:list|slip)|dispatch note|lieferschein|packliste|bon de livraison|bordereau de livraison|pakbon|leveringsbon|documento di trasporto|albaran|guia de remessa)\b/g,
  cv: /\b(?:curriculum vitae|zyciorys|lebenslauf|doswiadczenie zawodowe|wyksztalcenie|umiejetnosci|zainteresowania|work experience|education|skills|hobbies|berufserfahrung|ausbildung|experience professionnelle)\b/g,
};

/** Titles: what a cell near the top of a paper begins with, and nothing but the paper's name. */
const TITLES: readonly (readonly [Exclude<Kind, 'other'>, RegExp])[] = [
  [
    'proforma',
    /^(?:faktura (?:vat )?pro ?-?forma|pro ?-?forma\b|proforma-?rechnung|facture pro ?-?forma|fattura pro ?-?forma)/,
  ],
  [
    'reminder',
    /^(?:(?:ostateczne |przedsadowe )?wezwanie do zaplaty|przypomnienie o|upomnienie|monit\b|(?:\d\. )?(?:payment|final|friendly) (?:reminder|notice)|overdue|(?:\d\. )?(?:letzte )?mahnung|zahlungserinnerung|rappel|mise en demeure|aanmaning|betalingsherinnering|sollecito|recordatorio de pago)/,
  ],
  [
    'statement',
    /^(?:wyciag|zestawienie (?:operacji|transakcji|sald|naleznosci)|potwierdzenie salda|(?:bank |account )?statement\b|statement of account|kontoauszug|releve de compte|rekeningafschrift|estratto conto|extracto)/,
  ],
  [
    'quote',
    /^(?:oferta\b|quotation|quote\b|estimate\b|angebot|kostenvoranschlag|devis\b|offerte\b|preventivo|presupuesto|orcamento)/,
  ],
  ['cv', /^(?:curriculum vitae|cv\b|zyciorys|lebenslauf)/],
  [
    'contract',
    /^(?:umowa\b|aneks\b|(?:service |framework |sales )?(?:contract|agreement)\b|[a-z]*vertrag\b|contrat\b|overeenkomst|contratto|contrato)/,
  ],
  [
    'delivery-note',
    /^(?:wz\b|wydanie zewnetrzne|dowod dostawy|list przewozowy|delivery (?:note|docket)|packing (?:list|slip)|lieferschein(?!-? ?(?:nr|datum))|packliste|bon de livraison|pakbon|documento di trasporto|albaran)/,
  ],
  [
    'order',
    /^(?:zamowienie (?:nr|zakupu|do)|potwierdzenie zamowienia|purchase order(?! (?:no|number))|order confirmation|bestellung(?! ?(?:nr|vom))|auftragsbestatigung|bon de commande|bestelbon|ordine d'acquisto|orden de compra)/,
  ],
  [
    'invoice',
    /^(?:(?:tax |vat |commercial |sales )?invoice\b|faktura\b|rachunek\b(?! bankowy)|paragon\b|korekta faktury|[a-z]*rechnung\b|gutschrift\b|(?:sales |official |cash )?receipt\b|cash bill|credit note|facture\b|avoir\b|[a-z]*factuur\b|creditnota|fattura\b|nota di credito|factura\b|fatura\b)/,
  ],
];
/** Kinds whose names an invoice quotes at its top ("Bestellung 12"): its own title goes before theirs. */
const QUOTED: ReadonlySet<Kind> = new Set(['order', 'delivery-note', 'contract', 'quote']);
/** A title says more than the words of a text. */
const TITLED = 14;
/** What a field of an invoice is worth on a paper that calls itself something else: reminders name invoices too. */
const FOREIGN_FIELD = 1;

const TITLE_LINES = 8;
const TITLE_WEIGHT = 4;
const MAX_COUNT = 5;
/** Fields that only a paper about money owed has; each speaks for an invoice. */
const FIELD_WEIGHT = 3;
/** Without a title and with few fields nothing can be said. */
const LEAST = 3;

/** Tells what a paper is by its title, its words and the fields that were found in it. Confidence is 0 to 1. */
export function classify(lines: readonly string[], invoice: Invoice): { kind: Kind; confidence: number } {
  const folded = lines.map(fold);
  const titled = titleOf(folded);
  const top = folded.slice(0, TITLE_LINES).join('\n');
  const text = folded.join('\n');
  const fields = [invoice.number, invoice.totals.gross, invoice.totals.vat, invoice.seller.vatId, invoice.payment.iban];
  const worth = titled === undefined || titled === 'invoice' ? FIELD_WEIGHT : FOREIGN_FIELD;
  const scores = Object.entries(WORDS).map(([kind, words]) => {
    const inTitle = top.match(words)?.length ?? 0;
    const inText = Math.min(text.match(words)?.length ?? 0, MAX_COUNT);
    const found = kind === 'invoice' ? fields.filter(Boolean).length * worth : 0;
    const title = kind === titled ? TITLED : 0;
    // Object.entries forgets that the keys are kinds.
    return {
      kind: kind as Kind,
      score: title + Math.min(inTitle, 2) * TITLE_WEIGHT + inText + (inTitle + inText > 0 ? found : found / 2),
    };
  });
  scores.sort((a, b) => b.score - a.score);
  const [best, second] = scores;
  if (!best || best.score < LEAST) return { kind: 'other', confidence: best ? 1 - best.score / (2 * LEAST) : 1 };
  return { kind: best.kind, confidence: Math.round((best.score / (best.score + (second?.score ?? 0))) * 100) / 100 };
}

/** The kind that the topmost title names. */
function titleOf(folded: readonly string[]): Kind | undefined {
  const cells = folded.slice(0, TITLE_CELL_LINES).flatMap((line) => line.split(/ {2,}/));
  const titles = cells.flatMap((cell) => {
    const text = cell.replace(/^[^a-z0-9]+/, '');
    // "Pakbon: 4711" names a paper that this one goes with.
    const isLabel = /^[^:]{3,40}:/.test(text);
    const found =
      text.length <= LONGEST_TITLE &&
      TITLES.find(([kind, title]) => title.test(text) && !(isLabel && QUOTED.has(kind)));
    return found ? [found[0]] : [];
  });
  const [first] = titles;
  return first !== undefined && QUOTED.has(first) && titles.includes('invoice') ? 'invoice' : first;
}

/** A title stands in the first lines, below a letterhead, and is no sentence. */
const TITLE_CELL_LINES = 16;
const LONGEST_TITLE = 70;
