import { mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import {
  createDocumentReader,
  drawBoxes,
  isSure,
  type DocumentReader,
  type ReadPart,
} from '../../bots/documents/index.ts';
import type { Invoice } from '../../core/model/invoice.ts';
import { ProblemError } from '../../core/model/problem.ts';
import { secondReaderFolder } from '../../installation/tools/second-reader.ts';
import { homeDir } from '../../installation/home.ts';
import { openSecrets } from '../../installation/secrets.ts';
import { EXIT, table, type Io } from '../io.ts';

export type ReadOptions = {
  json?: boolean;
  out?: string;
  boxes?: string;
  password?: string;
  secondReader?: boolean;
};

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
 * With `--boxes page.png`, each page with what was read where: page.png, page-2.png and so on.
 */
export async function runRead(paths: readonly string[], options: ReadOptions, io: Io): Promise<number> {
  const documents = (await Promise.all(paths.map(documentsAt))).flat();
  if (documents.length === 0) io.err(`no document found in ${paths.join(', ')}: expected PDF, XML or images`);
  if (options.out) await mkdir(options.out, { recursive: true });
  const secondReader = options.secondReader ? secondReaderFolder : undefined;
  const reader = createDocumentReader({ secondReader });
  if (!options.json) io.err(`second reader: ${secondReader === undefined ? 'off' : 'on'}`);
  let [failed, drawn] = [0, 0];
  try {
    for (const document of documents) {
      const found = await readOne(reader, document, options, io);
      if (!found) failed += 1;
      for (const part of found ?? []) drawn = await writeBoxes(part, options.boxes, drawn);
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

/** Reads a file: its documents, or undefined where it cannot be read. */
async function readOne(
  reader: DocumentReader,
  { id, file }: Document,
  options: ReadOptions,
  io: Io,
): Promise<ReadPart[] | undefined> {
  try {
    const name = basename(file);
    const passwords = options.password === undefined ? [] : [await openSecrets(homeDir()).get(options.password)];
    const { others, ...first } = await reader.read(
      { name, mediaType: 'application/octet-stream', bytes: await readFile(file) },
      { passwords, onProgress: (note) => !options.json && io.err(`${basename(dirname(file))}/${name}: ${note}`) },
    );
    const found = [first, ...others];
    for (const [index, { pages, ...rest }] of found.entries()) {
      const own = index === 0 ? id : `${id}-${index + 1}`;
      if (options.out)
        await writeFile(join(options.out, `${own}.json`), `${JSON.stringify(flatReading(rest.invoice), null, 2)}\n`);
      if (options.json) io.out(JSON.stringify({ file, ...rest, pages: pages.length }));
      else io.out(describe(found.length > 1 ? `${file} (${index + 1} of ${found.length})` : file, { ...rest, pages }));
    }
    return found;
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    io.err(error.message);
    return undefined;
  }
}

/** Writes the pages of a document with their boxes; the number of pages written so far goes into their names. */
async function writeBoxes(part: ReadPart, target: string | undefined, drawn: number): Promise<number> {
  if (target === undefined) return drawn;
  const pages = await drawBoxes(part);
  for (const [index, png] of pages.entries()) {
    const number = drawn + index + 1;
    await writeFile(number === 1 ? target : target.replace(/(?:\.png)?$/i, `-${number}.png`), png);
  }
  return drawn + pages.length;
}

function describe(file: string, { kind, confidence, how, invoice, uncertain, findings }: ReadPart): string {
  const head = `${file}: ${kind} (${confidence}), read from ${how}${uncertain ? ', needs checking' : ''}`;
  if (!invoice) return head;
  const rows = FLAT_FIELDS.map(([name, path, of]) => [
    name,
    String(invoice.fields[path]?.confidence ?? ''),
    of(invoice) ?? '—',
  ]);
  const lines = invoice.lines.map((line, index) => [
    String(index + 1),
    String(invoice.fields[`lines.${index}`]?.confidence ?? ''),
    line.name ?? '—',
    [line.quantity, line.unit].filter(Boolean).join(' '),
    line.unitPrice ?? '',
    line.net ?? line.gross ?? '',
    line.vatRate ?? '',
  ]);
  const items = lines.length > 0 ? [table(['LINE', 'SURE', 'NAME', 'QUANTITY', 'PRICE', 'AMOUNT', 'VAT'], lines)] : [];
  const told = findings.map((finding) => `  ! ${finding.rule} ${JSON.stringify(finding.values)}`);
  return [head, table(['FIELD', 'SURE', 'VALUE'], rows), ...items, ...told, ''].join('\n');
}
