import { Big } from 'big.js';
import { Invoice } from '../../../core/model/invoice.ts';
import type { XmlElement } from './tree.ts';
import { at } from './tree.ts';

/** E-invoices are exact: what the element says is what the sender means. */
const XML_CONFIDENCE = 1;

/** Collects the values of an e-invoice with the path of the element that each came from. */
export type Draft = {
  invoice: Invoice;
  /** Notes that `field` of the invoice was read from the element at `path`. */
  note: (field: string, path: string) => void;
  /** Text at a path below `from`, noting the source of `field` where it is present. */
  take: (field: string, from: XmlElement | undefined, prefix: string, path: string) => string | undefined;
};

export function createDraft(): Draft {
  const invoice = Invoice.parse({});
  const note = (field: string, path: string) => {
    invoice.fields[field] = { confidence: XML_CONFIDENCE, source: { xml: path } };
  };
  return {
    invoice,
    note,
    take: (field, from, prefix, path) => {
      const text = at(from, path)?.text;
      if (!text) return undefined;
      note(field, prefix ? `${prefix}/${path}` : path);
      return text;
    },
  };
}

/** Period of service or delivery (BG-14); undefined where the element is absent. */
export function periodOf(
  { take }: Draft,
  from: XmlElement | undefined,
  prefix: string,
  element: string,
  start: string,
  end: string,
): Invoice['period'] {
  const first = dateOf(take('period.from', from, prefix, `${element}/${start}`));
  const last = dateOf(take('period.to', from, prefix, `${element}/${end}`));
  return first || last ? { from: first, to: last } : undefined;
}

/** xs:decimal as the model's amount: no plus sign, no exponent, eight decimals at most; undefined where it is no number. */
export function amountOf(text: string | undefined): string | undefined {
  const plain = text?.trim().replace(/^\+/, '');
  if (!plain || !/^-?\d{1,15}(\.\d{1,40})?$/.test(plain)) return undefined;
  const decimals = plain.split('.')[1]?.length ?? 0;
  return decimals <= MODEL_DECIMALS ? plain : new Big(plain).round(MODEL_DECIMALS, Big.roundHalfUp).toFixed();
}

/** Decimals kept of an amount. xs:decimal allows any number of them; what lies beyond is less than a millionth of a cent. */
const MODEL_DECIMALS = 8;

/** An amount of money: as `amountOf`, with at least the two decimals that money is written with. */
export function moneyOf(text: string | undefined): string | undefined {
  const amount = amountOf(text);
  if (amount === undefined) return undefined;
  return (amount.split('.')[1]?.length ?? 0) < 2 ? new Big(amount).toFixed(2) : amount;
}

/** xs:date (the zone cut off) or CII's 102 format (YYYYMMDD) as ISO 8601; undefined where it is no date. */
export function dateOf(text: string | undefined): string | undefined {
  const match = /^(\d{4})-?(\d{2})-?(\d{2})/.exec(text?.trim() ?? '');
  if (!match) return undefined;
  const iso = `${match[1]}-${match[2]}-${match[3]}`;
  const date = new Date(`${iso}T00:00:00Z`);
  return Number.isNaN(date.getTime()) || date.toISOString().slice(0, 10) !== iso ? undefined : iso;
}

/** Sum of the amounts that are present; undefined when none is. */
export function sumOf(amounts: readonly (string | undefined)[]): string | undefined {
  const present = amounts.map(amountOf).filter((amount) => amount !== undefined);
  if (present.length === 0) return undefined;
  return present.reduce((total, amount) => total.plus(amount), new Big(0)).toFixed(2);
}

/** A percentage without needless zeros: "19.00" is "19". */
export function percent(text: string | undefined): string | undefined {
  const plain = amountOf(text);
  return plain === undefined ? text : new Big(plain).toString();
}

/** Without blanks, dashes and dots, in capitals: how VAT ids and IBANs are kept. */
export function compact(text: string | undefined): string | undefined {
  return text?.replace(/[\s.\-/]/g, '').toUpperCase() || undefined;
}
