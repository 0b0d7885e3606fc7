import { z } from 'zod';
import { Amount, Currency } from './money.ts';

/** Calendar date, ISO 8601. */
export const IsoDate = z.iso.date();

/** Where a value was read: an element of an e-invoice, or a box on a page (fractions of the page's width and height). */
export const Source = z.union([
  z.object({ xml: z.string().describe('Path of the element, for example Fa/P_2') }),
  z.object({
    page: z.number().int().min(1),
    box: z.object({ x: z.number(), y: z.number(), width: z.number(), height: z.number() }),
  }),
]);
export type Source = z.infer<typeof Source>;

/** How sure the reader is of one field, and why. */
export const Reading = z.object({
  confidence: z.number().min(0).max(1).describe('Calibrated: of values at 0.95, about 95 % are correct'),
  source: Source.optional(),
  alternatives: z.array(z.string()).optional(),
  repaired: z.boolean().optional().describe('A checksum corrected one character; always reported'),
});
export type Reading = z.infer<typeof Reading>;

/** Seller (BG-4) or buyer (BG-7). */
export const Party = z.object({
  name: z.string().optional().describe('BT-27 / BT-44'),
  vatId: z.string().optional().describe('BT-31 / BT-48; as written on the document, without blanks and dashes'),
  address: z.string().optional().describe('BG-5 / BG-8, on one line'),
  country: z.string().length(2).optional().describe('BT-40 / BT-55, ISO 3166-1 alpha-2'),
  email: z.string().optional().describe('BT-43 / BT-58'),
});
export type Party = z.infer<typeof Party>;

/** Invoice line (BG-25). */
export const InvoiceLine = z.object({
  name: z.string().optional().describe('BT-153'),
  quantity: Amount.optional().describe('BT-129'),
  unit: z.string().optional().describe('BT-130'),
  unitPrice: Amount.optional().describe('BT-146, net'),
  net: Amount.optional().describe('BT-131'),
  vatRate: z.string().optional().describe('BT-152 in per cent ("23"), or a word of the law ("zw", "np", "oo")'),
  gross: Amount.optional(),
  charges: Amount.optional().describe('BT-141: charges of the line itself'),
});
export type InvoiceLine = z.infer<typeof InvoiceLine>;

/** One VAT rate of the invoice (BG-23). */
export const VatBreakdown = z.object({
  rate: z.string().describe('BT-119 in per cent, or a word of the law'),
  net: Amount.describe('BT-116'),
  vat: Amount.describe('BT-117'),
  category: z.string().optional().describe('BT-118, UNTDID 5305: S, Z, E, AE, K, G, O …'),
});
export type VatBreakdown = z.infer<typeof VatBreakdown>;

export const InvoiceKind = z.enum(['invoice', 'credit-note', 'correction', 'advance', 'receipt']);

/**
 * One invoice after the terms of EN 16931-1 (BT and BG numbers). Every value may be absent: a reader abstains where it
 * is not sure. `fields` holds, by path ("totals.gross", "seller.vatId"), how each value was read.
 */
export const Invoice = z.object({
  kind: InvoiceKind.default('invoice').describe('BT-3'),
  number: z.string().optional().describe('BT-1'),
  issueDate: IsoDate.optional().describe('BT-2'),
  saleDate: IsoDate.optional().describe('BT-72 / BT-7: date of supply'),
  dueDate: IsoDate.optional().describe('BT-9'),
  period: z
    .object({ from: IsoDate.optional().describe('BT-73'), to: IsoDate.optional().describe('BT-74') })
    .optional()
    .describe('BG-14: period of service or delivery'),
  currency: Currency.optional().describe('BT-5'),
  seller: Party.default({}),
  buyer: Party.default({}),
  lines: z.array(InvoiceLine).default([]),
  vatBreakdown: z.array(VatBreakdown).default([]),
  totals: z
    .object({
      net: Amount.optional().describe('BT-109'),
      vat: Amount.optional().describe('BT-110'),
      gross: Amount.optional().describe('BT-112'),
      payable: Amount.optional().describe('BT-115'),
      allowances: Amount.optional().describe('BT-107: allowances on the whole document'),
      charges: Amount.optional().describe('BT-108: charges on the whole document, freight for example'),
      prepaid: Amount.optional().describe('BT-113: paid before'),
      vatPln: Amount.optional().describe('VAT in złoty, where the invoice is in another currency (BT-111; P_14_1W)'),
    })
    .default({}),
  payment: z
    .object({
      iban: z.string().optional().describe('BT-84, without blanks, with country letters'),
      method: z.string().optional().describe('BT-82'),
      paid: z.boolean().optional().describe('The invoice says that it is paid already'),
      splitPayment: z.boolean().optional().describe('Mechanizm podzielonej płatności, art. 108a of the Polish VAT Act'),
    })
    .default({}),
  references: z
    .object({
      ksefNumber: z.string().optional().describe('Number assigned by KSeF'),
      order: z.string().optional().describe('BT-13'),
      buyer: z.string().optional().describe('BT-10: reference given by the buyer'),
      corrected: z.string().optional().describe('BT-25: number of the invoice that this one corrects'),
      correctedKsefNumber: z.string().optional().describe('KSeF number of the invoice that this one corrects'),
      advances: z.array(z.string()).optional().describe('Numbers of the advance invoices that this one settles'),
    })
    .default({}),
  fields: z.record(z.string(), Reading).default({}),
});
export type Invoice = z.infer<typeof Invoice>;

/** One thing that a check found. `blocking` findings keep an invoice from being booked until a person has decided. */
export const Finding = z.object({
  rule: z.string().describe('Dotted name, for example arithmetic.gross; the texts are in the message files'),
  blocking: z.boolean(),
  field: z.string().optional().describe('Path in the invoice'),
  values: z.record(z.string(), z.string()).default({}).describe('Values that the message names'),
  acceptedBy: z.string().optional().describe('Address of the person who saw it and let it stand'),
});
export type Finding = z.infer<typeof Finding>;
