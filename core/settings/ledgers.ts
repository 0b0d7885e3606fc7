import { z } from 'zod';
import { DatePattern } from '../model/date-pattern.ts';

/** How a target that imports files writes them. */
export const CsvDialect = z.strictObject({
  delimiter: z.string().length(1).default(';'),
  quote: z.string().length(1).default('"'),
  decimal: z.enum(['.', ',']).default(','),
  date: DatePattern.default('YYYY-MM-DD'),
  encoding: z.enum(['utf-8', 'windows-1250', 'windows-1252', 'iso-8859-2', 'ibm866']).default('windows-1250'),
  newline: z.enum(['crlf', 'lf']).default('crlf'),
  header: z.boolean().default(true),
});
export type CsvDialect = z.infer<typeof CsvDialect>;

/** What a column of an import file may hold, for each VAT rate of a posting. */
const CsvValue = z.enum([
  'reference',
  'number',
  'supplier',
  'supplierVatId',
  'issueDate',
  'saleDate',
  'dueDate',
  'currency',
  'account',
  'costCentre',
  'vatRate',
  'net',
  'vat',
  'gross',
  'description',
]);
export type CsvValue = z.infer<typeof CsvValue>;

/** Titles by which a Polish accounting program that imports text files usually knows its columns. */
const CSV_COLUMNS: Record<string, CsvValue> = {
  'Numer wewnętrzny': 'reference',
  'Numer faktury': 'number',
  Kontrahent: 'supplier',
  NIP: 'supplierVatId',
  'Data wystawienia': 'issueDate',
  'Data sprzedaży': 'saleDate',
  'Termin płatności': 'dueDate',
  Waluta: 'currency',
  Konto: 'account',
  MPK: 'costCentre',
  Stawka: 'vatRate',
  Netto: 'net',
  VAT: 'vat',
  Brutto: 'gross',
  Opis: 'description',
};

/** A target may import once an hour; an attempt waits at most this long and looks again later. */
const MAX_PATIENCE_SECONDS = 480;

const everyLedger = {
  account: z.string().optional().describe('Default expense account'),
  closedUntil: z.iso
    .date()
    .optional()
    .describe(
      'Last day of the closed period: nothing is booked up to this date. For ledgers that do not check it themselves',
    ),
};

export const LedgerSettings = z.discriminatedUnion('driver', [
  z.strictObject({ ...everyLedger, driver: z.literal('form'), form: z.string(), target: z.string() }),
  z.strictObject({
    ...everyLedger,
    driver: z.literal('tryton'),
    target: z
      .string()
      .describe('Target whose address is that of the database, for example https://books.example/acme/'),
    payable: z.string().describe('Code of the accounts payable account'),
    taxes: z.record(z.string(), z.string()).default({}).describe('Name of the tax by VAT rate; zw, np, oo need none'),
  }),
  z.strictObject({
    ...everyLedger,
    driver: z.literal('journal'),
    file: z.string().describe('Plain-text journal, relative to the state folder'),
    chart: z.string().optional().describe('File of `account` and `payee` directives; only these are then allowed'),
    account: z.string().default('Expenses:Purchases'),
    vatAccount: z.string().default('Assets:VAT receivable'),
    payable: z.string().default('Liabilities:Payable'),
  }),
  z.strictObject({
    ...everyLedger,
    driver: z.literal('csv'),
    folder: z.string().describe('Folder from which the target imports files, relative to the state folder'),
    dialect: CsvDialect.prefault({}),
    columns: z.record(z.string(), CsvValue).default(CSV_COLUMNS).describe('Data type of each column, in order'),
    acknowledged: z.string().default('.ok').describe('File extension with which the target confirms an import'),
    refused: z.string().default('.err').describe('File extension with which the target reports a failed import'),
    patience: z
      .number()
      .int()
      .min(1)
      .max(MAX_PATIENCE_SECONDS)
      .default(120)
      .describe('Seconds to wait for the acknowledgement in one attempt'),
  }),
]);
export type LedgerSettings = z.infer<typeof LedgerSettings>;
