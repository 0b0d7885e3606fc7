import type { FetchMessageObject, ImapFlow } from 'imapflow';
import { applicationException } from '../../core/model/problem.ts';
import { folderPath, moveMessage } from './folders.ts';
import { HANDLE_TIMEOUT_MS, MAX_MAIL_BYTES } from './limits.ts';
import { cleanId, rawMessageId } from './identity.ts';
import { oversize, parseMail } from './parse-mail.ts';
import type { Folder, MailboxConnection, MailCopy, MailHandler, ReceivedMail } from './types.ts';
import { Unacceptable } from './unacceptable.ts';
import { errorText } from '../../core/model/errors.ts';

export type Filed = { messageId: string; folder: Folder; reason?: string; by: 'handler' | 'watcher' };

/** A failure that knows the mail it happened to. */
export class HandlingFailed extends Error {
  readonly messageId: string;

  constructor(messageId: string, cause: unknown) {
    super(errorText(cause), { cause });
    this.name = 'HandlingFailed';
    this.messageId = messageId;
  }
}

/**
 * Takes one message of the open folder through: read, parse, hand over, move. Undefined when another client has taken
 * it meanwhile. Throws HandlingFailed when it stays in the inbox and has to be tried again.
 */
export async function handleMessage(
  client: ImapFlow,
  settings: MailboxConnection,
  uid: number,
  handler: MailHandler,
): Promise<Filed | undefined> {
  const head = await client.fetchOne(String(uid), { size: true, envelope: true, internalDate: true }, { uid: true });
  if (!head) return undefined;
  const fallbackId = cleanId(head.envelope?.messageId) ?? `uid ${uid}`;
  const copy = copyOf(client, settings, uid);
  try {
    const mail = await read(client, settings, head);
    if (mail === undefined) return undefined;
    const filed =
      mail instanceof Refused
        ? await refuse(mail, { mailbox: settings.name, fallbackId, copy }, handler)
        : await handOver(mail, copy, handler);
    // Noted on the message only when it went aside: a reason on a processed mail is for the audit trail.
    const noted = filed.folder === 'quarantine' ? filed.keyword : undefined;
    await moveMessage(client, uid, folderPath(settings, filed.folder), noted);
    const { keyword: _, ...rest } = filed;
    return rest;
  } catch (error) {
    throw new HandlingFailed(fallbackId, error);
  }
}

type Keyworded = Filed & { keyword?: string };

/** A mail that the watcher itself puts aside, with what is known of it. */
class Refused {
  readonly cause: Unacceptable;
  readonly raw: Buffer | undefined;

  constructor(cause: Unacceptable, raw?: Buffer) {
    this.cause = cause;
    this.raw = raw;
  }
}

async function read(
  client: ImapFlow,
  settings: MailboxConnection,
  head: FetchMessageObject,
): Promise<ReceivedMail | Refused | undefined> {
  if ((head.size ?? 0) > MAX_MAIL_BYTES) return new Refused(oversize(head.size ?? 0));
  const message = await client.fetchOne(String(head.uid), { source: true }, { uid: true });
  if (!message || !message.source) return undefined;
  try {
    return await parseMail(
      message.source,
      settings.name,
      new Date(head.internalDate ?? Date.now()),
      settings.authenticatedBy,
    );
  } catch (error) {
    if (error instanceof Unacceptable) return new Refused(error, message.source);
    throw error;
  }
}

async function refuse(
  mail: Refused,
  { mailbox, fallbackId, copy }: { mailbox: string; fallbackId: string; copy: MailCopy },
  handler: MailHandler,
): Promise<Keyworded> {
  const messageId = fallbackId.startsWith('<') || !mail.raw ? fallbackId : rawMessageId(mail.raw);
  const { message: reason, code: keyword } = mail.cause;
  await handler.refuse?.({ mailbox, messageId, copy, reason });
  return { messageId, folder: 'quarantine', reason, keyword, by: 'watcher' };
}

async function handOver(mail: ReceivedMail, copy: MailCopy, handler: MailHandler): Promise<Keyworded> {
  const { folder, reason } = await withinTime(handler.accept(mail, copy));
  return { messageId: mail.messageId, folder, ...(reason && { reason, keyword: reason }), by: 'handler' };
}

/** Written as in RFC 5092, which names messages the same way. */
function copyOf(client: ImapFlow, settings: MailboxConnection, uid: number): MailCopy {
  const validity = client.mailbox ? client.mailbox.uidValidity : 0;
  return `${settings.folder};UIDVALIDITY=${validity}/;UID=${uid}`;
}

/** A handler that never answers must not hold up the mails behind it; it is idempotent, so it may be asked again. */
async function withinTime<T>(work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    const detail = `the handler gave no answer within ${HANDLE_TIMEOUT_MS / 1000} s`;
    timer = setTimeout(() => reject(applicationException('timeout', detail)), HANDLE_TIMEOUT_MS);
  });
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
}
