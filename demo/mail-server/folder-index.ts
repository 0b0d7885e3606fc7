import { z } from 'zod';

/** What the disk knows of one folder; the mails themselves are .eml files beside it. */
export const FolderIndex = z.object({
  path: z.string(),
  uidValidity: z.number().int(),
  uidNext: z.number().int(),
  messages: z.array(
    z.object({ uid: z.number().int(), file: z.string(), flags: z.array(z.string()), date: z.string() }),
  ),
});
export type FolderIndex = z.infer<typeof FolderIndex>;
