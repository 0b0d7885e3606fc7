import { z } from 'zod';
import { defineFunction } from './define.ts';

export const sheetAppend = defineFunction({
  name: 'sheet.append',
  summary: 'Appends one row to a spreadsheet (xlsx), exactly once per key.',
  kind: 'activity',
  capability: 'mail',
  with: z.strictObject({
    file: z.string().describe('File name in the folder of sheets, for example register.xlsx'),
    sheet: z.string().optional().describe('Sheet name; by default, the first sheet'),
    key: z.string().min(1).describe('Key of the row; a row with this key is never written twice'),
    row: z
      .record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()]))
      .describe('Column title to value; amounts as decimal strings, dates as ISO 8601'),
  }),
  result: z.object({ file: z.string(), sheet: z.string(), row: z.number().int().describe('Row number, from 1') }),
  limits: { attemptMs: 60_000, attempts: 10 },
});
