import type { InvoiceForm } from '../invoice-form.ts';

/** What a person sent before the page had to be shown again, and what to tell them. */
export type Again = {
  problem?: string | undefined;
  reason?: string | undefined;
  rejecting?: boolean | undefined;
  /** Of the station: the fields as typed, and what is wrong with each. */
  typed?: InvoiceForm | undefined;
  wrong?: ReadonlyMap<string, string> | undefined;
};
