import type { ImapFlow } from 'imapflow';
import { applicationException } from '../../core/model/problem.ts';
import { backoffMs } from './backoff.ts';
import { handleMessage, HandlingFailed } from './handle-message.ts';
import type { WatchTiming } from './timing.ts';
import type { MailboxConnection, MailHandler, WatchEvent } from './types.ts';
import { errorText } from '../../core/model/errors.ts';

/** Mails that failed, by UID. Outlives connections, so that a mail which breaks one does not block those behind it. */
export type Retries = Map<number, { failures: number; notBefore: number }>;

export type Sweep = {
  client: ImapFlow;
  settings: MailboxConnection;
  handler: MailHandler;
  retries: Retries;
  timing: WatchTiming;
  signal: AbortSignal;
  emit: (event: WatchEvent) => void;
};

/**
 * Offers every message of the inbox to the handler, oldest first. One whose handler fails stays where it is and is
 * left alone until its pause is over; the others go on. Rejects only when the connection is of no more use.
 */
export async function sweep(job: Sweep): Promise<void> {
  await job.client.noop();
  const uids = await job.client.search({ deleted: false }, { uid: true });
  if (!uids) throw applicationException('communication', `mailbox ${job.settings.name}: the server refused to search`);
  const present = new Set(uids);
  for (const uid of job.retries.keys()) if (!present.has(uid)) job.retries.delete(uid);

  for (const uid of uids) {
    if (job.signal.aborted) return;
    const retry = job.retries.get(uid);
    if (retry === undefined || retry.notBefore <= Date.now()) await handleOne(job, uid);
  }
}

/** Milliseconds until the first failed mail is due again, or undefined when there is none. */
export function nextRetryMs(retries: Retries): number | undefined {
  if (retries.size === 0) return undefined;
  const first = Math.min(...[...retries.values()].map((retry) => retry.notBefore));
  return Math.max(0, first - Date.now());
}

async function handleOne(job: Sweep, uid: number): Promise<void> {
  const mailbox = job.settings.name;
  try {
    const filed = await handleMessage(job.client, job.settings, uid, job.handler);
    job.retries.delete(uid);
    if (filed) job.emit({ type: 'filed', mailbox, ...filed });
  } catch (error) {
    const attempt = (job.retries.get(uid)?.failures ?? 0) + 1;
    const retryInMs = backoffMs(attempt, job.timing.handleFirstMs, job.timing.handleMaxMs);
    job.retries.set(uid, { failures: attempt, notBefore: Date.now() + retryInMs });
    const messageId = error instanceof HandlingFailed ? error.messageId : `uid ${uid}`;
    const detail = errorText(error);
    job.emit({ type: 'handler-failed', mailbox, messageId, detail, attempt, retryInMs });
    if (!job.client.usable) throw error;
  }
}
