import { z } from 'zod';
import { Artefact } from '../model/artefact.ts';
import { ColumnKind, Encoding } from '../model/table.ts';
import { DatePattern } from '../model/date-pattern.ts';
import { defineFunction } from './define.ts';

/** What one call can be handed fits into a history; more goes into a file of its own. */
const MAX_ROWS_WRITTEN = 10_000;

export const tableWrite = defineFunction({
  name: 'table.write',
  summary: 'Writes rows to a file (xlsx or csv), to attach to a mail or put in a place; the file contains no formulas.',
  kind: 'activity',
  capability: 'mail',
  with: z.strictObject({
    name: z
      .string()
      .regex(/^[^/\\]+\.(xlsx|csv)$/, 'a file name that ends in .xlsx or .csv')
      .describe('The extension decides the format: report.xlsx or report.csv'),
    rows: z
      .array(z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])))
      .max(MAX_ROWS_WRITTEN)
      .describe('Column title to value; amounts as decimal strings, dates as ISO 8601'),
    columns: z
      .array(z.string().min(1))
      .min(1)
      .optional()
      .describe(
        'Titles in order; others are left out. By default, the titles of the rows in the order in which they occur',
      ),
    kinds: z
      .record(z.string(), ColumnKind)
      .default({})
      .describe('Column title to data type, if the type cannot be inferred from the values: an invoice number is text'),
    sheet: z.string().min(1).max(31).default('Sheet1').describe('Name of the sheet (xlsx only)'),
    dialect: z
      .strictObject({
        delimiter: z.string().length(1).default(';'),
        quote: z.string().length(1).default('"'),
        decimal: z.enum(['.', ',']).default(','),
        date: DatePattern.default('YYYY-MM-DD'),
        encoding: Encoding.exclude(['utf-16le', 'utf-16be']).default('utf-8'),
        newline: z.enum(['crlf', 'lf']).default('crlf'),
        header: z.boolean().default(true),
      })
      .prefault({})
      .describe('Format of a csv file'),
  }),
  result: z.object({ file: Artefact, rows: z.number().int() }),
  limits: { attemptMs: 60_000, attempts: 10 },
});
