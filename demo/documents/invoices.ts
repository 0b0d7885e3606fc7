import { addDays, buildInvoice } from './amounts.ts';
import { AGENCY, BUILDERS, FUEL, HOTEL, MACHINES, PAPER, SOFTWARE } from './companies.ts';
import type { DemoInvoice } from './model.ts';
import { pick } from './random.ts';

export type DemoInvoices = Record<
  'paper' | 'software' | 'builders' | 'hotel' | 'fuel' | 'agency' | 'machines',
  DemoInvoice
>;

/** The invoices of the demo. Dates count from `today` (ISO 8601); numbers differ by seed, amounts do not. */
export function demoInvoices(seed: string, today: string): DemoInvoices {
  const [year = '', month = ''] = addDays(today, -4).split('-');
  const serial = (name: string, from: number, to: number) => String(pick(seed, name, from, to));
  const dates = (issued: number, sold: number, days: number) => ({
    issueDate: addDays(today, -issued),
    saleDate: addDays(today, -sold),
    dueDate: addDays(today, -issued + days),
  });
  return {
    paper: buildInvoice({
      seller: PAPER,
      number: `FS ${serial('paper', 1000, 9999)}/${month}/${year}`,
      ...dates(4, 5, 14),
      currency: 'PLN',
      lines: [
        ['Papier ksero A4 80 g, biel 161', '40', 'ryza', '21.90', '23'],
        ['Toner HX-415, czarny, 6000 str.', '3', 'szt.', '259.00', '23'],
        ['Segregator A4/75 mm, granatowy', '50', 'szt.', '6.40', '23'],
        ['Kodeks pracy z komentarzem, wyd. 12', '2', 'szt.', '95.24', '5'],
      ],
    }),
    software: buildInvoice({
      seller: SOFTWARE,
      number: `CH-${year}-${serial('software', 10_000, 99_999)}`,
      ...dates(3, 3, 30),
      currency: 'EUR',
      lines: [
        ['Team plan, 24 seats, one month', '24', 'seat', '18.50', '0'],
        ['Private backup storage, 500 GB', '1', 'month', '60.00', '0'],
        ['Onboarding workshop, remote, one day', '1', 'day', '780.00', '0'],
      ],
    }),
    builders: buildInvoice({
      seller: BUILDERS,
      number: `FV/${serial('builders', 100, 999)}/${month}/${year}`,
      ...dates(4, 6, 14),
      currency: 'PLN',
      splitPayment: true,
      lines: [
        ['Malowanie ścian hali montażowej, dwukrotne', '120', 'm2', '28.50', '23'],
        ['Wymiana drzwi technicznych z ościeżnicą', '2', 'szt.', '640.00', '23'],
        ['Remont łazienki w mieszkaniu służbowym', '1', 'usł.', '1850.00', '8'],
      ],
    }),
    hotel: buildInvoice({
      seller: HOTEL,
      number: `${year}-${serial('hotel', 20_000, 89_999)}`,
      ...dates(6, 6, 14),
      currency: 'EUR',
      grossPrices: true,
      lines: [
        ['Übernachtung Einzelzimmer', '3', 'Nacht', '90.00', '7'],
        ['Frühstücksbuffet', '3', 'Pers.', '15.00', '7'],
        ['Tiefgarage', '3', 'Tag', '12.00', '19'],
        ['Tagungspauschale Getränke', '1', 'Pausch.', '59.00', '19'],
      ],
    }),
    fuel: buildInvoice({
      seller: FUEL,
      number: `FA/${serial('fuel', 1000, 9999)}/${year}`,
      ...dates(1, 1, 0),
      currency: 'PLN',
      grossPrices: true,
      paid: true,
      lines: [
        ['Olej napędowy ON', '41.48', 'l', '6.49', '23'],
        ['Płyn do spryskiwaczy 5 l', '1', 'szt.', '24.99', '23'],
      ],
    }),
    agency: withWrongGross(
      buildInvoice({
        seller: AGENCY,
        number: `${serial('agency', 10, 99)}/${month}/${year}/K`,
        ...dates(5, 7, 21),
        currency: 'PLN',
        lines: [
          ['Projekt katalogu jesień, 24 strony', '1', 'usł.', '2400.00', '23'],
          ['Sesja zdjęciowa produktów', '7', 'godz.', '150.00', '23'],
        ],
      }),
    ),
    machines: buildInvoice({
      seller: MACHINES,
      number: `PSM/${year}/${month}/${serial('machines', 1000, 9999)}`,
      ...dates(3, 8, 21),
      currency: 'PLN',
      splitPayment: true,
      lines: [
        ['Przegląd generalny centrum obróbczego CNC', '1', 'usł.', '14800.00', '23'],
        ['Wrzeciono wymienne HSK-63, regenerowane', '1', 'szt.', '4400.00', '23'],
        ['Dojazd i kalibracja na miejscu', '4', 'godz.', '200.00', '23'],
      ],
    }),
  };
}

/** Two digits of the gross amount swapped, as a tired hand does it: 4243.50 becomes 4423.50. Net and VAT stay right. */
function withWrongGross(invoice: DemoInvoice): DemoInvoice {
  const [first = '', second = '', third = '', ...rest] = invoice.gross;
  return { ...invoice, gross: [first, third, second, ...rest].join('') };
}
