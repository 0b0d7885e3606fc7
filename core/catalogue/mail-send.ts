import { z } from 'zod';
import { Artefact } from '../model/artefact.ts';
import { defineFunction } from './define.ts';

export const mailSend = defineFunction({
  name: 'mail.send',
  summary: 'Sends a mail, once per key; as a reply it stays in the thread.',
  kind: 'activity',
  capability: 'mail',
  with: z.strictObject({
    to: z.union([z.email(), z.array(z.email()).min(1)]),
    subject: z
      .string()
      .min(1)
      .optional()
      .describe('Without it: the template’s subject, or "Re:" and the subject answered'),
    template: z.string().optional().describe('Name of a mail text beside the definition, for example booked'),
    language: z.enum(['pl', 'en']).default('en'),
    values: z.record(z.string(), z.unknown()).default({}).describe('Values for the template'),
    text: z.string().optional().describe('Plain text, where no template is named'),
    replyTo: z
      .object({ messageId: z.string(), subject: z.string().optional(), references: z.array(z.string()).default([]) })
      .optional()
      .describe('The mail that this one answers'),
    attach: z.array(Artefact).default([]),
  }),
  result: z.object({ messageId: z.string(), accepted: z.array(z.string()), rejected: z.array(z.string()).default([]) }),
  limits: { attemptMs: 60_000, attempts: 20 },
});
