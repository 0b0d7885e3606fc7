import { z } from 'zod';
import { RecordValue } from '../model/record-table.ts';
import { defineFunction } from './define.ts';

export const recordPut = defineFunction({
  name: 'record.put',
  summary: 'Adds or changes one row of a record table, once; refuses where somebody changed it since it was found.',
  kind: 'activity',
  capability: 'engine',
  with: z.strictObject({
    table: z.string().min(1).describe('Name of a record table, declared in records/<name>.yaml beside the definition'),
    values: z
      .record(z.string(), RecordValue)
      .describe('Columns that are set, with those of the key; a changed row keeps its others'),
    version: z
      .number()
      .int()
      .min(1)
      .nullish()
      .describe('Version of the row as record.find gave it. Without it, the row is new; one that is there is refused'),
    remove: z.boolean().default(false).describe('Takes the row out of the table; its history stays'),
  }),
  result: z.object({
    values: z.record(z.string(), RecordValue).describe('The whole row'),
    version: z.number().int(),
    outcome: z.enum(['added', 'changed', 'removed']),
  }),
  limits: { attemptMs: 30_000, attempts: 10 },
});
