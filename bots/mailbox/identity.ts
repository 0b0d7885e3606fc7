import { createHash } from 'node:crypto';
import type { ParsedMail } from 'mailparser';
import { MAX_MESSAGE_ID_CHARS } from './limits.ts';

/** Domain of Message-IDs that we make for mails without one (RFC 6761: never a real host). */
const SYNTHESISED_DOMAIN = 'no-message-id.invalid';
/** A Message-ID that mail programs, IMAP servers and databases take as it is: no blanks, no controls. */
const MESSAGE_ID = /<[^<>\s\p{C}]+>/u;

const sha256 = (content: string | Uint8Array): string => createHash('sha256').update(content).digest('hex');

/**
 * `sha256:` and the hash of what a mail says and carries: its texts and the files in it, nested mails as they are.
 * Headers do not count, so that a mail delivered again (RFC 5321, 4.4 adds trace lines) stays the same; blanks at line
 * ends do not either, since gateways change them when they encode a text anew.
 */
export function contentHash(mail: ParsedMail): string {
  const texts = [mail.text ?? '', mail.html || ''].map((text) => text.replace(/[^\S\n]*(\r?\n|$)/g, '\n').trimEnd());
  const files = mail.attachments.map((part) => sha256(part.content));
  return `sha256:${sha256(JSON.stringify([texts, files]))}`;
}

/** The first `<...>` of a header, or undefined: clients write several, comments, or nothing; some write what is none. */
export function cleanId(id: string | undefined): string | undefined {
  const found = id === undefined ? undefined : MESSAGE_ID.exec(id)?.[0];
  return found !== undefined && found.length <= MAX_MESSAGE_ID_CHARS ? found : undefined;
}

/** Message-ID for a mail without a usable one, made of what stays the same when it is delivered again. */
export function synthesiseMessageId(mail: ParsedMail, content: string): string {
  const date = mail.headerLines.find((header) => header.key === 'date')?.line ?? '';
  const sender = mail.from?.value[0]?.address ?? '';
  return `<${sha256(JSON.stringify([sender, date, mail.subject ?? '', content]))}@${SYNTHESISED_DOMAIN}>`;
}

/** Message-ID of raw bytes: of mails that cannot be parsed. Runs begun earlier name by it any mail without one. */
export function rawMessageId(raw: Uint8Array): string {
  return `<${sha256(raw)}@${SYNTHESISED_DOMAIN}>`;
}

/** True for a Message-ID that we made: the server cannot search for it. */
export function isSynthesised(messageId: string): boolean {
  return messageId.endsWith(`@${SYNTHESISED_DOMAIN}>`);
}
