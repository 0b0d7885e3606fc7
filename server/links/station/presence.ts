import { z } from 'zod';
import type { Draft } from '../../../store/drafts.ts';
import { LINE_COLUMNS, VAT_COLUMNS } from './invoice-fields.ts';
import type { InvoiceForm } from './invoice-form.ts';
import type { Company } from './others-view.ts';
import { sameAddress } from '../../../core/model/mail-address.ts';

/** A page tells every ten seconds that it is open; three that stay away mean that it was closed. */
const PRESENT_MS = 30_000;

const rowOf = (columns: object) =>
  z.record(z.string(), z.string()).refine((row) => Object.keys(columns).every((c) => c in row));
const Form = z.object({
  fields: z.record(z.string(), z.string()),
  lines: z.array(rowOf(LINE_COLUMNS)),
  vat: z.array(rowOf(VAT_COLUMNS)),
});

/** What a person typed before; undefined where nothing was kept, or a version before this one kept it in another shape. */
export function draftOf(drafts: readonly Draft[], approver: string): InvoiceForm | undefined {
  const mine = drafts.find((draft) => sameAddress(draft.approver, approver));
  const form = Form.safeParse(mine?.form);
  return form.success ? (form.data as InvoiceForm) : undefined;
}

/** Names of the others who have the page open now. */
export function othersIn(drafts: readonly Draft[], approver: string, now: Date): Company['others'] {
  return drafts
    .filter((draft) => !sameAddress(draft.approver, approver) && now.getTime() - draft.seenAt.getTime() < PRESENT_MS)
    .map(({ name }) => name);
}
