import { z } from 'zod';
import { RecordValue } from '../model/record-table.ts';
import { defineFunction } from './define.ts';

/** What one call hands over fits into a history. */
export const MAX_RECORDS_FOUND = 2000;

/** A row with what `record.put` needs to change it. */
export const FoundRecord = z.object({
  values: z.record(z.string(), RecordValue),
  version: z.number().int().describe('Increases with each change'),
  changedAt: z.string().describe('ISO 8601'),
  changedBy: z.string().describe('Run or person'),
});

export const recordFind = defineFunction({
  name: 'record.find',
  summary: 'Finds rows in one of the department’s record tables.',
  kind: 'activity',
  capability: 'engine',
  with: z.strictObject({
    table: z.string().min(1).describe('Name of a record table, declared in records/<name>.yaml beside the definition'),
    where: z
      .record(z.string(), RecordValue)
      .default({})
      .describe('Only rows with these values, by column; null means an empty cell'),
  }),
  result: z.object({
    records: z.array(FoundRecord).describe('In the order of their keys'),
    first: FoundRecord.optional().describe('The first of these rows; absent if there are none'),
  }),
  limits: { attemptMs: 30_000, attempts: 10 },
});
