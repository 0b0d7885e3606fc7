import { mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { createDocumentReader, isSure, type DocumentReader, type ReadResult } from '../../bots/documents/index.ts';
import type { Invoice } from '../../definitions/model/invoice.ts';
import { ProblemError } from '../../definitions/model/problem.ts';
import { EXIT, table, type Io } from '../io.ts';

export type ReadOptions = { json?: boolean; out?: string };

/** The fields of a flat reading, with the path of each in the invoice. */
export const FLAT_FIELDS: readonly (readonly [
  name: string,
  path: string,
  of: (invoice: Invoice) => string | undefined,
])[] = [
  ['invoiceNumber', 'number', (invoice) => invoice.number],
  ['issueDate', 'issueDate', (invoice) => invoice.issueDate],
  ['dueDate', 'dueDate', (invoice) => invoice.dueDate],
  ['sellerName', 'seller.name', (invoice) => invoice.seller.name],
  ['sellerVatId', 'seller.vatId', (invoice) => invoice.seller.vatId],
  ['buyerName', 'buyer.name', (invoice) => invoice.buyer.name],
  ['currency', 'currency', (invoice) => invoice.currency],
  ['totalNet', 'totals.net', (invoice) => invoice.totals.net],
  ['totalVat', 'totals.vat', (invoice) => invoice.totals.vat],
  ['totalGross', 'totals.gross', (invoice) => invoice.totals.gross],
  ['iban', 'payment.iban', (invoice) => invoice.payment.iban],
];

/** The eleven fields that matter to a ledger, flat; those that the reader is not sure of are left out. */
export function flatReading(invoice: Invoice | undefined): Record<string, string> {
  if (!invoice) return {};
  const sure = FLAT_FIELDS.flatMap(([name, path, of]) => {
    const value = of(invoice);
    return value !== undefined && isSure(invoice, path) ? [[name, value] as const] : [];
  });
  return Object.fromEntries(sure);
}

/**
 * `zaplecze read FILE…`: prints what each document says, with the confidence of every field. With `--out`, one JSON
 * file for each document; a folder's documents may lie in folders of their own, whose names then name the readings.
 */
export async function runRead(paths: readonly string[], options: ReadOptions, io: Io): Promise<number> {
  const documents = (await Promise.all(paths.map(documentsAt))).flat();
  if (options.out) await mkdir(options.out, { recursive: true });
  const reader = createDocumentReader();
  let failed = 0;
  try {
    for (const document of documents) {
      if (!(await readOne(reader, document, options, io))) failed += 1;
    }
  } finally {
    await reader.close();
  }
  return failed > 0 || documents.length === 0 ? EXIT.notOk : EXIT.ok;
}

type Document = { id: string; file: string };

/** A file itself; of a folder its files, and the document (`doc.*`, else all) of each folder in it. */
async function documentsAt(path: string): Promise<Document[]> {
  if (!(await stat(path)).isDirectory()) return [{ id: basename(path), file: path }];
  const entries = await readdir(path, { withFileTypes: true });
  const found: Document[] = [];
  for (const entry of entries.sort((a, b) => a.name.localeCompare(b.name))) {
    const inside = join(path, entry.name);
    if (entry.isFile() && isDocument(entry.name)) found.push({ id: entry.name, file: inside });
    if (!entry.isDirectory()) continue;
    const all = (await readdir(inside)).filter(isDocument);
    const main = all.filter((name) => /^doc\.[^.]+$/.test(name));
    const files = main.length === 1 ? main : all;
    for (const name of files)
      found.push({ id: files.length === 1 ? entry.name : `${entry.name}-${name}`, file: join(inside, name) });
  }
  return found;
}

const isDocument = (name: string): boolean => /\.(?:pdf|xml|png|jpe?g|tiff?|webp|gif|heic)$/i.test(name);

async function readOne(reader: DocumentReader, { id, file }: Document, options: ReadOptions, io: Io): Promise<boolean> {
  try {
    const name = basename(file);
    const result = await reader.read(
      { name, mediaType: 'application/octet-stream', bytes: await readFile(file) },
      { onProgress: (note) => !options.json && io.err(`${basename(dirname(file))}/${name}: ${note}`) },
    );
    if (options.out)
      await writeFile(join(options.out, `${id}.json`), `${JSON.stringify(flatReading(result.invoice), null, 2)}\n`);
    const { pages, ...rest } = result;
    if (options.json) io.out(JSON.stringify({ file, ...rest, pages: pages.length }));
    else io.out(describe(file, result));
    return true;
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    io.err(error.message);
    return false;
  }
}

function describe(file: string, { kind, confidence, how, invoice, uncertain, findings }: ReadResult): string {
  const head = `${file}: ${kind} (${confidence}), read from ${how}${uncertain ? ', a person should look' : ''}`;
  if (!invoice) return head;
  const rows = FLAT_FIELDS.map(([name, path, of]) => [
    name,
    String(invoice.fields[path]?.confidence ?? ''),
    of(invoice) ?? '—',
  ]);
  const told = findings.map((finding) => `  ! ${finding.rule} ${JSON.stringify(finding.values)}`);
  return [head, table(['FIELD', 'SURE', 'VALUE'], rows), ...told, ''].join('\n');
}
