import { z } from 'zod';
import { Artefact } from '../model/artefact.ts';
import { Priority } from '../model/queue.ts';
import { defineFunction } from './define.ts';
import { FORM_LIMITS } from './form-limits.ts';

export const formFill = defineFunction({
  name: 'form.fill',
  summary: 'Fills a legacy web form as its form file describes: looks first, writes once, reads back, keeps the proof.',
  kind: 'activity',
  queued: true,
  capability: 'browser',
  with: z.strictObject({
    form: z.string().describe('Name of the form file, for example post-invoice'),
    target: z.string().optional().describe('Name of the target in the settings; without it, the one the form names'),
    key: z.string().min(1).describe('What identifies the record in the target, so that it is never written twice'),
    values: z.record(z.string(), z.unknown()).describe('Values by the names that the form file uses'),
    priority: Priority.default('normal').describe(
      'Place in the queue of the target; within it, what is due sooner goes first',
    ),
    due: z.iso.date().nullish().describe('When it is due'),
  }),
  result: z.object({
    outcome: z.enum(['written', 'already-there']),
    record: z.string().optional().describe('Record number that the target gave'),
    readBack: z.record(z.string(), z.string()).describe('Values read back from the target'),
    tables: z
      .record(z.string(), z.array(z.record(z.string(), z.string())))
      .optional()
      .describe('Tables and reports that were read, by name'),
    proof: z.array(Artefact).describe('Screenshots; where the page has changed, before and after, and a patch'),
    drift: z
      .array(z.object({ field: z.string(), lost: z.array(z.string()).describe('Ways that no longer lead there') }))
      .describe('Fields that were found although the page has changed since the form file was written'),
  }),
  // A slow legacy page with several round trips; each step heartbeats.
  limits: FORM_LIMITS,
});
