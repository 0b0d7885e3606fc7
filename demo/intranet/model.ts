/** What the intranet keeps. Amounts are decimal strings with a point, dates ISO 8601. */

export type SupplierData = {
  name: string;
  /** With country letters except for Polish NIPs, as printed on invoices: "5260250995", "DE136695976". */
  vatId: string;
  /** ISO 3166-1 alpha-2. */
  country: string;
  street: string;
  postCode: string;
  city: string;
  iban: string;
};

/** `id` is the symbol that the program gives: "K00001". */
export type Supplier = SupplierData & { id: string };

/** One row of the VAT table: a net amount at one rate, VAT and gross computed by the program. */
export type PostingLine = { rate: VatRate; net: string; vat: string; gross: string };

export type Posting = {
  /** Record number that the program gives: "ZK/2026/11/00001". */
  record: string;
  supplierId: string;
  supplierName: string;
  supplierVatId: string;
  /** Number on the supplier's invoice. */
  number: string;
  issueDate: string;
  saleDate: string;
  dueDate: string;
  bookingDate: string;
  currency: Currency;
  /** PLN for one unit of the currency; "1.0000" for PLN. */
  exchangeRate: string;
  lines: PostingLine[];
  net: string;
  vat: string;
  gross: string;
  account: string;
  costCentre: string;
  iban: string;
  splitPayment: boolean;
  ksefNumber: string;
  description: string;
  /** Instant, ISO 8601 in UTC. */
  postedAt: string;
  postedBy: string;
};

export const VAT_RATES = ['23', '8', '5', '0', 'zw', 'np', 'oo', '19', '7', '20', '21'] as const;
export type VatRate = (typeof VAT_RATES)[number];

export const CURRENCIES = ['PLN', 'EUR', 'USD', 'CHF', 'GBP', 'CZK'] as const;
export type Currency = (typeof CURRENCIES)[number];

/** Rates that the program proposes, PLN for one unit; an invented table, as the clerk last typed it in. */
export const EXCHANGE_RATES: Record<Currency, string> = {
  PLN: '1.0000',
  EUR: '4.2615',
  USD: '3.9127',
  CHF: '4.5308',
  GBP: '4.9840',
  CZK: '0.1689',
};

/** Chart of accounts, team 4 (costs by type) and a few others, numbered as Polish offices number them. */
export const ACCOUNTS: ReadonlyArray<readonly [code: string, name: string]> = [
  ['300-01', 'Rozliczenie zakupu'],
  ['401-01', 'Zużycie materiałów biurowych'],
  ['401-02', 'Zużycie paliwa'],
  ['401-03', 'Zużycie energii'],
  ['402-01', 'Usługi transportowe'],
  ['402-02', 'Usługi telekomunikacyjne'],
  ['402-03', 'Usługi informatyczne'],
  ['402-04', 'Usługi remontowe'],
  ['402-07', 'Usługi doradcze i prawne'],
  ['402-99', 'Usługi obce pozostałe'],
  ['409-01', 'Podróże służbowe'],
  ['409-02', 'Reprezentacja i reklama'],
  ['330-01', 'Towary handlowe'],
];

/** Cost centres ("miejsca powstawania kosztów"). */
export const COST_CENTRES: ReadonlyArray<readonly [code: string, name: string]> = [
  ['100', 'Zarząd'],
  ['200', 'Administracja'],
  ['310', 'Produkcja'],
  ['420', 'Logistyka'],
  ['500', 'Sprzedaż'],
];
