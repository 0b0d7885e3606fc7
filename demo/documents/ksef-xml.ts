import { XMLBuilder } from 'fast-xml-parser';
import { BUYER, type Company } from './companies.ts';
import type { DemoInvoice, DemoRate } from './model.ts';

const NAMESPACE = 'http://crd.gov.pl/wzor/2025/06/25/13775/';

/** Suffix of the sums of a rate: P_13_1 and P_14_1 are 23 %, _2 is 8 %, _3 is 5 % (FA(3) schema, element Fa). */
const RATE_SUFFIX: Record<string, string> = { '23': '1', '8': '2', '5': '3' };

/** FormaPlatnosci 6: bank transfer. */
const TRANSFER = '6';

/** Yes and no of the schema (TWybor1_2). */
const [YES, NO] = ['1', '2'];

/** A Polish invoice as KSeF's structured invoice FA(3), valid by its schema. The elements' order is the schema's. */
export function ksefXml(invoice: DemoInvoice): string {
  const builder = new XMLBuilder({ ignoreAttributes: false, format: true });
  const body: string = builder.build({
    Faktura: {
      '@_xmlns': NAMESPACE,
      Naglowek: {
        KodFormularza: { '@_kodSystemowy': 'FA (3)', '@_wersjaSchemy': '1-0E', '#text': 'FA' },
        WariantFormularza: '3',
        DataWytworzeniaFa: `${invoice.issueDate}T09:30:00Z`,
        SystemInfo: 'Magazyn 24',
      },
      Podmiot1: party(invoice.seller),
      Podmiot2: { ...party(BUYER), JST: NO, GV: NO },
      Fa: {
        KodWaluty: invoice.currency,
        P_1: invoice.issueDate,
        P_1M: invoice.seller.city,
        P_2: invoice.number,
        P_6: invoice.saleDate,
        ...Object.assign({}, ...invoice.breakdown.map(rateSums)),
        P_15: invoice.gross,
        Adnotacje: annotations(invoice.splitPayment),
        RodzajFaktury: 'VAT',
        FaWiersz: invoice.lines.map((line, index) => ({
          NrWierszaFa: index + 1,
          P_7: line.name,
          P_8A: line.unit,
          P_8B: line.quantity,
          P_9A: line.unitPrice,
          P_11: line.amount,
          P_12: line.rate,
        })),
        Platnosc: {
          TerminPlatnosci: { Termin: invoice.dueDate },
          FormaPlatnosci: TRANSFER,
          RachunekBankowy: { NrRB: invoice.seller.iban.slice(2) },
        },
      },
    },
  });
  return `<?xml version="1.0" encoding="UTF-8"?>\n${body}`;
}

function party(company: Company) {
  return {
    DaneIdentyfikacyjne: { NIP: company.vatId, Nazwa: company.name },
    Adres: { KodKraju: company.country, AdresL1: company.street, AdresL2: `${company.postCode} ${company.city}` },
    DaneKontaktowe: { Email: company.email },
  };
}

function rateSums(row: DemoRate): Record<string, string> {
  const suffix = RATE_SUFFIX[row.rate];
  if (suffix === undefined) throw new Error(`FA(3) of the demo has no place for the VAT rate ${row.rate}`);
  return { [`P_13_${suffix}`]: row.net, [`P_14_${suffix}`]: row.vat };
}

/** None of the special cases applies, except split payment (P_18A). */
function annotations(splitPayment: boolean) {
  return {
    P_16: NO,
    P_17: NO,
    P_18: NO,
    P_18A: splitPayment ? YES : NO,
    Zwolnienie: { P_19N: YES },
    NoweSrodkiTransportu: { P_22N: YES },
    P_23: NO,
    PMarzy: { P_PMarzyN: YES },
  };
}
