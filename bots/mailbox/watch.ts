import type { ImapFlow, MailboxObject } from 'imapflow';
import { errorName } from '../../core/model/problem.ts';
import { backoffMs, pause } from './backoff.ts';
import { classify, connect, disconnect } from './connect.ts';
import { ensureFolder, folderPath } from './folders.ts';
import { nextRetryMs, type Retries, type Sweep, sweep } from './sweep.ts';
import { DEFAULT_TIMING, type WatchTiming } from './timing.ts';
import type { MailboxConnection, MailHandler, WatchEvent } from './types.ts';

export type WatchContext = {
  /** Ends the watch: the mail in hand is finished, then the promise resolves. */
  signal: AbortSignal;
  onEvent?: (event: WatchEvent) => void;
  timing?: Partial<WatchTiming>;
};

type Watch = Omit<Sweep, 'client'> & { uidValidity?: bigint };

/**
 * Watches a mailbox until the signal aborts, and hands every mail of its inbox to the handler. Learns of new mail by
 * IDLE (RFC 2177) and by polling, since servers join, delay and lose events; it keeps no position but the inbox itself,
 * so that neither a restart nor a change of UIDVALIDITY can lose a mail. Reconnects for ever; never rejects.
 */
export async function watchMailbox(
  settings: MailboxConnection,
  handler: MailHandler,
  context: WatchContext,
): Promise<void> {
  const retries: Retries = new Map();
  const timing = { ...DEFAULT_TIMING, ...context.timing };
  const emit = (event: WatchEvent) => context.onEvent?.(event);
  const watch: Watch = { settings, handler, retries, timing, signal: context.signal, emit };
  let failures = 0;
  while (!context.signal.aborted) {
    try {
      await oneConnection(watch, () => (failures = 0));
    } catch (error) {
      failures += 1;
      await pause(report(error, watch, failures), context.signal);
    }
  }
}

/** Emits what went wrong and answers the milliseconds to wait. */
function report(error: unknown, watch: Watch, failures: number): number {
  const { name: mailbox } = watch.settings;
  const problem = classify(error, watch.settings);
  if (errorName(problem.problem.type) === 'authentication') {
    const retryInMs = watch.timing.authenticationMs;
    watch.emit({ type: 'authentication-failed', mailbox, detail: problem.message, retryInMs });
    return retryInMs;
  }
  const retryInMs = backoffMs(failures, watch.timing.reconnectFirstMs, watch.timing.reconnectMaxMs);
  watch.emit({ type: 'disconnected', mailbox, detail: problem.message, retryInMs });
  return retryInMs;
}

/** From login to the loss of the connection (rejects) or the end of the watch (resolves). */
async function oneConnection(watch: Watch, onReady: () => void): Promise<void> {
  const client = await connect(watch.settings);
  try {
    const bell = new Bell(client, watch.signal);
    for (const folder of ['processed', 'quarantine'] as const) {
      await ensureFolder(client, folderPath(watch.settings, folder));
    }
    noteUidValidity(watch, await client.mailboxOpen(watch.settings.folder));
    watch.emit({ type: 'connected', mailbox: watch.settings.name, idle: client.capabilities.has('IDLE') });
    onReady();
    while (!watch.signal.aborted) {
      bell.reset();
      await sweep({ ...watch, client });
      const pollMs = watch.settings.pollSeconds * 1000;
      await bell.wait(Math.min(pollMs, nextRetryMs(watch.retries) ?? pollMs));
    }
  } finally {
    await disconnect(client);
  }
}

function noteUidValidity(watch: Watch, opened: MailboxObject): void {
  const before = watch.uidValidity;
  watch.uidValidity = opened.uidValidity;
  if (before === undefined || before === opened.uidValidity) return;
  // UIDs of before mean other mails now (RFC 3501 section 2.3.1.1).
  watch.retries.clear();
  const [from, to] = [String(before), String(opened.uidValidity)];
  watch.emit({ type: 'uidvalidity-changed', mailbox: watch.settings.name, from, to });
}

/** Rings for new mail, a lost connection and the end of the watch; idles while it waits. */
class Bell {
  #client: ImapFlow;
  #signal: AbortSignal;
  #rung = false;
  #wake: () => void = () => undefined;

  constructor(client: ImapFlow, signal: AbortSignal) {
    this.#client = client;
    this.#signal = signal;
    const ring = () => {
      this.#rung = true;
      this.#wake();
    };
    client.on('exists', ring);
    client.on('close', ring);
    signal.addEventListener('abort', ring, { once: true });
    client.on('close', () => signal.removeEventListener('abort', ring));
  }

  /** Forgets earlier rings. Called before a sweep: what rings during the sweep makes another one. */
  reset(): void {
    this.#rung = false;
  }

  /** Resolves on the first ring or after `ms`. Rejects when the connection is lost. */
  async wait(ms: number): Promise<void> {
    if (this.#rung || this.#signal.aborted) return;
    // IDLE ends by itself as soon as another command is sent; its failure closes the connection, which rings.
    this.#client.idle().catch(() => undefined);
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, ms);
      this.#wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
}
