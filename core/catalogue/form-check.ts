import { z } from 'zod';
import { Artefact } from '../model/artefact.ts';
import { defineFunction } from './define.ts';
import { FORM_LIMITS } from './form-limits.ts';

export const formCheck = defineFunction({
  name: 'form.check',
  summary:
    'Visits the target of a form file read-only and reports which of its fields are still found; use it on a schedule.',
  kind: 'activity',
  queued: {
    target: ({ form, target }) => ({ form, target }),
    entry: ({ form }) => ({ reference: `${form} form.check`, title: `${form} · form.check`, priority: 'low' }),
  },
  capability: 'browser',
  with: z.strictObject({
    form: z.string().describe('Name of the form file, for example post-invoice'),
    target: z
      .string()
      .optional()
      .describe('Name of the target in the settings; by default, the one named in the form file'),
  }),
  result: z.object({
    ok: z.boolean().describe('True if every visible field was found'),
    fields: z.array(
      z.object({
        field: z.string(),
        state: z
          .enum(['holds', 'drifted', 'missing', 'unclear', 'unseen'])
          .describe('unseen: visible only after filling in or pressing something'),
        why: z.string(),
      }),
    ),
    proof: z.array(Artefact).describe('Screenshots'),
  }),
  limits: FORM_LIMITS,
});
