import type { OwnService } from '../activities/calls/own-services.ts';
import type { Settings } from '../core/settings/settings.ts';

/** Port of PostgreSQL where its address names none. */
const POSTGRESQL_PORT = 5432;
const DEFAULT_PORTS: Record<string, number> = { 'http:': 80, 'https:': 443 };

type Places = {
  settings: Settings;
  temporal: { address: string; uiPort?: number | undefined };
  databaseUrl?: string | undefined;
};

/** What belongs to an installation, as its calls must know it: Temporal, database, server, and the mail servers it uses. */
export function ownServicesOf({ settings, temporal, databaseUrl }: Places): OwnService[] {
  const { server, publicUrl, smtp, mailboxes } = settings;
  const { hostname: host, port } = new URL(`tcp://${temporal.address}`);
  const pages = new URL(publicUrl);
  const database = databaseUrl === undefined ? undefined : URL.parse(databaseUrl);
  return [
    { what: 'Temporal', host, port: Number(port) },
    ...(temporal.uiPort === undefined ? [] : [{ what: 'Temporal', host, port: temporal.uiPort }]),
    ...(database
      ? [{ what: 'the database', host: database.hostname, port: Number(database.port) || POSTGRESQL_PORT }]
      : []),
    { what: 'the server', host: server.host, port: server.port },
    {
      what: 'the server',
      host: pages.hostname,
      port: Number(pages.port) || (DEFAULT_PORTS[pages.protocol] ?? 0),
      byNameAlone: true,
    },
    { what: 'the mail server', host: smtp.host, port: smtp.port, opensWhenNamed: true },
    ...Object.entries(mailboxes).map(([name, mailbox]) => ({
      ...{ what: `mailbox ${name}`, host: mailbox.host, port: mailbox.port, opensWhenNamed: true },
    })),
  ];
}
