import { type AddressObject, type ParsedMail, simpleParser } from 'mailparser';
import { authenticationOf } from './authentication.ts';
import { isAutomatic } from './automatic.ts';
import { type Gathered, gather } from './collect-files.ts';
import { cleanId, contentHash, synthesiseMessageId } from './identity.ts';
import {
  MAX_ADDRESS_CHARS,
  MAX_HEADER_BYTES,
  MAX_HTML_CHARS,
  MAX_LINE_CHARS,
  MAX_MAIL_BYTES,
  MAX_NESTED_MAILS,
  MAX_PARTS,
  MAX_RECIPIENTS,
  MAX_REFERENCES,
  MAX_TEXT_CHARS,
} from './limits.ts';
import type { ReceivedMail } from './types.ts';
import { Unacceptable } from './unacceptable.ts';
import { errorText } from '../../core/model/errors.ts';
import { cutText, storable } from '../../core/model/text.ts';

/**
 * Parses a raw mail (RFC 5322, MIME). Files of nested mails come along, to a bounded depth.
 * `trusted`: authserv-id of the server whose word on the sender counts.
 * Throws Unacceptable when a bound is passed or there is no sender to speak of.
 */
export async function parseMail(
  raw: Buffer,
  mailbox: string,
  receivedAt: Date,
  trusted?: string,
): Promise<ReceivedMail> {
  if (raw.length > MAX_MAIL_BYTES) throw oversize(raw.length);
  const gathered: Gathered = { files: [], skipped: [], names: new Set() };
  const mail = await parse(raw);
  await gatherFiles(mail, gathered, 0);

  const sender = mail.from?.value[0];
  const email = sender?.address ?? sender?.group?.[0]?.address;
  if (!email) throw new Unacceptable('no-sender', 'the mail names no sender (From)');
  if (!isAddress(email)) throw new Unacceptable('bad-sender', 'the sender (From) is no mail address');
  const text = cutText(storable(mail.text ?? ''), MAX_TEXT_CHARS).trim();
  const name = oneLine(sender?.name);
  const content = contentHash(mail);
  const authentication = authenticationOf(mail, trusted);
  return {
    mailbox,
    messageId: cleanId(mail.messageId) ?? synthesiseMessageId(mail, content),
    content,
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
    ...(authentication && { authentication }),
    raw: { name: 'mail.eml', mediaType: 'message/rfc822', bytes: raw },
    attachments: gathered.files,
    skipped: gathered.skipped,
  };
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
  const all = entries.flatMap((entry) => [entry, ...(entry.group ?? [])]).flatMap((entry) => entry.address ?? []);
  return all.filter(isAddress).slice(0, MAX_RECIPIENTS);
}

function dateOf(mail: ParsedMail, receivedAt: Date): string {
  // The parser answers "now" for a Date header that it cannot read: ask the line itself.
  const line = mail.headerLines.find((header) => header.key === 'date')?.line ?? '';
  const stated = new Date(line.slice(line.indexOf(':') + 1).trim());
  return (Number.isNaN(stated.getTime()) ? receivedAt : stated).toISOString();
}

/** A header's text on one line, without control characters. */
function oneLine(text: string | undefined): string {
  const line = (text ?? '').toWellFormed().replace(/[\p{Cc}\p{Zl}\p{Zp}\s]+/gu, ' ');
  return cutText(line.trim(), MAX_LINE_CHARS);
}

/** What can be stored, shown and answered: bounded, without blanks and control characters. */
function isAddress(text: string): boolean {
  return text.length <= MAX_ADDRESS_CHARS && text.isWellFormed() && !/[\p{Cc}\s]/u.test(text);
}
