import { z } from 'zod';
import { DatePattern } from './date-pattern.ts';

/** What a column of a table holds. */
export const ColumnKind = z.enum(['text', 'number', 'amount', 'money', 'date', 'yesNo']);
export type ColumnKind = z.infer<typeof ColumnKind>;

/** Encodings of text files; all of the WHATWG standard. */
export const Encoding = z.enum([
  'utf-8',
  'utf-16le',
  'utf-16be',
  'windows-1250',
  'windows-1252',
  'iso-8859-1',
  'iso-8859-2',
  'ibm866',
]);
export type Encoding = z.infer<typeof Encoding>;

/** How a text file writes its rows. What is left out is found by looking at the file. */
export const TableDialect = z.strictObject({
  delimiter: z
    .string()
    .length(1)
    .optional()
    .describe('Separator between cells; by default, whichever of ; tab | , fits'),
  quote: z.string().length(1).default('"'),
  encoding: Encoding.optional().describe('Default: UTF-8 or UTF-16 if the bytes are valid, otherwise windows-1250'),
  decimal: z.enum(['.', ',']).optional().describe('Without it, an ambiguous amount such as 1,234 is a fault'),
  date: DatePattern.optional().describe('Default: 2026-11-03 and 03.11.2026'),
});
export type TableDialect = z.infer<typeof TableDialect>;

/** One column of a file without delimiters: characters from `start` (the first is 1), `length` of them. */
export const FixedColumn = z.strictObject({
  title: z.string().min(1),
  start: z.number().int().min(1),
  length: z.number().int().min(1),
});
export type FixedColumn = z.infer<typeof FixedColumn>;

/** What is wrong with a cell or a row, by its number in the file as people count: the first row is 1. */
export const TableFault = z.object({
  row: z.number().int(),
  column: z.string().optional(),
  value: z.string().optional().describe('Content of the cell, shortened'),
  detail: z.string(),
});
export type TableFault = z.infer<typeof TableFault>;
