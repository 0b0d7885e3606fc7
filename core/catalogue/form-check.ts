import { z } from 'zod';
import { Artefact } from '../model/artefact.ts';
import { defineFunction } from './define.ts';
import { FORM_LIMITS } from './form-limits.ts';

export const formCheck = defineFunction({
  name: 'form.check',
  summary: 'Visits the target of a form file read-only and tells which of its fields are still found; for a schedule.',
  kind: 'activity',
  queued: true,
  capability: 'browser',
  with: z.strictObject({
    form: z.string().describe('Name of the form file, for example post-invoice'),
    target: z.string().optional().describe('Name of the target in the settings; without it, the one the form names'),
  }),
  result: z.object({
    ok: z.boolean().describe('True where every field that can be seen holds'),
    fields: z.array(
      z.object({
        field: z.string(),
        state: z
          .enum(['holds', 'drifted', 'missing', 'unclear', 'unseen'])
          .describe('unseen: reached only by filling and pressing'),
        why: z.string(),
      }),
    ),
    proof: z.array(Artefact).describe('Screenshots'),
  }),
  limits: FORM_LIMITS,
});
