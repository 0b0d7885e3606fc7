import { openCache } from './cache.ts';
import { demoFiles } from './files.ts';
import { demoInvoices } from './invoices.ts';
import { demoMails } from './mails.ts';
import type { DemoMail } from './model.ts';
import { createPrinter } from './print.ts';

export type DemoOptions = {
  /** Folder in which documents are kept; the same options give the same documents from there. */
  dir: string;
  /** Path of Chromium or Chrome; needed only for what is not in `dir`. */
  chromium: string;
  /** Decides invoice numbers and noise. Another seed gives invoices that were never booked before. */
  seed: string;
  /** Date from which all dates count, ISO 8601; today in Warsaw where absent. */
  today?: string;
};

/** Makes the mails of the demo with their documents. Rejects where Chromium is needed and cannot be started. */
export async function makeDemoDocuments(options: DemoOptions): Promise<DemoMail[]> {
  const { dir, seed } = options;
  const today = options.today ?? warsawToday();
  const printer = createPrinter(options.chromium);
  try {
    const invoices = demoInvoices(seed, today);
    const files = await demoFiles(invoices, { cache: openCache(dir), printer, seed, today });
    return demoMails(invoices, files);
  } finally {
    await printer.close();
  }
}

const warsawToday = (): string => new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Warsaw' }).format(new Date());
