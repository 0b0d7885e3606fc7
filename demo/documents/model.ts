import type { FileContent } from '../../core/model/artefact.ts';
import type { Company } from './companies.ts';

/** What the demo expects of a mail in the end. */
export type Expectation = {
  outcome: 'booked' | 'rejected' | 'duplicate' | 'quarantined';
  number?: string;
  /** Decimal string, as printed on the document. */
  gross?: string;
  currency?: string;
  supplierVatId?: string;
  /** 2 where the amount is above the limit of one approver. */
  approvers?: 1 | 2;
};

/** One mail of the demo, not yet sent. */
export type DemoMail = {
  /** Short and stable, good for a Message-ID: "polish-pdf". */
  id: string;
  from: { name: string; email: string };
  to: string;
  subject: string;
  text: string;
  attachments: FileContent[];
  expect: Expectation;
};

/** Amounts are decimal strings, dates ISO 8601. */
export type DemoLine = {
  name: string;
  quantity: string;
  unit: string;
  unitPrice: string;
  rate: string;
  amount: string;
};
export type DemoRate = { rate: string; net: string; vat: string; gross: string };

export type DemoInvoice = {
  seller: Company;
  number: string;
  issueDate: string;
  saleDate: string;
  dueDate: string;
  currency: string;
  lines: DemoLine[];
  breakdown: DemoRate[];
  net: string;
  vat: string;
  gross: string;
  /** Line amounts and unit prices are gross, as on receipts and hotel bills. */
  grossPrices: boolean;
  splitPayment: boolean;
  paid: boolean;
};
