import { z } from 'zod';
import { FileSource } from '../model/file-source.ts';
import { ColumnKind, FixedColumn, TableDialect, TableFault } from '../model/table.ts';
import { defineFunction } from './define.ts';
import { MAX_ROWS_READ } from './sheet-read.ts';

export const tableRead = defineFunction({
  name: 'table.read',
  summary:
    'Reads the rows of a table in a file (xlsx, ods, csv or fixed width) with their types, and reports faults by row.',
  kind: 'activity',
  capability: 'mail',
  with: z.strictObject({
    file: FileSource.describe(
      'A stored file such as an attachment, a file of a place, or the name of a file in the folder of sheets',
    ),
    sheet: z.string().optional().describe('Sheet name; by default, the first sheet'),
    dialect: TableDialect.prefault({}).describe('Format of the rows in a text file; detected if left out'),
    titles: z
      .boolean()
      .default(true)
      .describe('False: the file has no title row; `columns` names the columns in order'),
    fixed: z.array(FixedColumn).min(1).optional().describe('Columns of a fixed-width text file, which has no titles'),
    columns: z
      .array(z.string().min(1))
      .min(1)
      .optional()
      .describe('Titles of the required columns; a missing one is reported. By default, all columns'),
    kinds: z
      .record(z.string(), ColumnKind)
      .default({})
      .describe('Column title to data type; a cell that does not fit is a fault. By default, text'),
    required: z.array(z.string().min(1)).default([]).describe('Titles of columns whose cells must not be empty'),
    where: z
      .record(z.string(), z.string())
      .default({})
      .describe('Only rows with these values, by column title; empty text means an empty cell'),
    faults: z
      .enum(['refuse', 'report'])
      .default('refuse')
      .describe('refuse: a fault raises a business exception. report: rows with faults are left out and listed'),
    rowNumber: z.string().min(1).optional().describe('Name of the column that holds each row’s number in the file'),
    after: z.number().int().min(0).default(0).describe('Only rows after this one: `next` of the previous call'),
    limit: z
      .number()
      .int()
      .min(1)
      .max(MAX_ROWS_READ)
      .optional()
      .describe(
        'Maximum number of rows; `next` says where to continue. Without it, a table that is too long is refused',
      ),
  }),
  result: z.object({
    name: z.string().describe('Name of the file'),
    format: z.enum(['xlsx', 'ods', 'csv', 'fixed']),
    sheet: z.string().optional(),
    encoding: z.string().optional().describe('For a text file: the encoding it was read in'),
    delimiter: z.string().optional(),
    columns: z.array(z.string()).describe('Titles of the columns, in order'),
    rows: z
      .array(z.record(z.string(), z.union([z.string(), z.boolean(), z.number()])))
      .describe(
        'Column title to value: amounts as 1234.50, money as "1234.50 PLN", dates as 2026-11-03, yesNo as true',
      ),
    faults: z.array(TableFault).describe('The first faults; `faultCount` is their total number'),
    faultCount: z.number().int(),
    next: z.number().int().optional().describe('Present if rows are left: the value of `after` for the next call'),
  }),
  // A csv of a million rows is walked through within seconds; each 10,000 rows heartbeat.
  limits: { attemptMs: 5 * 60_000, heartbeatMs: 60_000, attempts: 5 },
});
