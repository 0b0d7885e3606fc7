/** How numbers are written: 1 234,56 · 1.234,56 · 1,234.56 · 1'234.56. */
export type AmountStyle = { group: string; point: string };
/** How dates are written; `long` and `short` name the month, `mdy` is the American order. */
export type DateStyle = 'd.m.y' | 'd/m/y' | 'd-m-y' | 'iso' | 'long' | 'short' | 'mdy' | 'd.m.yy';

/** One country in which a language's invoices are written. */
export type Country = {
  /** ISO 3166-1 alpha-2. */
  code: string;
  currencies: readonly string[];
  /** VAT rates in per cent; the first is the usual one. */
  rates: readonly string[];
  /** Post code (9 and @ stand for any digit and letter) and city. */
  places: readonly (readonly [postCode: string, city: string])[];
  dates: readonly DateStyle[];
  /** Name that is printed below an address abroad. */
  name: string;
};

/** What is sold: name, unit, least and greatest unit price. */
export type Article = readonly [name: string, unit: string, from: number, to: number];

/**
 * What invoices of one language say, several ways for each thing. Written from papers of the trade, not from what the
 * reader knows: a way that it does not know must end in abstention, never in a wrong value.
 */
export type Wording = {
  language: string;
  countries: readonly Country[];
  amounts: readonly AmountStyle[];
  titles: { invoice: readonly string[]; correction: readonly string[]; receipt: readonly string[] };
  number: readonly string[];
  issueDate: readonly string[];
  saleDate: readonly string[];
  dueDate: readonly string[];
  /** "Payment within 14 days"; `#` stands for the days. */
  terms: readonly string[];
  orderNumber: readonly string[];
  customerNumber: readonly string[];
  corrects: readonly string[];
  seller: readonly string[];
  buyer: readonly string[];
  shipTo: readonly string[];
  vatId: readonly string[];
  columns: {
    position: string;
    article: readonly string[];
    quantity: readonly string[];
    unit: string;
    price: readonly string[];
    rate: readonly string[];
    amount: readonly string[];
  };
  net: readonly string[];
  /** `#` stands for the rate. */
  vat: readonly string[];
  gross: readonly string[];
  payable: readonly string[];
  paid: readonly string[];
  /** Heads of a summary by rates: rate, net, VAT, gross; and the name of its last row. */
  summary: { heads: readonly [string, string, string, string]; total: string };
  iban: readonly string[];
  bank: readonly string[];
  method: readonly [label: string, value: string];
  noVat: readonly string[];
  phone: string;
  closing: readonly string[];
  firms: { kinds: readonly string[]; names: readonly string[]; forms: readonly string[] };
  streets: readonly string[];
  articles: readonly Article[];
};
