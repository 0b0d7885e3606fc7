import { join } from 'node:path';
import { serve } from '@hono/node-server';
import type { Tools } from '../installation/tools/index.ts';
import { up, type Up } from '../workers/up.ts';
import { watchWords } from '../cli/watch-words.ts';
import type { WatchEvent } from '../bots/mailbox/index.ts';
import { SUPPLIERS } from './documents/companies.ts';
import { type Intranet, startIntranet } from './intranet/start.ts';
import { type MailServer, startMailServer } from './mail-server/start.ts';
import { createMailboxWeb } from './mail-server/web.ts';
import type { Place } from './place.ts';

/** Whoever is not of the company: answers to suppliers land here, so that one can read them. */
const OUTSIDE = 'suppliers@outside.example';

/** What a person should see of the mailboxes beside the table. */
const TROUBLE: ReadonlySet<WatchEvent['type']> = new Set([
  'disconnected',
  'authentication-failed',
  'handler-failed',
  'not-in-trail',
]);

export type Services = {
  mail: MailServer;
  intranet: Intranet;
  installation: Up;
  mailboxUrl: string;
  close(): Promise<void>;
};

/** Starts the demo's world (mail server, accounting application) and the installation that works in it. */
export async function startServices(place: Place, tools: Tools): Promise<Services> {
  const { home, ports, passwords, settings } = place;
  const closers: (() => Promise<void>)[] = [];
  const close = async () => {
    for (const closer of closers.splice(0).reverse()) await closer();
  };
  try {
    const mail = await startMailServer({
      dir: join(home, 'mail'),
      smtpPort: ports.smtp,
      imapPort: ports.imap,
      users: usersOf(place),
      catchAll: OUTSIDE,
    });
    closers.push(() => mail.close());
    const web = serve({ fetch: createMailboxWeb(mail).fetch, hostname: '127.0.0.1', port: ports.mailbox });
    closers.push(() => new Promise((done) => web.close(() => done())));
    const intranet = await startIntranet({
      dir: join(home, 'intranet'),
      port: ports.intranet,
      user: settings.targets.intranet?.user ?? 'bot',
      password: passwords['intranet-bot'] ?? '',
      suppliers: SUPPLIERS,
    });
    closers.push(() => intranet.close());
    await place.letPortGo();
    const installation = await up({
      home,
      settings,
      temporalExecutable: tools.temporal.path,
      temporalPort: ports.temporal,
      uiPort: ports.temporalUi,
      chromium: tools.chromium.path,
      onWatchEvent: (event) => TROUBLE.has(event.type) && console.error(watchWords(event)),
    });
    closers.push(() => installation.close());
    return { mail, intranet, installation, mailboxUrl: `http://127.0.0.1:${ports.mailbox}/`, close };
  } catch (error) {
    await close();
    throw error;
  }
}

function usersOf({ settings, passwords }: Place) {
  const people = settings.people.map(({ email }) => ({ email, password: passwords.people ?? '' }));
  const invoices = { email: settings.mailboxes.invoices?.user ?? '', password: passwords['mailbox-invoices'] ?? '' };
  return [invoices, ...people, { email: OUTSIDE, password: passwords.people ?? '' }];
}
