import { type ParsedMail, simpleParser } from 'mailparser';
import nodemailer from 'nodemailer';
import type { FileContent } from '../../core/model/artefact.ts';
import { runMailServers, withClient } from './dovecot.ts';

const PLACE = {
  DATA_DIR: '/var/tmp/zaplecze-main-job-mail',
  SMTP_PORT: '17625',
  IMAP_PORT: '17643',
  IMAPS_PORT: '17693',
  LMTP_PORT: '17624',
  MAIL_DOMAIN: 'mail.test',
  MAIL_USERS: 'invoices bot anna arkusz murarek',
  MAIL_PASSWORD: 'secret',
};

/** A mail server on which the installation, its people and its suppliers all have their mailboxes. */
export type MailHouse = {
  smtpPort: number;
  imapPort: number;
  password: string;
  address(user: string): string;
  /** Sends a document to the invoice mailbox. */
  send(mail: { from: string; messageId: string; subject: string; attachment: FileContent }): Promise<void>;
  /** All mails of a user's folder. */
  read(user: string, folder?: string): Promise<ParsedMail[]>;
  stop(): void;
};

/** Starts Dovecot and Exim with empty mailboxes. */
export function startMailHouse(): MailHouse {
  runMailServers('stop', { ...PLACE, WIPE: '1' });
  runMailServers('start', PLACE);
  const smtpPort = Number(PLACE.SMTP_PORT);
  const imapPort = Number(PLACE.IMAP_PORT);
  const address = (user: string) => `${user}@${PLACE.MAIL_DOMAIN}`;
  return {
    smtpPort,
    imapPort,
    password: PLACE.MAIL_PASSWORD,
    address,
    async send({ from, messageId, subject, attachment: { name, mediaType, bytes } }) {
      const transport = nodemailer.createTransport({ host: '127.0.0.1', port: smtpPort, ignoreTLS: true });
      await transport.sendMail({
        from: address(from),
        to: address('invoices'),
        messageId,
        subject,
        text: 'Dzień dobry, faktura w załączniku.',
        attachments: [{ filename: name, contentType: mediaType, content: Buffer.from(bytes) }],
      });
      transport.close();
    },
    read: (user, folder = 'INBOX') => readFolder(address(user), folder, imapPort),
    stop: () => runMailServers('stop', { ...PLACE, WIPE: '1' }),
  };
}

function readFolder(user: string, folder: string, port: number): Promise<ParsedMail[]> {
  return withClient(
    user,
    async (client) => {
      const listed = await client.list();
      if (!listed.some(({ path }) => path === folder)) return [];
      const { exists } = await client.mailboxOpen(folder, { readOnly: true });
      const mails = exists === 0 ? [] : await client.fetchAll('1:*', { source: true });
      return Promise.all(mails.map(({ source }) => simpleParser(source ?? '')));
    },
    port,
  );
}
