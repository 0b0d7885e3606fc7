import { createHash } from 'node:crypto';
import { type AddressObject, type ParsedMail, simpleParser } from 'mailparser';
import { isAutomatic } from './automatic.ts';
import { type Gathered, gather } from './collect-files.ts';
import {
  MAX_HEADER_BYTES,
  MAX_HTML_CHARS,
  MAX_MAIL_BYTES,
  MAX_NESTED_MAILS,
  MAX_PARTS,
  MAX_REFERENCES,
  MAX_TEXT_CHARS,
} from './limits.ts';
import type { ReceivedMail } from './types.ts';
import { Unacceptable } from './unacceptable.ts';
import { errorText } from '../../core/model/errors.ts';

/** Domain of Message-IDs that we make for mails without one (RFC 6761: never a real host). */
const SYNTHESISED_DOMAIN = 'no-message-id.invalid';

/**
 * Parses a raw mail (RFC 5322, MIME). Files of nested mails come along, to a bounded depth.
 * Throws Unacceptable when a bound is passed or there is no sender to speak of.
 */
export async function parseMail(raw: Buffer, mailbox: string, receivedAt: Date): Promise<ReceivedMail> {
  if (raw.length > MAX_MAIL_BYTES) throw oversize(raw.length);
  const gathered: Gathered = { files: [], skipped: [], names: new Set() };
  const mail = await parse(raw);
  await gatherFiles(mail, gathered, 0);

  const sender = mail.from?.value[0];
  const email = sender?.address ?? sender?.group?.[0]?.address;
  if (!email) throw new Unacceptable('no-sender', 'the mail names no sender (From)');
  const text = mail.text?.slice(0, MAX_TEXT_CHARS).trim();
  const name = oneLine(sender?.name);
  return {
    mailbox,
    messageId: cleanId(mail.messageId) ?? synthesiseMessageId(raw),
    from: { email, ...(name !== '' && { name }) },
    to: addresses(mail.to),
    subject: oneLine(mail.subject),
    date: dateOf(mail, receivedAt),
    ...(text && { text }),
    ...(cleanId(mail.inReplyTo) !== undefined && { inReplyTo: cleanId(mail.inReplyTo) }),
    references: [mail.references ?? []]
      .flat()
      .flatMap((id) => cleanId(id) ?? [])
      .slice(-MAX_REFERENCES),
    automatic: isAutomatic(mail.headers, email),
    raw: { name: 'mail.eml', mediaType: 'message/rfc822', bytes: raw },
    attachments: gathered.files,
    skipped: gathered.skipped,
  };
}

/** Message-ID for a mail without one: the same bytes always get the same. */
export function synthesiseMessageId(raw: Uint8Array): string {
  return `<${createHash('sha256').update(raw).digest('hex')}@${SYNTHESISED_DOMAIN}>`;
}

/** True for a Message-ID made by `synthesiseMessageId`: the server cannot search for it. */
export function isSynthesised(messageId: string): boolean {
  return messageId.endsWith(`@${SYNTHESISED_DOMAIN}>`);
}

/** A mail beyond MAX_MAIL_BYTES, known by its size before it is even read. */
export function oversize(bytes: number): Unacceptable {
  return new Unacceptable('oversize', `the mail has ${megabytes(bytes)}, more than ${megabytes(MAX_MAIL_BYTES)}`);
}

function megabytes(bytes: number): string {
  return `${(bytes / 1024 / 1024).toFixed(1)} MB`;
}

async function parse(raw: Buffer): Promise<ParsedMail> {
  try {
    return await simpleParser(raw, {
      skipTextToHtml: true,
      skipImageLinks: true,
      keepCidLinks: true,
      ignoreEmbedded: true,
      checksumAlgo: false,
      maxHtmlLengthToParse: MAX_HTML_CHARS,
      maxHeadSize: MAX_HEADER_BYTES,
      maxChildNodes: MAX_PARTS,
    });
  } catch (error) {
    throw new Unacceptable('unreadable', `the mail cannot be parsed: ${errorText(error)}`, error);
  }
}

async function gatherFiles(mail: ParsedMail, gathered: Gathered, depth: number): Promise<void> {
  for (const part of mail.attachments) {
    if (part.contentType !== 'message/rfc822') {
      await gather(part, gathered);
      continue;
    }
    if (depth >= MAX_NESTED_MAILS) {
      throw new Unacceptable('nested-too-deep', `mails within mails, more than ${MAX_NESTED_MAILS} deep`);
    }
    await gatherFiles(await parse(part.content), gathered, depth + 1);
  }
}

function addresses(to: AddressObject | AddressObject[] | undefined): string[] {
  const entries = [to ?? []].flat().flatMap((object) => object.value);
  return entries.flatMap((entry) => [entry, ...(entry.group ?? [])]).flatMap((entry) => entry.address ?? []);
}

function dateOf(mail: ParsedMail, receivedAt: Date): string {
  // The parser answers "now" for a Date header that it cannot read: ask the line itself.
  const line = mail.headerLines.find((header) => header.key === 'date')?.line ?? '';
  const stated = new Date(line.slice(line.indexOf(':') + 1).trim());
  return (Number.isNaN(stated.getTime()) ? receivedAt : stated).toISOString();
}

/** The first `<...>` of a header, or undefined: clients write several, comments, or nothing. */
function cleanId(id: string | undefined): string | undefined {
  return id === undefined ? undefined : /<[^<>\s]+>/.exec(id)?.[0];
}

/** A header's text on one line, without control characters. */
function oneLine(text: string | undefined): string {
  return (text ?? '').replace(/[\p{Cc}\p{Zl}\p{Zp}\s]+/gu, ' ').trim();
}
