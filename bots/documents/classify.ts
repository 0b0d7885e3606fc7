import type { z } from 'zod';
import type { DocumentKind } from '../../definitions/functions/document-read.ts';
import type { Invoice } from '../../definitions/model/invoice.ts';
import { fold } from './fields/fold.ts';

export type Kind = z.infer<typeof DocumentKind>;

/** Words that name a kind of paper, in eight languages; a word in the title weighs more than one in the text. */
const WORDS: Readonly<Record<Exclude<Kind, 'other'>, RegExp>> = {
  invoice:
    /\b(?:faktur[ay]|fv|rachunek|paragon(?: fiskalny)?|invoice|tax invoice|receipt|cash bill|bill|[a-z]*rechnung|gutschrift|quittung|kassenbon|facture|avoir|factuur|creditnota|fattura|nota di credito|ricevuta|scontrino|factura|recibo|fatura|credit note)\b/g,
  order:
    /\b(?:zamowienie|purchase order|order confirmation|potwierdzenie zamowienia|bestellung|auftragsbestatigung|bon de commande|bestelbon|ordine(?: d'acquisto)?|orden de compra|pedido|encomenda|oferta|quotation|angebot|devis|offerte|preventivo|presupuesto|orcamento|pro ?forma)\b/g,
  reminder:
    /\b(?:wezwanie do zaplaty|przypomnienie o platnosci|upomnienie|monit|payment reminder|overdue notice|past due|final notice|dunning|mahnung|zahlungserinnerung|rappel de paiement|mise en demeure|relance|aanmaning|betalingsherinnering|sollecito(?: di pagamento)?|recordatorio de pago|aviso de pagamento|lembrete de pagamento)\b/g,
  statement:
    /\b(?:wyciag(?: bankowy| z rachunku)?|saldo (?:poczatkowe|koncowe)|zestawienie (?:operacji|transakcji)|potwierdzenie salda|(?:bank|account) statement|statement of account|(?:opening|closing) balance|kontoauszug|(?:anfangs|end|schluss)saldo|releve (?:de compte|bancaire)|rekeningafschrift|estratto conto|extracto (?:bancario|de cuenta)|extrato bancario)\b/g,
  contract:
    /\b(?:umow[ay]|aneks|strony postanawiaja|zleceniobiorca|contract|agreement|hereinafter|the parties|governing law|vertrag|vertragsparteien|contrat|les parties|overeenkomst|contratto|contrato)\b/g,
};

const TITLE_LINES = 8;
const TITLE_WEIGHT = 4;
const MAX_COUNT = 5;
/** Fields that only a paper about money owed has; each speaks for an invoice. */
const FIELD_WEIGHT = 3;
/** Without a title and with few fields nothing can be said. */
const LEAST = 3;

/** Tells what a paper is by its words and by the fields that were found in it. Confidence is 0 to 1. */
export function classify(lines: readonly string[], invoice: Invoice): { kind: Kind; confidence: number } {
  const folded = lines.map(fold);
  const title = folded.slice(0, TITLE_LINES).join('\n');
  const text = folded.join('\n');
  const fields = [invoice.number, invoice.totals.gross, invoice.totals.vat, invoice.seller.vatId, invoice.payment.iban];
  const scores = Object.entries(WORDS).map(([kind, words]) => {
    const inTitle = title.match(words)?.length ?? 0;
    const inText = Math.min(text.match(words)?.length ?? 0, MAX_COUNT);
    const found = kind === 'invoice' ? fields.filter(Boolean).length * FIELD_WEIGHT : 0;
    // Object.entries forgets that the keys are kinds.
    return {
      kind: kind as Kind,
      score: Math.min(inTitle, 2) * TITLE_WEIGHT + inText + (inTitle + inText > 0 ? found : found / 2),
    };
  });
  scores.sort((a, b) => b.score - a.score);
  const [best, second] = scores;
  if (!best || best.score < LEAST) return { kind: 'other', confidence: best ? 1 - best.score / (2 * LEAST) : 1 };
  return { kind: best.kind, confidence: Math.round((best.score / (best.score + (second?.score ?? 0))) * 100) / 100 };
}
