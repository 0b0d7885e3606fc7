import { z } from 'zod';
import { defineFunction } from './define.ts';

/** What one call hands over fits into a history; a longer table is narrowed by `where`. */
export const MAX_ROWS_READ = 2000;

export const sheetRead = defineFunction({
  name: 'sheet.read',
  summary: 'Reads the rows of a spreadsheet (xlsx): all of them, or only those with certain values.',
  kind: 'activity',
  capability: 'mail',
  with: z.strictObject({
    file: z.string().describe('File name in the folder of sheets, for example receivables.xlsx'),
    sheet: z.string().optional().describe('Sheet name; by default, the first sheet'),
    columns: z
      .array(z.string().min(1))
      .min(1)
      .optional()
      .describe('Titles of the required columns; a missing one is reported. By default, all columns'),
    dates: z
      .array(z.string().min(1))
      .optional()
      .describe(
        'Titles of columns that hold dates; a cell with anything else is reported with its row. Cells may be empty',
      ),
    where: z
      .record(z.string(), z.string())
      .optional()
      .describe('Only rows with these values, by column title; empty text means an empty cell'),
  }),
  result: z.object({
    file: z.string(),
    sheet: z.string(),
    rows: z
      .array(z.record(z.string(), z.string()))
      .describe('Column title to text: amounts as 1234.50, dates as 2026-11-03, empty cells as empty text'),
  }),
  limits: { attemptMs: 60_000, attempts: 10 },
});
