import { supplierFindings, checkInvoice, compareFiles, invoiceKey } from '../bots/documents/index.ts';
import { invoiceCheck } from '../core/catalogue/invoice-check.ts';
import { invoiceRelease } from '../core/catalogue/invoice-release.ts';
import type { Finding } from '../core/model/invoice.ts';
import type { SupplierMemory } from '../core/model/supplier-memory.ts';
import { afterPerson } from './accepted.ts';
import { activity } from './activity.ts';
import { createDuplicates, type DuplicateDependencies, duplicateFinding } from './duplicates.ts';

export type InvoiceDependencies = DuplicateDependencies & {
  /** What approved documents of a supplier say, by its VAT id. */
  memoryOf: (vatId: string) => Promise<SupplierMemory>;
  /** Today's date in the company's time zone, ISO 8601. */
  today: () => string;
};

/** `invoice.check` and `invoice.release`: the rules of the bot, and the store's memory of what was seen before. */
export function createInvoiceActivities({ memoryOf, today, ...deps }: InvoiceDependencies) {
  const duplicates = createDuplicates(deps);
  return {
    [invoiceCheck.name]: activity(invoiceCheck, async ({ invoice, read, others, seen }, { call }) => {
      const { vatId } = invoice.seller;
      const supplier = vatId === undefined ? [] : supplierFindings(invoice, await memoryOf(vatId));
      // What document.read said of the account was about the values as they were read.
      const ofDocument = read.filter(({ rule }) => vatId === undefined || rule !== 'supplier.account-changed');
      const found: Finding[] = [...ofDocument, ...supplier, ...checkInvoice(invoice, { today: today() })];
      found.push(...compareFiles(invoice, others));
      const owner = await duplicates.otherOwner(invoice, call.run);
      const duplicate = owner && duplicateFinding(invoice, owner);
      if (duplicate) found.push(duplicate);
      const findings = afterPerson(found, seen ?? undefined);
      return {
        findings,
        ok: !findings.some((finding) => finding.blocking),
        duplicateOf: duplicate?.rule === 'duplicate.seen' ? owner?.run : undefined,
        key: invoiceKey(invoice),
      };
    }),
    [invoiceRelease.name]: activity(invoiceRelease, async ({ invoice }, { call }) => ({
      released: await duplicates.release(invoice, call.run),
    })),
  };
}
