import type { ImapFlow } from 'imapflow';
import { applicationException } from '../../core/model/problem.ts';
import type { Folder, MailboxConnection } from './types.ts';

/** Characters of an IMAP keyword made of a reason. */
const MAX_KEYWORD_CHARS = 40;

/** The path on the server of a folder that we speak of. */
export function folderPath(settings: MailboxConnection, folder: Folder): string {
  return folder === 'processed' ? settings.processed : settings.quarantine;
}

/** Creates the folder unless it exists. Two watchers may do so at once: the server's "already exists" is no error. */
export async function ensureFolder(client: ImapFlow, path: string): Promise<void> {
  const listed = await client.list({ listOnly: true });
  if (!listed.some((entry) => entry.path === path)) await client.mailboxCreate(path);
}

/**
 * Moves one message of the open folder by UID: MOVE (RFC 6851), else COPY, delete and expunge. A reason is noted as
 * keyword where the server permits keywords. Throws an application exception when the server refuses.
 */
export async function moveMessage(client: ImapFlow, uid: number, path: string, reason?: string): Promise<void> {
  if (reason !== undefined) await noteReason(client, uid, reason);
  const moved = await client.messageMove(String(uid), path, { uid: true });
  if (!moved) {
    throw applicationException('communication', `the server refused to move message ${uid} to folder ${path}`);
  }
}

/** `$Reason-no-invoice`: what mail programs show as a label. Only a help for people; a refusal is no failure. */
async function noteReason(client: ImapFlow, uid: number, reason: string): Promise<void> {
  const permitted = client.mailbox ? client.mailbox.permanentFlags : undefined;
  if (permitted && !permitted.has('\\*')) return;
  await client.messageFlagsAdd(String(uid), [reasonKeyword(reason)], { uid: true, silent: true });
}

/** An IMAP keyword (RFC 3501 `atom`) of free text in any language. */
export function reasonKeyword(reason: string): string {
  const plain = reason.normalize('NFKD').replaceAll('ł', 'l').replaceAll('Ł', 'L').replace(/\p{M}/gu, '');
  const slug = plain.replace(/[^A-Za-z0-9]+/g, '-').slice(0, MAX_KEYWORD_CHARS);
  return `$Reason-${slug.replace(/^-+|-+$/g, '') || 'unspecified'}`;
}
