import type { FileContent } from '../../core/model/artefact.ts';
import type { SmtpSettings } from '../../core/settings/mail.ts';

/** The SMTP server of the settings, with the password resolved. */
export type MailerSettings = Omit<SmtpSettings, 'password' | 'dkim'> & {
  password?: string;
  /** `key`: the private key itself, PEM. */
  dkim?: SmtpSettings['dkim'];
};

/** A mail to send. Everything here may come from outside: it is checked and cleaned on the way. */
export type OutgoingMail = {
  /** With angle brackets, from `messageIdFor`: sending again after a crash then shows as the same mail. */
  messageId: string;
  to: string[];
  /** May be empty for a reply: then "Re:" and the subject answered. */
  subject?: string;
  text: string;
  /** Without it, HTML is made of the text. */
  html?: string;
  /** The mail that this one answers; keeps it in the thread. */
  replyTo?: { messageId: string; subject?: string; references?: string[] };
  attachments?: FileContent[];
  language?: 'pl' | 'en';
};

export type SendResult = { messageId: string; accepted: string[]; rejected: string[] };

export type Mailer = {
  /**
   * Sends one mail. Throws a business exception `mail-refused` when the server will never take it (no such mailbox,
   * too large), an application exception `communication` or `timeout` (retryable), `authentication` or `validation`.
   */
  send(message: OutgoingMail): Promise<SendResult>;
};
