import { z } from 'zod';
import { RecordValue } from '../model/record-table.ts';
import { defineFunction } from './define.ts';

export const recordPut = defineFunction({
  name: 'record.put',
  summary: 'Adds or changes one row of a record table, once; refuses if somebody has changed it since it was found.',
  kind: 'activity',
  capability: 'engine',
  with: z.strictObject({
    table: z.string().min(1).describe('Name of a record table, declared in records/<name>.yaml beside the definition'),
    values: z
      .record(z.string(), RecordValue)
      .describe('Columns to set, including the key columns; an existing row keeps its other values'),
    version: z
      .number()
      .int()
      .min(1)
      .nullish()
      .describe('Version of the row from record.find. Without it, the row is new; if it already exists, it is refused'),
    remove: z.boolean().default(false).describe('Removes the row from the table; its history is kept'),
  }),
  result: z.object({
    values: z.record(z.string(), RecordValue).describe('The whole row'),
    version: z.number().int(),
    outcome: z.enum(['added', 'changed', 'removed']),
  }),
  limits: { attemptMs: 30_000, attempts: 10 },
});
