import { z } from 'zod';
import { Artefact } from '../model/artefact.ts';
import { Priority } from '../model/queue.ts';
import { defineFunction } from './define.ts';
import { FORM_LIMITS } from './form-limits.ts';

export const formFill = defineFunction({
  name: 'form.fill',
  summary:
    'Fills in a legacy web form as its form file describes: looks first, writes once, reads back and keeps the proof.',
  kind: 'activity',
  queued: {
    target: ({ form, target }) => ({ form, target }),
    // One key in two forms is two records.
    entry: ({ form, key, priority, due }) => ({
      reference: `${form} ${key}`,
      title: `${form} · ${key}`,
      priority,
      due,
    }),
  },
  capability: 'browser',
  with: z.strictObject({
    form: z.string().describe('Name of the form file, for example post-invoice'),
    target: z
      .string()
      .optional()
      .describe('Name of the target in the settings; by default, the one named in the form file'),
    key: z.string().min(1).describe('Key that identifies the record in the target, so that it is never written twice'),
    values: z.record(z.string(), z.unknown()).describe('Values, by the names used in the form file'),
    priority: Priority.default('normal').describe(
      'Priority in the queue of the target; within a priority, the item due first goes first',
    ),
    due: z.iso.date().nullish().describe('Due date'),
  }),
  result: z.object({
    outcome: z.enum(['written', 'already-there']),
    confirmedBy: z
      .literal('person')
      .optional()
      .describe('The search did not show the record; a person looked and confirmed it'),
    record: z.string().optional().describe('Record number assigned by the target'),
    readBack: z.record(z.string(), z.string()).describe('Values read back from the target'),
    tables: z
      .record(z.string(), z.array(z.record(z.string(), z.string())))
      .optional()
      .describe('Tables and reports read, by name'),
    proof: z.array(Artefact).describe('Screenshots; if the page has changed, before and after, with a patch'),
    drift: z
      .array(
        z.object({ field: z.string(), lost: z.array(z.string()).describe('Locators that no longer find the field') }),
      )
      .describe('Fields found even though the page has changed since the form file was written'),
  }),
  // A slow legacy page with several round trips; each step heartbeats.
  limits: FORM_LIMITS,
});
