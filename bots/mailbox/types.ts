import type { Authentication } from './authentication.ts';
import type { FileContent } from '../../core/model/artefact.ts';
import type { MailboxSettings } from '../../core/settings/mail.ts';

/** A mailbox of the settings, under its name there, with the password resolved. */
export type MailboxConnection = Omit<MailboxSettings, 'password'> & { name: string; password: string };

export type Folder = 'processed' | 'quarantine';

/** A mail as the rest of the product sees it: decoded, bounded, its files cleaned of what a sender may fake. */
export type ReceivedMail = {
  /** Name of the mailbox in the settings. */
  mailbox: string;
  /** With angle brackets. Where the mail has none that can be used: made of what it says, hence stable. */
  messageId: string;
  /** `sha256:` and the hash of its texts and files. With the Message-ID it tells which mail this is. */
  content: string;
  from: { name?: string; email: string };
  to: string[];
  subject: string;
  /** ISO 8601, UTC: the Date header, or the server's time of arrival where that header is missing or absurd. */
  date: string;
  text?: string;
  inReplyTo?: string;
  references: string[];
  /** True for bounces, absence notices, newsletters and other robots: never answer these (RFC 3834). */
  automatic: boolean;
  /** What the receiving server says of the sender, where the settings trust it. */
  authentication?: Authentication;
  raw: FileContent;
  attachments: FileContent[];
  /** What was left out on purpose, in words, for example `winmail.dat: Outlook's own format (TNEF)`. */
  skipped: string[];
};

/** One copy of a mail on the server: folder, UIDVALIDITY and UID (RFC 3501, 2.3.1.1). Two deliveries are two copies. */
export type MailCopy = string;

/** What is known of a mail that the watcher puts aside by itself. */
export type RefusedMail = { mailbox: string; messageId: string; copy: MailCopy; reason: string };

/** Takes mails over. Must be idempotent: after a crash the same mail is offered again. */
export type MailHandler = {
  /** Resolves once the mail is safe (stored, its run exists): only then it leaves the inbox. */
  accept(mail: ReceivedMail, copy: MailCopy): Promise<{ folder: Folder; reason?: string }>;
  /** Notes a mail that cannot be taken over at all, before it goes to quarantine. */
  refuse?(mail: RefusedMail): Promise<void>;
};

/** What happens in a watch, for logs, metrics and the live table. Carries no secrets. */
export type WatchEvent =
  | { type: 'connected'; mailbox: string; idle: boolean }
  | { type: 'disconnected'; mailbox: string; detail: string; retryInMs: number }
  | { type: 'authentication-failed'; mailbox: string; detail: string; retryInMs: number }
  | { type: 'uidvalidity-changed'; mailbox: string; from: string; to: string }
  | { type: 'filed'; mailbox: string; messageId: string; folder: Folder; reason?: string; by: 'handler' | 'watcher' }
  | { type: 'handler-failed'; mailbox: string; messageId: string; detail: string; attempt: number; retryInMs: number }
  /** Told by whoever keeps the trail: the mail is where it belongs, the entry about it is missing. */
  | { type: 'not-in-trail'; mailbox: string; messageId: string; detail: string };
