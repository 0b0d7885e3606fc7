import { z } from 'zod';
import { Artefact } from '../model/artefact.ts';
import { defineFunction } from './define.ts';

export const mailSend = defineFunction({
  name: 'mail.send',
  summary: 'Sends a mail exactly once per key; a reply stays in its thread.',
  kind: 'activity',
  capability: 'mail',
  with: z.strictObject({
    to: z.union([z.email(), z.array(z.email()).min(1)]),
    subject: z
      .string()
      .min(1)
      .optional()
      .describe('Default: the subject of the template, or "Re:" and the subject of the original mail'),
    template: z.string().optional().describe('Name of a mail text beside the definition, for example booked'),
    language: z.enum(['pl', 'en']).default('en'),
    values: z.record(z.string(), z.unknown()).default({}).describe('Values for the template'),
    text: z.string().optional().describe('Plain text, if no template is named'),
    replyTo: z
      .object({ messageId: z.string(), subject: z.string().optional(), references: z.array(z.string()).default([]) })
      .optional()
      .describe('The mail to which this one replies'),
    attach: z.array(Artefact).default([]),
  }),
  result: z.object({ messageId: z.string(), accepted: z.array(z.string()), rejected: z.array(z.string()).default([]) }),
  limits: { attemptMs: 60_000, attempts: 20 },
});
