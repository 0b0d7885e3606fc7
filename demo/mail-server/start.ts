import { join } from 'node:path';
import type { Message } from 'hoodiecrow-imap';
import { type MailUser, PersistentMailbox } from './persistent-mailbox.ts';
import { startSmtp } from './smtp.ts';

export type { MailUser } from './persistent-mailbox.ts';

export type MailServerOptions = {
  /** Folder of the state; made where absent. */
  dir: string;
  /** 0 takes a free port. */
  smtpPort: number;
  /** Port of the first user's mailbox; each further user has the next one. 0 takes free ports. */
  imapPort: number;
  users: readonly MailUser[];
  /** User who gets the mails to unknown addresses, as the outside world of the demo. Without it they are refused. */
  catchAll?: string;
};

/** A mail as it lies in a folder, unparsed. */
export type StoredMail = {
  uid: number;
  raw: Buffer;
  flags: string[];
  date: string;
  /** The same object for the same mail, as long as it lies in this folder. */
  source: object;
};

export type MailServer = {
  smtpPort: number;
  users: readonly string[];
  /** Port of a user's IMAP server: each has their own. */
  imapPort(email: string): number;
  folders(email: string): string[];
  /** Mails of a folder, newest first; none for a folder that is not there. */
  list(email: string, folder: string): StoredMail[];
  /** Notes that a person has opened a mail. */
  markSeen(email: string, folder: string, uid: number): void;
  /** Ends both servers. The state is on disk at any moment; closing only frees the ports. */
  close(): Promise<void>;
};

/**
 * Starts the demo's mail server on loopback: SMTP in, one IMAP mailbox for each user, in Node alone. Whatever it has
 * confirmed is on disk and there again after a crash. Rejects where a port is taken or the folder cannot be written.
 */
export async function startMailServer(options: MailServerOptions): Promise<MailServer> {
  const boxes = new Map<string, { box: PersistentMailbox; port: number }>();
  for (const [n, user] of options.users.entries()) {
    const box = new PersistentMailbox(user, join(options.dir, encodeURIComponent(user.email)));
    boxes.set(user.email, { box, port: await box.listen(options.imapPort === 0 ? 0 : options.imapPort + n) });
  }
  const boxOf = (email: string) => boxes.get(email.toLowerCase())?.box;
  const smtp = await startSmtp(options.smtpPort, {
    mailboxFor: (address) => boxOf(address) ?? boxOf(options.catchAll ?? ''),
  });
  return {
    smtpPort: smtp.port,
    users: [...boxes.keys()],
    imapPort: (email) => {
      const entry = boxes.get(email.toLowerCase());
      if (!entry) throw new Error(`the demo's mail server has no user ${email}`);
      return entry.port;
    },
    folders: (email) => boxOf(email)?.folders() ?? [],
    list: (email, folder) => (boxOf(email)?.messages(folder) ?? []).map(stored).reverse(),
    markSeen: (email, folder, uid) => boxOf(email)?.markSeen(folder, uid),
    close: async () => {
      await Promise.all([smtp.close(), ...[...boxes.values()].map(({ box }) => box.close())]);
    },
  };
}

function stored(message: Message): StoredMail {
  const { uid = 0, raw, flags = [], internaldate = '' } = message;
  return { uid, raw: Buffer.from(raw, 'binary'), flags, date: internaldate, source: message };
}
