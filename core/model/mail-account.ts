import { z } from 'zod';

/**
 * What became of a copy of a mail. `run`: runs were started. `twin`: a mail with the same Message-ID and content was
 * taken before. `reply`: it answers a mail of ours. `quarantine`: no automation wants it. `refused`: it cannot be taken.
 */
export const MailFate = z.enum(['run', 'twin', 'reply', 'quarantine', 'refused']);
export type MailFate = z.infer<typeof MailFate>;

/** What came into a mailbox, and where it went: `in` is the sum of all that follows up to `waiting`. */
export const MailAccount = z.object({
  mailbox: z.string(),
  in: z.number().int().describe('Copies of mails that were seen in the inbox'),
  runs: z.number().int().describe('Mails that started runs'),
  twins: z.number().int().describe('Mails with the Message-ID and the content of one that was taken before'),
  replies: z.number().int().describe('Replies to mails about approvals'),
  quarantine: z.number().int().describe('Mails that no automation wants'),
  refused: z.number().int().describe('Mails that cannot be read or kept; they are in quarantine too'),
  waiting: z.number().int().describe('Mails under way, or whose processing fails and is tried again'),
  folders: z
    .object({ processed: z.number().int(), quarantine: z.number().int() })
    .describe('Where the mails were filed; runs may have moved them since'),
});
export type MailAccount = z.infer<typeof MailAccount>;
