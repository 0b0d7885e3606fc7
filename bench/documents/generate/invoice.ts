import { addDays, buildInvoice, type LineSpec } from '../../../demo/documents/amounts.ts';
import type { Company } from '../../../demo/documents/companies.ts';
import type { DemoInvoice } from '../../../demo/documents/model.ts';
import type { RandomSource } from '../../random.ts';
import { fill, ibanOf, vatIdOf } from './ids.ts';
import { WORDINGS } from './wording/index.ts';
import { POLISH } from './wording/polish.ts';
import type { Country, Wording } from './wording/wording.ts';

export type Kind = 'invoice' | 'correction' | 'receipt';

/** An invented company; `vatId` and `iban` are empty where its country has none. */
export type Firm = Company & { bank: string; phone: string; countryName: string };

/** What an invoice says, before it has a look. */
export type Content = DemoInvoice & {
  kind: Kind;
  wording: Wording;
  country: Country;
  seller: Firm;
  buyer: Firm;
  orderNumber: string;
  customerNumber: string;
  /** Number of the invoice that a correction corrects. */
  corrected: string;
  days: number;
  /** Paid in advance, a decimal string; "0" for most. */
  prepaid: string;
  /** No VAT is due; the paper says why. */
  withoutVat: boolean;
};

/** What the content must have; the rest is chance. */
type Wish = { lines?: number | undefined; withVat?: boolean };

const EARLIEST = '2024-01-03';
const RANGE_DAYS = 1000;
const NUMBER_FORMS = [
  'FV/99/99/2026',
  'FS 9999/2026',
  '2026-99999',
  'RE-2026-999',
  'INV-999999',
  'F2699999',
  '999/2026',
  '@99-99999',
  '2026/9999',
  'FT 2026@/999',
  '99999',
  'VK26-9999-@@',
  '99/@@/2026',
  'R9999999',
];

/** The content of one invoice. Amounts are computed as the demo's are: VAT from the sum of each rate. */
export function inventContent(
  random: RandomSource,
  kind: Kind,
  wording: Wording = random.pick(WORDINGS),
  wish: Wish = {},
): Content {
  const country = random.pick(wording.countries);
  const seller = inventFirm(wording, country, random);
  const buyer = random.chance(0.75) ? inventFirm(wording, country, random) : inventAbroad(country, random);
  const issueDate = addDays(EARLIEST, random.below(RANGE_DAYS));
  const days = random.pick([7, 10, 14, 21, 30, 45, 60]);
  const withoutVat = kind === 'invoice' && !wish.withVat && country.code !== 'US' && random.chance(0.07);
  const invoice = buildInvoice({
    seller,
    number: inventNumber(issueDate, random),
    issueDate,
    saleDate: addDays(issueDate, -random.below(20)),
    dueDate: addDays(issueDate, days),
    currency: random.pick(country.currencies),
    lines: inventLines(wording, country, { kind, withoutVat, lines: wish.lines }, random),
    grossPrices: kind === 'receipt',
    paid: kind === 'receipt',
    splitPayment: wording === POLISH && kind === 'invoice' && random.chance(0.2),
  });
  const partly = kind === 'invoice' && !withoutVat && random.chance(0.1);
  return {
    ...invoice,
    kind,
    wording,
    country,
    seller,
    buyer,
    days,
    withoutVat,
    orderNumber: fill(random.pick(['99999', 'PO-9999', '@@/99/2026', '45999999']), random),
    customerNumber: fill(random.pick(['9999', 'K99999', '10999']), random),
    corrected: inventNumber(issueDate, random),
    prepaid: partly ? String(Math.floor(Number(invoice.gross) * random.between(0.1, 0.6))) : '0',
  };
}

function inventNumber(issueDate: string, random: RandomSource): string {
  const [year = ''] = issueDate.split('-');
  const form = random.pick(NUMBER_FORMS).replace('2026', '#').replace('26', '%');
  return fill(form, random).replace('#', year).replace('%', year.slice(2));
}

function inventLines(
  wording: Wording,
  country: Country,
  { kind, withoutVat, lines }: { kind: Kind; withoutVat: boolean; lines: number | undefined },
  random: RandomSource,
): LineSpec[] {
  const mixed = random.chance(0.35);
  const count = lines ?? 1 + random.below(random.chance(0.2) ? 14 : 5);
  return Array.from({ length: count }, (): LineSpec => {
    const [name, unit, from, to] = random.pick(wording.articles);
    const quantity = random.chance(0.8) ? String(1 + random.below(24)) : random.between(0.5, 60).toFixed(2);
    const price = random.between(from, to).toFixed(2);
    const rate = withoutVat ? '0' : mixed ? random.pick(country.rates) : (country.rates[0] ?? '0');
    return [name, kind === 'correction' ? `-${quantity}` : quantity, unit, price, rate];
  });
}

function inventFirm(wording: Wording, country: Country, random: RandomSource): Firm {
  const { kinds, names, forms } = wording.firms;
  const [postCode, city] = random.pick(country.places);
  const name = random.chance(0.3) ? `${random.pick(names)} ${random.pick(names)}` : random.pick(names);
  return {
    name: [random.pick(kinds), name, random.pick(forms)].filter(Boolean).join(' '),
    vatId: vatIdOf(country.code, random) ?? '',
    country: country.code,
    countryName: country.name,
    street: fill(random.pick(wording.streets), random),
    postCode: fill(postCode, random),
    city,
    iban: ibanOf(country.code, random) ?? '',
    bank: random.pick(wording.bank),
    phone: fill('+99 99 999 99 99', random),
    email: `${random.pick(['office', 'info', 'accounts', 'billing'])}@firm${random.below(900)}.example`,
  };
}

/** A customer in another country. */
function inventAbroad(home: Country, random: RandomSource): Firm {
  const wording = random.pick(WORDINGS);
  const country = wording.countries.find(({ code }) => code !== home.code) ?? wording.countries[0];
  if (!country) throw new Error(`${wording.language} has no country`);
  return inventFirm(wording, country, random);
}
