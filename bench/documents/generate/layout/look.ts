import type { RandomSource } from '../../../random.ts';
import { dateText, moneyText, amountText, type MoneyStyle } from '../format.ts';
import type { Content } from '../invoice.ts';
import type { AmountStyle, DateStyle } from '../wording/wording.ts';
import { FAMILIES } from './fonts.ts';

/** Everything in which two papers of the same content differ. */
export type Look = {
  family: string;
  /** Points. */
  size: number;
  accent: string;
  /** Where values of dates and numbers stand to their labels. */
  facts: 'right' | 'below' | 'heads' | 'running';
  /** How the parties are shown; a `letter` has no labels but an address window and the seller in its foot. */
  parties: 'boxes' | 'columns' | 'stacked' | 'letter' | 'buyer first';
  table: 'ruled' | 'rows' | 'zebra' | 'bare';
  /** Where the totals stand, or that only a summary by rates names them. */
  totals: 'right' | 'left' | 'wide' | 'summary' | 'summary and total';
  head: 'title left' | 'title right' | 'title centred' | 'banner';
  factsPlace: 'head' | 'below parties';
  payment: 'rows' | 'sentence' | 'foot columns';
  colon: boolean;
  capitals: boolean;
  amounts: AmountStyle;
  money: MoneyStyle;
  dates: DateStyle;
  showRateColumn: boolean;
  showOrder: boolean;
  showCustomer: boolean;
  showSaleDate: boolean;
  showShipTo: boolean;
  /** Due date as a date, as terms in days, or both. */
  due: 'date' | 'terms' | 'both';
  words: Words;
};

/** One way to say each thing, kept through the paper. */
export type Words = Record<
  | 'title'
  | 'number'
  | 'issueDate'
  | 'saleDate'
  | 'dueDate'
  | 'terms'
  | 'orderNumber'
  | 'customerNumber'
  | 'corrects'
  | 'seller'
  | 'buyer'
  | 'shipTo'
  | 'vatId'
  | 'net'
  | 'vat'
  | 'gross'
  | 'payable'
  | 'paid'
  | 'iban'
  | 'noVat'
  | 'closing',
  string
>;

const ACCENTS = ['#111', '#1c4f82', '#8a1538', '#2b6a3f', '#555', '#b35900', '#3b2a6b'] as const;

/** Chooses a look for a content. */
export function chooseLook(content: Content, random: RandomSource): Look {
  const { wording, country } = content;
  return {
    family: random.pick(FAMILIES),
    size: random.between(8, 11),
    accent: random.pick(ACCENTS),
    facts: random.pick(['right', 'right', 'below', 'heads', 'running']),
    parties: random.pick(['boxes', 'columns', 'stacked', 'letter', 'letter', 'buyer first']),
    table: random.pick(['ruled', 'rows', 'zebra', 'bare']),
    totals: random.pick(['right', 'right', 'left', 'wide', 'summary', 'summary and total']),
    head: random.pick(['title left', 'title right', 'title centred', 'banner']),
    factsPlace: random.pick(['head', 'below parties']),
    payment: random.pick(['rows', 'sentence', 'foot columns']),
    colon: random.chance(0.6),
    capitals: random.chance(0.15),
    amounts: country.code === 'US' ? { group: ',', point: '.' } : random.pick(wording.amounts),
    money: random.pick(['code after', 'sign after', 'sign before', 'code before', 'bare']),
    dates: random.pick(country.dates),
    showRateColumn: random.chance(0.7),
    showOrder: random.chance(0.5),
    showCustomer: random.chance(0.4),
    showSaleDate: random.chance(0.6),
    showShipTo: random.chance(0.15),
    due: random.pick(['date', 'date', 'both', 'terms']),
    words: chooseWords(content, random),
  };
}

function chooseWords({ wording, kind }: Content, random: RandomSource): Words {
  return {
    title: random.pick(wording.titles[kind]),
    number: random.pick(wording.number),
    issueDate: random.pick(wording.issueDate),
    saleDate: random.pick(wording.saleDate),
    dueDate: random.pick(wording.dueDate),
    terms: random.pick(wording.terms),
    orderNumber: random.pick(wording.orderNumber),
    customerNumber: random.pick(wording.customerNumber),
    corrects: random.pick(wording.corrects),
    seller: random.pick(wording.seller),
    buyer: random.pick(wording.buyer),
    shipTo: random.pick(wording.shipTo),
    vatId: random.pick(wording.vatId),
    net: random.pick(wording.net),
    vat: random.pick(wording.vat),
    gross: random.pick(wording.gross),
    payable: random.pick(wording.payable),
    paid: random.pick(wording.paid),
    iban: random.pick(wording.iban),
    noVat: random.pick(wording.noVat),
    closing: random.pick(wording.closing),
  };
}

/** Prints the values of a content in a look. */
export class Printer {
  readonly look: Look;
  readonly content: Content;

  constructor(content: Content, look: Look) {
    this.content = content;
    this.look = look;
  }

  label(text: string): string {
    const name = this.look.capitals ? text.toUpperCase() : text;
    return this.look.colon && !/[:#]$/.test(name) ? `${name}:` : name;
  }

  money(value: string): string {
    return moneyText(value, this.content.currency, this.look.money, this.look.amounts);
  }

  amount(value: string): string {
    return amountText(value, this.look.amounts);
  }

  date(iso: string): string {
    return dateText(iso, this.look.dates, this.content.wording.language);
  }

  rate(rate: string): string {
    return `${rate.replace('.', this.look.amounts.point)}${this.look.words.title.length % 2 ? ' ' : ''}%`;
  }
}
