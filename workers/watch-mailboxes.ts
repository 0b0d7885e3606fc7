import { setTimeout as sleep } from 'node:timers/promises';
import { type MailboxConnection, type WatchEvent, watchMailbox } from '../bots/mailbox/index.ts';
import { createReplies } from '../intake/replies/replies.ts';
import type { Installation } from './open-installation.ts';
import { createMailIntake } from '../intake/mail-intake.ts';
import { createResolver } from './resolve.ts';
import { errorText } from '../core/model/errors.ts';

/** Between two looks at a secret that is missing or was refused, in milliseconds: a file is read, nothing is asked. */
const SECRET_LOOK_MS = 5_000;

export type Watches = { stop(): Promise<void> };

/** Watches every mailbox of the settings until it is stopped. A mailbox that fails never stops the others. */
export function watchMailboxes(installation: Installation, tell: (event: WatchEvent) => void): Watches {
  const { settings, secrets, store } = installation.parts;
  const stopping = new AbortController();
  const resolve = createResolver(settings, secrets);
  const reply = createReplies({ store, temporal: installation.client, prove: installation.decisionKeys.prove });
  const { artefacts, mails, audit, events } = store;
  const earlier = (source: string, id: string) => events.find(source, id);
  const intake = createMailIntake({ artefacts, mails, audit, publish: installation.publish, earlier, reply });
  const audited = (event: WatchEvent) => {
    tell(event);
    if (event.type !== 'filed' || event.folder !== 'quarantine') return;
    const { mailbox, messageId, reason } = event;
    const details = { mailbox, messageId, reason: reason ?? null };
    store.audit
      .append({ actor: 'bot:mailbox', action: 'mail.quarantine', details })
      .catch((error: unknown) => tell({ type: 'not-in-trail', mailbox, messageId, detail: String(error) }));
  };
  async function watch(name: string): Promise<void> {
    while (!stopping.signal.aborted) {
      try {
        const connection = await resolve.mailbox(name);
        const renewed = new AbortController();
        const signal = AbortSignal.any([stopping.signal, renewed.signal]);
        let refused = false;
        const onEvent = (event: WatchEvent) => {
          audited(event);
          if (event.type !== 'authentication-failed' || refused) return;
          refused = true;
          untilOtherPassword(connection, signal).then(
            () => renewed.abort(),
            () => undefined,
          );
        };
        await watchMailbox(connection, intake, { signal, onEvent });
        renewed.abort();
      } catch (error) {
        const detail = errorText(error);
        tell({ type: 'disconnected', mailbox: name, detail, retryInMs: SECRET_LOOK_MS });
        await pause(SECRET_LOOK_MS, stopping.signal);
      }
    }
  }
  /** A server locks out who tries a wrong password again and again; a mended secret is to help at once all the same. */
  async function untilOtherPassword(used: MailboxConnection, signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      await pause(SECRET_LOOK_MS, signal);
      const now = await resolve.mailbox(used.name).catch(() => used);
      if (now.password !== used.password) return;
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
  return sleep(milliseconds, undefined, { signal }).catch(() => undefined);
}
