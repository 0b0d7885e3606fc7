import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createDocumentReader } from '../../bots/documents/index.ts';
import { scoreReading, type Score } from './score.ts';

/** One document as it was read; `cpu` in seconds, where it was read alone. */
export type Reading = Score & { kind: string; pages: number; cpu?: number };

type Truth = Record<string, string | null> & { kind: string; unscored: string[]; alt: Record<string, string[]> };

/** Fields that a truth file holds. One without a value is not scored: the paper may well show something there. */
function expectedOf(truth: Truth, fields: readonly string[]): Record<string, string[]> {
  return Object.fromEntries(
    fields.flatMap((field) => {
      const value = truth[field];
      return value === null || value === undefined ? [] : [[field, [value, ...(truth.alt[field] ?? [])]]];
    }),
  );
}

const FIELDS =
  'invoiceNumber issueDate dueDate sellerName sellerVatId buyerName currency totalNet totalVat totalGross iban'.split(
    ' ',
  );

/** Reads an evaluation corpus, one document after another: a folder each, with `doc.*` and `truth.json`. */
export async function readCorpus(folder: string, secondReader?: string): Promise<Reading[]> {
  const readings: Reading[] = [];
  const reader = createDocumentReader({ workers: 1, secondReader });
  for (const id of readdirSync(folder).sort()) {
    const truthFile = join(folder, id, 'truth.json');
    const name = existsSync(truthFile) && readdirSync(join(folder, id)).find((one) => one.startsWith('doc.'));
    if (!name) continue;
    const truth = JSON.parse(readFileSync(truthFile, 'utf8')) as Truth;
    const before = process.cpuUsage();
    const result = await reader.read({ name, mediaType: '', bytes: readFileSync(join(folder, id, name)) });
    const { user, system } = process.cpuUsage(before);
    const fields = FIELDS.filter((field) => !truth.unscored.includes(field));
    const score = scoreReading(result.invoice, expectedOf(truth, fields), []);
    readings.push({ ...score, kind: truth.kind, pages: result.pages.length, cpu: (user + system) / 1e6 });
  }
  await reader.close();
  return readings;
}
