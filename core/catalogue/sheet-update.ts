import { z } from 'zod';
import { defineFunction } from './define.ts';

const Shown = z.record(z.string(), z.string());

export const sheetUpdate = defineFunction({
  name: 'sheet.update',
  summary:
    'Changes cells in one row of a spreadsheet (xlsx), found by its key; refuses if somebody has changed the row since.',
  kind: 'activity',
  capability: 'mail',
  with: z.strictObject({
    file: z.string().describe('File name in the folder of sheets, for example contracts.xlsx'),
    sheet: z.string().optional().describe('Sheet name; by default, the first sheet'),
    find: Shown.refine((cells) => Object.keys(cells).length > 0, 'name at least one column').describe(
      'Values that identify the row, by column title, for example { Number: "U/2026/7" }',
    ),
    was: Shown.refine((cells) => Object.keys(cells).length > 0, 'name at least one column').describe(
      'Values of the row when it was read, by column title: the row from sheet.read, or only the columns that matter',
    ),
    set: z
      .record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()]))
      .refine((cells) => Object.keys(cells).length > 0, 'name at least one column')
      .describe('Column title to new value; amounts as decimal strings, dates as ISO 8601, null empties the cell'),
  }),
  result: z.object({
    file: z.string(),
    sheet: z.string(),
    row: z.number().int().describe('Row number, from 1'),
    outcome: z.enum(['written', 'already-there']).describe('already-there: the row already had the new values'),
  }),
  limits: { attemptMs: 60_000, attempts: 10 },
});
