import { expect, it } from 'vitest';
import { Invoice } from '../../../core/model/invoice.ts';
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

/** Papers as offices send them, in Polish and in English; several name an invoice, none but the first pair is one. */
it.each([
  [
    'invoice',
    [
      'Northern Print Ltd',
      'INVOICE',
      'Invoice number: 7741  Date: 4 May 2026',
      'PO number: 4500012',
      'Total due 123.00',
    ],
  ],
  ['invoice', ['Sklep u Ewy', 'PARAGON FISKALNY', 'Chleb 1 x 5,20  5,20 A', 'SUMA PLN 5,20']],
  ['invoice', ['Corner Shop', 'RECEIPT', 'Bread 2.20', 'Total 2.20', 'Paid by card']],
  [
    'invoice',
    ['Northern Print Ltd', 'CREDIT NOTE', 'Credit note number CN-9', 'Original invoice: 7741', 'Total -12.00'],
  ],
  [
    'order',
    [
      'Huta Przykład S.A.',
      'Zamówienie zakupu nr ZZ/12/2026',
      'Termin dostawy: 20.05.2026',
      'Fakturę prosimy wystawić na adres Huty.',
    ],
  ],
  [
    'order',
    [
      'Example Steel plc',
      'PURCHASE ORDER',
      'Order no. 4500012',
      'Deliver to: Gate 3',
      'Send your invoice to accounts@example.org',
    ],
  ],
  [
    'order',
    ['Drukarnia Nowa', 'Potwierdzenie zamówienia nr 77', 'Dziękujemy za zamówienie. Fakturę wyślemy z towarem.'],
  ],
  ['reminder', ['Northern Print Ltd', 'Payment reminder', 'Our invoice 7741 of 4 May over 123.00 is past due.']],
  [
    'reminder',
    [
      'Drukarnia Nowa',
      'Przedsądowe wezwanie do zapłaty',
      'Faktura  Kwota  Termin',
      'FV/1/2026  123,00  04.05.2026',
      'Razem do zapłaty 123,00',
    ],
  ],
  ['statement', ['Bank Przykładowy', 'Wyciąg z rachunku nr 5/2026', 'Saldo początkowe 100,00', 'Saldo końcowe 250,00']],
  [
    'statement',
    ['Example Bank', 'Bank statement', 'Opening balance 100.00', 'Invoice 7741  -123.00', 'Closing balance 250.00'],
  ],
  [
    'statement',
    ['Northern Print Ltd', 'Statement of account', 'Invoice 7741  123.00', 'Invoice 7750  80.00', 'Balance due 203.00'],
  ],
  [
    'contract',
    ['UMOWA NAJMU', 'zawarta w Warszawie dnia 4 maja 2026 r. pomiędzy', 'Czynsz płatny na podstawie faktury VAT.'],
  ],
  [
    'contract',
    [
      'FRAMEWORK AGREEMENT',
      'between Example Steel plc (hereinafter the Buyer) and',
      'Invoices are payable within 30 days.',
      'Governing law: England',
    ],
  ],
  ['delivery-note', ['Hurtownia Stara S.A.', 'WZ 12/05/2026', 'Zamówienie 77', 'Towar  Ilość', 'Wydał  Odebrał']],
  ['delivery-note', ['Example Wholesale', 'Delivery note', 'Order 4500012', 'Qty  Description', 'Received by']],
  [
    'cv',
    [
      'Jan Przykładowy',
      'tel. 600 100 200',
      'Doświadczenie zawodowe',
      '2019–2026 księgowy, fakturowanie i rozliczenia',
      'Wykształcenie',
      'Umiejętności',
      'Zainteresowania',
    ],
  ],
  [
    'cv',
    [
      'Jane Example',
      'Work experience',
      '2019–2026 accounts payable clerk: invoice matching',
      'Education',
      'Skills',
      'Hobbies',
    ],
  ],
] as const)('should tell a paper of kind %s by its own words in %j', (kind, lines) => {
  expect(classify(lines, NONE)).toMatchObject({ kind });
});
