import { checkInvoice, compareFiles, invoiceKey } from '../bots/documents/index.ts';
import { invoiceCheck } from '../core/catalogue/invoice-check.ts';
import { invoiceRelease } from '../core/catalogue/invoice-release.ts';
import type { Finding } from '../core/model/invoice.ts';
import { activity } from './activity.ts';

export type InvoiceDependencies = {
  claims: {
    claim(key: string, run: string): Promise<string>;
    transfer(key: string, from: string, to: string): Promise<string>;
    release(key: string, run: string): Promise<void>;
  };
  /** True for a run that has ended without an outcome: failed, cancelled or terminated. */
  isAbandoned: (run: string) => Promise<boolean>;
  /** Today's date in the company's time zone, ISO 8601. */
  today: () => string;
};

const claimOf = (key: string): string => `invoice:${key}`;

/** `invoice.check` and `invoice.release`: the rules of the bot, and the store's memory of what was seen before. */
export function createInvoiceActivities({ claims, isAbandoned, today }: InvoiceDependencies) {
  /**
   * The run that handles the invoice. One that was ended before it came to anything handles it no more: the supplier
   * who sends it again must not be told that it is being seen to.
   */
  async function ownerOf(key: string, run: string): Promise<string> {
    const owner = await claims.claim(claimOf(key), run);
    if (owner === run || !(await isAbandoned(owner))) return owner;
    return claims.transfer(claimOf(key), owner, run);
  }

  return {
    [invoiceCheck.name]: activity(invoiceCheck, async ({ invoice, read, others }, { call }) => {
      const checked = checkInvoice(invoice, { today: today() });
      const findings: Finding[] = [...read, ...checked, ...compareFiles(invoice, others)];
      const key = invoiceKey(invoice);
      const owner = key === undefined ? call.run : await ownerOf(key, call.run);
      const duplicateOf = owner === call.run ? undefined : owner;
      if (duplicateOf !== undefined) {
        const values = { number: invoice.number ?? '', run: duplicateOf };
        findings.push({ rule: 'duplicate.seen', blocking: true, field: 'number', values });
      }
      return { findings, ok: !findings.some((finding) => finding.blocking), duplicateOf, key };
    }),
    [invoiceRelease.name]: activity(invoiceRelease, async ({ invoice }, { call }) => {
      const key = invoiceKey(invoice);
      if (key !== undefined) await claims.release(claimOf(key), call.run);
      return { released: key !== undefined };
    }),
  };
}
