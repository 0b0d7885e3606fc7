import { Big } from 'big.js';
import { round2, sum } from '../../../core/model/money.ts';
import type { Random } from './random.ts';

/** Suppliers of SQL-Ledger's seed. */
const SUPPLIERS = [
  { name: 'Papiernia Północ Sp. z o.o.', vatId: '5260250274' },
  { name: 'Hurtownia Biurowa Żuraw S.A.', vatId: '7740001454' },
  { name: 'Hurtownia Papiernicza Arkusz Sp. z o.o.', vatId: '7791048336' },
  { name: 'Zakład Remontowo-Budowlany Murarek s.c.', vatId: '7823041166' },
];
const RATES = ['23', '8', '5', 'zw'];
const MOST_CENTS = 900_000;

export type CampaignInvoice = {
  number: string;
  seller: { name: string; vatId: string };
  issueDate: string;
  dueDate: string;
  currency: string;
  lines: { name: string }[];
  vatBreakdown: { rate: string; net: string; vat: string }[];
  totals: { net: string; vat: string; gross: string };
};

/** Different invoices of one to three VAT rates, with cents that do not divide well. */
export function makeInvoices(count: number, random: Random): CampaignInvoice[] {
  return Array.from({ length: count }, (_, index) => {
    const rates = random.shuffled(RATES).slice(0, random.below(3) + 1);
    const vatBreakdown = rates.map((rate) => {
      const net = new Big(random.below(MOST_CENTS) + 1).div(100).toFixed(2);
      const vat = round2(new Big(net).times(rate === 'zw' ? 0 : rate).div(100));
      return { rate, net, vat };
    });
    const net = sum(vatBreakdown.map((line) => line.net));
    const vat = sum(vatBreakdown.map((line) => line.vat));
    const seller = SUPPLIERS[random.below(SUPPLIERS.length)] ?? { name: '', vatId: '' };
    const day = (from: number): string => String(from + random.below(20)).padStart(2, '0');
    return {
      number: `FV/${index + 1}/11/2026`,
      seller,
      issueDate: `2026-11-${day(1)}`,
      dueDate: `2026-12-${day(5)}`,
      currency: 'PLN',
      lines: [{ name: `Towar nr ${index + 1} – żółty` }],
      vatBreakdown,
      totals: { net, vat, gross: sum([net, vat]) },
    };
  });
}
