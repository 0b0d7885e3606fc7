import { validKsefNumber } from '../checks/ksef-number.ts';
import { cellOf, type Cell } from '../page/layout.ts';
import { SCORE, scoreOf, weigh, type Candidate } from './candidate.ts';
import { fold } from './fold.ts';
import type { LabelField } from './labels.ts';
import { labelled, placesOf, type Paper } from './paper.ts';
import { numberIn } from './payment-dates.ts';

/** Numbers of orders (BT-13), beside or below their labels. */
export function orders(paper: Paper): Candidate[] {
  return referencesFor(paper, 'order');
}

/** What the buyer wants named (BT-10): a reference, a person, the German Leitweg-ID. */
export function buyerReferences(paper: Paper): Candidate[] {
  return referencesFor(paper, 'buyerReference', (text) => /^[\p{L}\d][\p{L}\d ._/-]{1,40}/u.exec(text)?.[0].trim());
}

/** Numbers of the invoices that a correction corrects (BT-25). */
export function corrected(paper: Paper): Candidate[] {
  return referencesFor(paper, 'corrected');
}

/** Numbers of the advance invoices that a final invoice settles (FA(3): FakturaZaliczkowa). */
export function advances(paper: Paper): Candidate[] {
  return referencesFor(paper, 'advances');
}

function referencesFor(
  paper: Paper,
  field: LabelField,
  find: (text: string) => string | undefined = numberIn,
): Candidate[] {
  return labelled(paper, field).flatMap(({ label, line }) => {
    for (const place of placesOf(label, line, paper)) {
      if (place.relation === 'below' && !label.strong) break;
      const value = find(place.cell.text.replace(/^[\s:.#-]+/, ''));
      if (!value) continue;
      const cell = cellOf(place.cell.words.slice(0, value.split(' ').length), place.cell.page, place.cell.line);
      return [{ value, score: weigh(scoreOf(label.strong, place.relation), cell), cell }];
    }
    return [];
  });
}

const KSEF = /\d{10}-\d{8}-[0-9A-F]{6}-?[0-9A-F]{6}-[0-9A-F]{2}/g;
/** The first part of a number that goes on in the next line of its column. */
const KSEF_CUT = /\d{10}-\d{8}-[0-9A-F]{0,12}-?$/;

/** The invoice's own KSeF number: by its form, with a right checksum; a number cut by the end of its column is joined. */
export function ksefNumbers(paper: Paper): Candidate[] {
  const cells = paper.lines.flatMap((line) => line.cells);
  return cells.flatMap((cell, index) => {
    const next = cells.slice(index + 1).find((one) => one.page === cell.page && Math.abs(one.x - cell.x) < cell.height);
    const cut = KSEF_CUT.test(cell.text) && next ? cell.text + next.text : cell.text;
    const found = cut.toUpperCase().match(KSEF)?.find(validKsefNumber);
    return found ? [{ value: found, score: weigh(SCORE.strongRight, cell), cell }] : [];
  });
}

const SPLIT_PAYMENT = /mechanizm(?:u|em)? podzielonej platnosci|\bsplit payment\b|(?<![a-z])mpp(?![a-z])/;
const NEGATED = /(?:platnosci|payment|mpp)\W{0,3}(?:nie|no|n\/a)\b/;

/** The line that asks for split payment (art. 106e(1)(18a) of the Polish VAT Act); undefined where none does. */
export function splitPayment(paper: Paper): Cell | undefined {
  const line = paper.lines.find(({ text }) => SPLIT_PAYMENT.test(fold(text)) && !NEGATED.test(fold(text)));
  return line?.cells.find((cell) => SPLIT_PAYMENT.test(fold(cell.text))) ?? line?.cells[0];
}

const METHODS: readonly (readonly [method: string, words: RegExp])[] = [
  ['przelew', /\b(?:przelew|bank transfer|wire transfer|uberweisung|virement|overschrijving|bonifico|transferencia)/],
  ['gotówka', /\b(?:gotowka|in cash|cash|barzahlung|especes|contanten|contanti|efectivo|numerario)\b/],
  ['karta', /\b(?:karta|kartą|credit card|debit card|card|kreditkarte|kartenzahlung|carte|creditcard|carta|tarjeta)\b/],
  ['polecenie zapłaty', /\b(?:polecenie zaplaty|direct debit|lastschrift|prelevement|incasso|addebito|domiciliacion)/],
  ['pobranie', /\b(?:za pobraniem|cash on delivery|nachnahme)\b/],
];
const METHOD_LABEL =
  /(?:forma|sposob|metoda) (?:platnosci|zaplaty)|payment (?:method|means|type|by)|zahlungs(?:art|weise|mittel|typ)|mode de (?:paiement|reglement)|betaalwijze|(?:modalita|metodo) di pagamento|(?:forma|metodo) de pago/;

/** How to pay (BT-82), in the words of FA(3), from the line that names it. */
export function paymentMethods(paper: Paper): Candidate[] {
  return paper.lines.flatMap((line) => {
    const text = fold(line.text);
    const label = METHOD_LABEL.exec(text);
    if (!label) return [];
    const next = paper.lines[line.at + 1];
    const rest = text.slice(label.index + label[0].length);
    const places = /[a-z]{3}/.test(rest) ? [rest] : [next ? fold(next.text) : ''];
    const found = METHODS.find(([, words]) => places.some((place) => words.test(place)));
    const cell = cellOf(line.words, line.page, line.index);
    return found ? [{ value: found[0], score: weigh(SCORE.weakNumber, cell), cell }] : [];
  });
}
