import { z } from 'zod';
import { defineFunction } from './define.ts';

export const mailboxFile = defineFunction({
  name: 'mailbox.file',
  summary: 'Moves a mail to another folder of its mailbox and records why, for example to quarantine.',
  kind: 'activity',
  capability: 'mail',
  with: z.strictObject({
    mailbox: z.string().describe('Name of a mailbox in the settings'),
    messageId: z.string(),
    content: z
      .string()
      .nullish()
      .describe('`content` of the mail: moves only this mail if others have the same Message-ID'),
    folder: z.enum(['processed', 'quarantine']),
    reason: z.string().optional().describe('Recorded in the audit trail and shown to the operator'),
  }),
  result: z.object({ folder: z.string(), moved: z.boolean().describe('False if it was already there') }),
  limits: { attemptMs: 60_000, attempts: 20 },
});
