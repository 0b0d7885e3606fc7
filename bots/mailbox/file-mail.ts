import type { ImapFlow } from 'imapflow';
import { applicationException, businessException } from '../../core/model/problem.ts';
import { classify, connect, disconnect } from './connect.ts';
import { ensureFolder, folderPath, moveMessage } from './folders.ts';
import { MAX_HASH_SEARCH, MAX_MAIL_BYTES } from './limits.ts';
import { isSynthesised, synthesiseMessageId } from './parse-mail.ts';
import type { Folder, MailboxConnection } from './types.ts';

/**
 * Moves a mail to one of the mailbox's folders, wherever among inbox, processed and quarantine it lies, and notes the
 * reason as an IMAP keyword where permitted. Doing it again moves nothing (`moved: false`).
 * Throws a business exception `mail-not-found`, or an application exception when the server fails.
 */
export async function fileMail(
  connection: MailboxConnection,
  request: { messageId: string; folder: Folder; reason?: string },
): Promise<{ folder: string; moved: boolean }> {
  const target = folderPath(connection, request.folder);
  const client = await connect(connection);
  try {
    await ensureFolder(client, target);
    const others = [connection.folder, connection.processed, connection.quarantine].filter((path) => path !== target);
    let moved = false;
    for (const path of others) {
      for (const uid of await findInFolder(client, path, request.messageId)) {
        await moveMessage(client, uid, target, request.reason);
        moved = true;
      }
    }
    if (moved || (await findInFolder(client, target, request.messageId)).length > 0) return { folder: target, moved };
  } catch (error) {
    throw classify(error, connection);
  } finally {
    await disconnect(client);
  }
  const detail = `mailbox ${connection.name} holds no mail ${request.messageId} in ${connection.folder}, ${connection.processed} or ${connection.quarantine}`;
  throw businessException('mail-not-found', detail);
}

/** UIDs of the mail in that folder, which is open afterwards. A folder that does not exist holds nothing. */
async function findInFolder(client: ImapFlow, path: string, messageId: string): Promise<number[]> {
  const listed = await client.list({ listOnly: true });
  if (!listed.some((entry) => entry.path.toLowerCase() === path.toLowerCase())) return [];
  await client.mailboxOpen(path);
  if (isSynthesised(messageId)) return findByHash(client, messageId);
  const uids = await client.search({ header: { 'message-id': messageId }, deleted: false }, { uid: true });
  if (!uids) throw applicationException('communication', `the server refused to search folder ${path}`);
  // HEADER matches any part of the value (RFC 3501): `<1@a>` must not move what answers to `<x<1@a>`.
  const exact: number[] = [];
  for (const uid of uids) {
    const message = await client.fetchOne(String(uid), { envelope: true }, { uid: true });
    if (message && message.envelope?.messageId?.includes(messageId)) exact.push(uid);
  }
  return exact;
}

async function findByHash(client: ImapFlow, messageId: string): Promise<number[]> {
  const found = await client.search({ not: { header: { 'message-id': true } }, deleted: false }, { uid: true });
  const uids = (found || []).slice(-MAX_HASH_SEARCH).reverse();
  for (const uid of uids) {
    const head = await client.fetchOne(String(uid), { size: true }, { uid: true });
    if (!head || (head.size ?? 0) > MAX_MAIL_BYTES) continue;
    const message = await client.fetchOne(String(uid), { source: true }, { uid: true });
    if (message && message.source && synthesiseMessageId(message.source) === messageId) return [uid];
  }
  return [];
}
