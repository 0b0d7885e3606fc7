import type { ImapFlow } from 'imapflow';
import { applicationException, businessException } from '../../core/model/problem.ts';
import { classify, connect, disconnect } from './connect.ts';
import { ensureFolder, folderPath, moveMessage } from './folders.ts';
import { MAX_HASH_SEARCH, MAX_MAIL_BYTES } from './limits.ts';
import { isSynthesised, rawMessageId } from './identity.ts';
import { parseMail } from './parse-mail.ts';
import type { Folder, MailboxConnection } from './types.ts';

/** Which mail: by Message-ID, and by content where that is known (a Message-ID may name several). */
export type MailName = { messageId: string; content?: string | undefined };

/**
 * Moves a mail to one of the mailbox's folders, wherever among inbox, processed and quarantine it lies, and notes the
 * reason as an IMAP keyword where permitted. Doing it again moves nothing (`moved: false`).
 * Throws a business exception `mail-not-found`, or an application exception when the server fails.
 */
export async function fileMail(
  connection: MailboxConnection,
  request: MailName & { folder: Folder; reason?: string | undefined },
): Promise<{ folder: string; moved: boolean }> {
  const target = folderPath(connection, request.folder);
  const client = await connect(connection);
  try {
    await ensureFolder(client, target);
    const others = [connection.folder, connection.processed, connection.quarantine].filter((path) => path !== target);
    let moved = false;
    for (const path of others) {
      for (const uid of await findInFolder(client, path, request)) {
        await moveMessage(client, uid, target, request.reason);
        moved = true;
      }
    }
    if (moved || (await findInFolder(client, target, request)).length > 0) return { folder: target, moved };
  } catch (error) {
    throw classify(error, connection);
  } finally {
    await disconnect(client);
  }
  const detail = `mailbox ${connection.name} holds no mail ${request.messageId} in ${connection.folder}, ${connection.processed} or ${connection.quarantine}`;
  throw businessException('mail-not-found', detail);
}

/** UIDs of the mail in that folder, which is open afterwards. A folder that does not exist holds nothing. */
async function findInFolder(client: ImapFlow, path: string, mail: MailName): Promise<number[]> {
  const listed = await client.list({ listOnly: true });
  if (!listed.some((entry) => entry.path.toLowerCase() === path.toLowerCase())) return [];
  await client.mailboxOpen(path);
  if (isSynthesised(mail.messageId)) return findByHash(client, mail);
  const uids = await client.search({ header: { 'message-id': mail.messageId }, deleted: false }, { uid: true });
  if (!uids) throw applicationException('communication', `the server refused to search folder ${path}`);
  // HEADER matches any part of the value (RFC 3501): `<1@a>` must not move what answers to `<x<1@a>`.
  const exact: number[] = [];
  for (const uid of uids) {
    const message = await client.fetchOne(String(uid), { envelope: true }, { uid: true });
    if (!message || !message.envelope?.messageId?.includes(mail.messageId)) continue;
    if (mail.content === undefined || (await isIt(client, uid, mail))) exact.push(uid);
  }
  return exact;
}

/** Finds a mail without a usable Message-ID: among those that have none first, then among all, newest first. */
async function findByHash(client: ImapFlow, mail: MailName): Promise<number[]> {
  const seen = new Set<number>();
  for (const which of [{ not: { header: { 'message-id': true } }, deleted: false }, { deleted: false }]) {
    const found = await client.search(which, { uid: true });
    for (const uid of (found || []).slice(-MAX_HASH_SEARCH).reverse()) {
      if (!seen.has(uid) && (await isIt(client, uid, mail))) return [uid];
      seen.add(uid);
    }
  }
  return [];
}

/** Whether a message is the mail that is meant, by what it says. What is too large or cannot be parsed was never taken. */
async function isIt(client: ImapFlow, uid: number, { messageId, content }: MailName): Promise<boolean> {
  const head = await client.fetchOne(String(uid), { size: true }, { uid: true });
  if (!head || (head.size ?? 0) > MAX_MAIL_BYTES) return false;
  const message = await client.fetchOne(String(uid), { source: true }, { uid: true });
  if (!message || !message.source) return false;
  if (rawMessageId(message.source) === messageId) return true;
  const mail = await parseMail(message.source, '', new Date(0)).catch(() => undefined);
  return mail?.messageId === messageId && (content === undefined || mail.content === content);
}
