import { z } from 'zod';
import { defineFunction } from './define.ts';

const Shown = z.record(z.string(), z.string());

export const sheetUpdate = defineFunction({
  name: 'sheet.update',
  summary:
    'Changes cells of one row of a spreadsheet (xlsx), found by its key; refuses where somebody changed it since.',
  kind: 'activity',
  capability: 'mail',
  with: z.strictObject({
    file: z.string().describe('File name in the folder of sheets, for example contracts.xlsx'),
    sheet: z.string().optional().describe('Sheet name; without it, the first sheet'),
    find: Shown.refine((cells) => Object.keys(cells).length > 0, 'name at least one column').describe(
      'What the one row shows, by column title, for example { Number: "U/2026/7" }',
    ),
    was: Shown.refine((cells) => Object.keys(cells).length > 0, 'name at least one column').describe(
      'What the row showed when it was read, by column title: the row of sheet.read, or those columns that matter',
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
    outcome: z.enum(['written', 'already-there']).describe('already-there: the row showed the new values before'),
  }),
  limits: { attemptMs: 60_000, attempts: 10 },
});
