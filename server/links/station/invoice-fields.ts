import type { Invoice, InvoiceLine, VatBreakdown } from '../../../core/model/invoice.ts';
import type { StationField } from '../../site/messages/index.ts';
import type { ValueKind } from './read-value.ts';

export type FieldGroup = 'invoice' | 'seller' | 'buyer' | 'totals' | 'payment';

export type FieldSpec = {
  path: StationField;
  group: FieldGroup;
  kind: ValueKind;
  get: (invoice: Invoice) => string | undefined;
  set: (invoice: Invoice, value: string | undefined) => void;
};

/** Fields of the station, in the order in which documents show them and people check them. */
export const FIELDS: readonly FieldSpec[] = [
  field('number', 'invoice', 'text', (i) => i, 'number'),
  field('issueDate', 'invoice', 'date', (i) => i, 'issueDate'),
  field('saleDate', 'invoice', 'date', (i) => i, 'saleDate'),
  field('dueDate', 'invoice', 'date', (i) => i, 'dueDate'),
  field('seller.name', 'seller', 'text', (i) => i.seller, 'name'),
  field('seller.vatId', 'seller', 'id', (i) => i.seller, 'vatId'),
  field('seller.address', 'seller', 'text', (i) => i.seller, 'address'),
  field('buyer.name', 'buyer', 'text', (i) => i.buyer, 'name'),
  field('buyer.vatId', 'buyer', 'id', (i) => i.buyer, 'vatId'),
  field('totals.net', 'totals', 'amount', (i) => i.totals, 'net'),
  field('totals.vat', 'totals', 'amount', (i) => i.totals, 'vat'),
  field('totals.gross', 'totals', 'amount', (i) => i.totals, 'gross'),
  field('currency', 'totals', 'currency', (i) => i, 'currency'),
  field('payment.iban', 'payment', 'id', (i) => i.payment, 'iban'),
];

/** Columns of the line table. */
export const LINE_COLUMNS = {
  name: 'text',
  quantity: 'amount',
  unit: 'text',
  unitPrice: 'amount',
  net: 'amount',
  vatRate: 'text',
} as const satisfies Partial<Record<keyof InvoiceLine, ValueKind>>;
export type LineColumn = keyof typeof LINE_COLUMNS;

/** Columns of the VAT table. */
export const VAT_COLUMNS = { rate: 'text', net: 'amount', vat: 'amount' } as const satisfies Partial<
  Record<keyof VatBreakdown, ValueKind>
>;
export type VatColumn = keyof typeof VAT_COLUMNS;

function field<K extends string>(
  path: StationField,
  group: FieldGroup,
  kind: ValueKind,
  part: (invoice: Invoice) => Partial<Record<K, string | undefined>>,
  key: K,
): FieldSpec {
  return {
    path,
    group,
    kind,
    get: (invoice) => part(invoice)[key],
    set: (invoice, value) => {
      part(invoice)[key] = value;
    },
  };
}
