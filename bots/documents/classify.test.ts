import { expect, it } from 'vitest';
import { Invoice } from '../../definitions/model/invoice.ts';
import { classify } from './classify.ts';

const NONE = Invoice.parse({});
/** Fields that a reminder, a statement or a pro forma shows just as an invoice does. */
const FULL = Invoice.parse({
  number: 'FV/1/2026',
  totals: { gross: '123.00', vat: '23.00' },
  seller: { vatId: '5260001246' },
  payment: { iban: 'PL61109010140000071219812874' },
});

it.each([
  ['invoice', ['Drukarnia Nowa', 'Faktura VAT nr FV/1/2026', 'Zamówienie nr 7', 'Sprzedawca  Nabywca']],
  ['invoice', ['Werk Nord GmbH', 'Lieferschein 12  Bestellung vom 4.5.', 'Rechnung 77']],
  ['invoice', ['PARAGON FISKALNY', 'SUMA PLN 12,30']],
  ['invoice', ['Hurtownia Stara', 'Faktura korygująca KOR/1', 'Do faktury FV/1/2026']],
  ['proforma', ['Drukarnia Nowa', 'Faktura pro forma nr PF/3/2026', 'Do zapłaty 123,00']],
  ['reminder', ['Drukarnia Nowa', 'Wezwanie do zapłaty', 'Faktura  Kwota  Termin', 'FV/1/2026  123,00  04.05.2026']],
  ['reminder', ['2. Mahnung', 'Rechnung 77 vom 04.05.2026', 'Gesamtbetrag 123,00']],
  ['statement', ['Potwierdzenie salda', 'Faktura FV/1/2026  123,00']],
  ['quote', ['Angebot Nr. 12', 'Gesamtbetrag 123,00']],
  ['order', ['Zamówienie nr ZAM/3', 'Prosimy o wystawienie faktury po dostawie.']],
  ['delivery-note', ['WZ nr 12/2026', 'Wydanie zewnętrzne', 'Towar  Ilość']],
  ['cv', ['Jan Przykładowy', 'Curriculum vitae', 'Wykształcenie', 'Doświadczenie zawodowe']],
  ['contract', ['Umowa o świadczenie usług', 'Strony postanawiają, że faktura będzie płatna w 14 dni.']],
] as const)('should see a paper of kind %s in %j, whatever fields it shows', (kind, lines) => {
  expect(classify(lines, FULL).kind).toBe(kind);
});

it('should say that it does not know, and be less sure where two kinds are near', () => {
  expect(classify(['Zaproszenie na spotkanie', 'Do zobaczenia!'], NONE).kind).toBe('other');
  const clear = classify(['Faktura nr 1', 'Sprzedawca'], FULL).confidence;
  expect(classify(['Zamówienie nr 3', 'faktura, faktura, faktura'], FULL).confidence).toBeLessThan(clear);
});
