import { randomBytes } from 'node:crypto';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { Settings } from '../definitions/settings.ts';
import { loadSettings } from '../workers/settings.ts';
import { freePort, isPortFree } from '../workers/embedded/ports.ts';

/** 96 bits: the demo's own servers listen on loopback, but no password of theirs is a known one. */
const PASSWORD_BYTES = 12;

/** Ports that the demo takes where they are free. They stay the same over restarts: links in mails hold. */
const PREFERRED = {
  server: 8480,
  smtp: 8425,
  imap: 8443,
  mailbox: 8470,
  intranet: 8460,
  temporal: 8433,
  temporalUi: 8434,
};
type Ports = Record<keyof typeof PREFERRED, number>;

const State = z.object({
  ports: z.record(z.string(), z.number().int()),
  passwords: z.record(z.string(), z.string()),
  sent: z.array(z.string()).default([]),
  today: z.iso.date(),
});

/** What the demo keeps beside the installation's own state. */
export type Place = {
  home: string;
  ports: Ports;
  /** Passwords by secret name. */
  passwords: Record<string, string>;
  /** Ids of the mails that were sent. */
  sent: string[];
  /** Date that the documents are made for, ISO 8601: the day of the first start. */
  today: string;
  settings: Settings;
  save(): Promise<void>;
};

/** Opens the demo's folder; at the first start it chooses ports and passwords. */
export async function openPlace(home: string): Promise<Place> {
  await mkdir(home, { recursive: true });
  const file = join(home, 'demo.json');
  const found = await readFile(file, 'utf8').catch(() => undefined);
  const state = found === undefined ? await firstState() : State.parse(JSON.parse(found));
  const ports = { ...PREFERRED, ...state.ports };
  const place: Place = {
    ...{ home, ports, passwords: state.passwords, sent: state.sent, today: state.today },
    settings: withPorts(await loadSettings(join(import.meta.dirname, 'zaplecze.yaml')), ports),
    async save() {
      const { passwords, sent, today } = place;
      await writeFile(`${file}.new`, JSON.stringify({ ports, passwords, sent, today }, undefined, 2), { mode: 0o600 });
      await rename(`${file}.new`, file);
    },
  };
  await place.save();
  await writeFile(join(home, 'secrets.json'), JSON.stringify(place.passwords, undefined, 2), { mode: 0o600 });
  return place;
}

async function firstState(): Promise<z.infer<typeof State>> {
  const ports: Record<string, number> = {};
  for (const [name, port] of Object.entries(PREFERRED))
    ports[name] = (await isPortFree(port)) ? port : await freePort();
  const passwords = Object.fromEntries(
    ['mailbox-invoices', 'intranet-bot', 'people'].map((name) => [
      name,
      randomBytes(PASSWORD_BYTES).toString('base64url'),
    ]),
  );
  return { ports, passwords, sent: [], today: new Date().toISOString().slice(0, 10) };
}

function withPorts(settings: Settings, ports: Ports): Settings {
  const invoices = settings.mailboxes.invoices;
  const intranet = settings.targets.intranet;
  if (!invoices || !intranet) throw new Error('demo/zaplecze.yaml must have mailbox "invoices" and target "intranet"');
  return {
    ...settings,
    publicUrl: `http://127.0.0.1:${ports.server}`,
    server: { ...settings.server, port: ports.server },
    smtp: { ...settings.smtp, port: ports.smtp },
    mailboxes: { invoices: { ...invoices, port: ports.imap } },
    targets: { intranet: { ...intranet, url: `http://127.0.0.1:${ports.intranet}/` } },
  };
}
