import { type WatchEvent, watchMailbox } from '../bots/mailbox/index.ts';
import type { Installation } from './installation.ts';
import { createMailIntake } from './mail-intake.ts';
import { createResolver } from './resolve.ts';

/** Before a mailbox whose password is not set is tried again, in milliseconds. */
const SECRET_RETRY_MS = 30_000;

export type Watches = { stop(): Promise<void> };

/** Watches every mailbox of the settings until it is stopped. A mailbox that fails never stops the others. */
export function watchMailboxes(installation: Installation, tell: (event: WatchEvent) => void): Watches {
  const { settings, secrets, store } = installation.parts;
  const stopping = new AbortController();
  const resolve = createResolver(settings, secrets);
  const intake = createMailIntake({ artefacts: store.artefacts, publish: installation.publish });
  const audited = (event: WatchEvent) => {
    tell(event);
    if (event.type !== 'filed' || event.folder !== 'quarantine') return;
    const { mailbox, messageId, reason } = event;
    const details = { mailbox, messageId, reason: reason ?? null };
    store.audit.append({ actor: 'bot:mailbox', action: 'mail.quarantine', details }).catch(() => undefined);
  };
  async function watch(name: string): Promise<void> {
    while (!stopping.signal.aborted) {
      try {
        const connection = await resolve.mailbox(name);
        await watchMailbox(connection, intake, { signal: stopping.signal, onEvent: audited });
      } catch (error) {
        const detail = error instanceof Error ? error.message : String(error);
        tell({ type: 'disconnected', mailbox: name, detail, retryInMs: SECRET_RETRY_MS });
        await pause(SECRET_RETRY_MS, stopping.signal);
      }
    }
  }
  const watches = Object.keys(settings.mailboxes).map(watch);
  return {
    async stop() {
      stopping.abort();
      await Promise.allSettled(watches);
    },
  };
}

function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((done) => {
    const timer = setTimeout(done, milliseconds);
    signal.addEventListener('abort', () => {
      clearTimeout(timer);
      done();
    });
  });
}
