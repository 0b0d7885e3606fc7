import { z } from 'zod';
import { FileSource } from '../model/file-source.ts';
import { ColumnKind, FixedColumn, TableDialect, TableFault } from '../model/table.ts';
import { defineFunction } from './define.ts';
import { MAX_ROWS_READ } from './sheet-read.ts';

export const tableRead = defineFunction({
  name: 'table.read',
  summary: 'Reads the rows of a table in a file (xlsx, ods, csv or fixed width), with types and the row of each fault.',
  kind: 'activity',
  capability: 'mail',
  with: z.strictObject({
    file: FileSource.describe('A stored file such as an attachment, or the name of a file in the folder of sheets'),
    sheet: z.string().optional().describe('Sheet of a workbook; without it, the first one'),
    dialect: TableDialect.prefault({}).describe('How a text file writes its rows; found by looking where left out'),
    titles: z.boolean().default(true).describe('False: the file has no row of titles; `columns` names them in order'),
    fixed: z
      .array(FixedColumn)
      .min(1)
      .optional()
      .describe('Columns of a text file of fixed width, which has no titles'),
    columns: z
      .array(z.string().min(1))
      .min(1)
      .optional()
      .describe('Titles of the columns that are needed; a missing one is reported. Without it, all columns'),
    kinds: z
      .record(z.string(), ColumnKind)
      .default({})
      .describe('Column title to what it holds: a cell with anything else is a fault. Without one, text'),
    required: z.array(z.string().min(1)).default([]).describe('Titles of columns whose cells may not be empty'),
    where: z
      .record(z.string(), z.string())
      .default({})
      .describe('Only rows that show this, by column title; an empty text means an empty cell'),
    faults: z
      .enum(['refuse', 'report'])
      .default('refuse')
      .describe('refuse: a fault is a business exception. report: rows with faults are left out and listed'),
    rowNumber: z.string().min(1).optional().describe('Name under which each row carries its number in the file'),
    after: z.number().int().min(0).default(0).describe('Only rows after this one: `next` of the call before'),
    limit: z
      .number()
      .int()
      .min(1)
      .max(MAX_ROWS_READ)
      .optional()
      .describe('At most so many rows; `next` says where to go on. Without it, a longer table is refused'),
  }),
  result: z.object({
    name: z.string().describe('Name of the file'),
    format: z.enum(['xlsx', 'ods', 'csv', 'fixed']),
    sheet: z.string().optional(),
    encoding: z.string().optional().describe('Of a text file: the one it was read in'),
    delimiter: z.string().optional(),
    columns: z.array(z.string()).describe('Titles of the columns, in their order'),
    rows: z
      .array(z.record(z.string(), z.union([z.string(), z.boolean(), z.number()])))
      .describe(
        'Column title to value: amounts as 1234.50, money as "1234.50 PLN", dates as 2026-11-03, yesNo as true',
      ),
    faults: z.array(TableFault).describe('The first of them; `faultCount` says how many there are'),
    faultCount: z.number().int(),
    next: z.number().int().optional().describe('Present where rows are left: the value of `after` for the next call'),
  }),
  // A csv of a million rows is walked through within seconds; each 10,000 rows heartbeat.
  limits: { attemptMs: 5 * 60_000, heartbeatMs: 60_000, attempts: 5 },
});
