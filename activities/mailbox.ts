import { fileMail } from '../bots/mailbox/index.ts';
import type { MailboxConnection } from '../bots/mailbox/types.ts';
import { mailboxFile } from '../core/catalogue/mailbox-file.ts';
import type { Mails } from '../store/mails.ts';
import { activity } from './activity.ts';

export type MailboxDependencies = {
  /** The connection of a mailbox of the settings, with its password resolved. */
  mailbox: (name: string) => Promise<MailboxConnection>;
  audit: {
    append(entry: { actor: string; action: string; run?: string; details: Record<string, unknown> }): Promise<number>;
  };
  /** The account of the mailbox. */
  mails: Pick<Mails, 'moved'>;
};

/** `mailbox.file`: moves a mail and puts the reason onto the record. */
export function createMailboxActivities({ mailbox, audit, mails }: MailboxDependencies) {
  return {
    [mailboxFile.name]: activity(mailboxFile, async (args, { call }) => {
      // Mails of runs that began in an earlier release have no hash of their content.
      const mail = { ...args, content: args.content ?? undefined };
      const connection = await mailbox(args.mailbox);
      const { folder, moved } = await fileMail(connection, mail);
      await mails.moved(mail, args.folder);
      const details = { mailbox: args.mailbox, messageId: args.messageId, reason: args.reason ?? null };
      if (moved) await audit.append({ actor: 'bot:mailbox', action: `mail.${args.folder}`, run: call.run, details });
      return { folder, moved };
    }),
  };
}
