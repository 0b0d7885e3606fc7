import { randomBytes } from 'node:crypto';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { applicationException } from '../core/model/problem.ts';
import type { Settings } from '../core/settings/settings.ts';
import { loadSettings } from '../installation/settings.ts';
import { endLeftover } from '../installation/embedded/leftover.ts';
import { freePort, holdPort, isPortFree } from '../installation/embedded/ports.ts';

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
type PortName = keyof typeof PREFERRED;
type Ports = Record<PortName, number>;
const PORT_NAMES = Object.keys(PREFERRED) as PortName[];
/** The mail server takes a port for each user: the mailbox of invoices, three approvers, the outside world. */
const COUNT: Partial<Record<PortName, number>> = { imap: 5 };
/** Ports that may not change over restarts: links in mails lead to the one, bookings under way are noted with the other. */
const LASTING: Partial<Record<PortName, string>> = { server: 'the server', intranet: 'the accounting application' };
/** Steps between the ports of demos that run side by side; more than some dozens run on no machine. */
const SHIFT = 100;
const MAX_SHIFT = 5_000;
/** Somewhere among the ports of a machine are some in a row; if not after this, it is short of ports. */
const MAX_ATTEMPTS = 50;

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
  /** Lets the server's port go, which is held until the server itself starts: a demo that starts beside this one sees it. */
  letPortGo(): Promise<void>;
  save(): Promise<void>;
};

/** Opens the demo's folder; at the first start it chooses ports and passwords. */
export async function openPlace(home: string): Promise<Place> {
  await mkdir(home, { recursive: true });
  const file = join(home, 'demo.json');
  await endLeftover(home);
  const state = (await readState(file)) ?? (await firstState());
  const ports = await usablePorts({ ...PREFERRED, ...state.ports });
  const letGo = await holdPort(ports.server);
  const place: Place = {
    ...{ home, ports, passwords: state.passwords, sent: state.sent, today: state.today },
    settings: withPorts(await loadSettings(join(import.meta.dirname, 'zaplecze.yaml')), ports),
    letPortGo: async () => letGo?.(),
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

async function readState(file: string): Promise<z.infer<typeof State> | undefined> {
  const text = await readFile(file, 'utf8').catch(() => undefined);
  if (text === undefined) return undefined;
  try {
    return State.parse(JSON.parse(text));
  } catch (cause) {
    throw applicationException('configuration', `${file} is damaged. To fix: start again with --fresh`, { cause });
  }
}

/** Ports of the last start where they are still free; others in place of those that no link and no booking depends on. */
async function usablePorts(before: Ports): Promise<Ports> {
  const ports = { ...before };
  for (const name of PORT_NAMES) {
    if (await areFree(ports[name], COUNT[name] ?? 1)) continue;
    const what = LASTING[name];
    if (what !== undefined) {
      const mend = 'To fix: stop the program that uses it, or start again with --fresh, which chooses another port';
      throw applicationException('configuration', `port ${ports[name]} for ${what} is in use. ${mend}`);
    }
    ports[name] = await freePorts(COUNT[name] ?? 1);
  }
  return ports;
}

async function areFree(first: number, count: number): Promise<boolean> {
  for (let port = first; port < first + count; port += 1) if (!(await isPortFree(port))) return false;
  return true;
}

/** The first of so many free ports in a row. */
async function freePorts(count: number): Promise<number> {
  for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt += 1) {
    const first = await freePort();
    if (await areFree(first, count)) return first;
  }
  throw applicationException('configuration', `there are no ${count} free ports in a row. To fix: stop some programs`);
}

/**
 * The preferred ports, all together, or those some hundreds above where one is taken: then another demo runs or starts,
 * and its other ports are not ours to race for. Outside of the range from which systems give out ports by themselves.
 */
async function firstPorts(): Promise<Ports> {
  for (let shift = 0; shift <= MAX_SHIFT; shift += SHIFT) {
    const ports = { ...PREFERRED };
    for (const name of PORT_NAMES) ports[name] += shift;
    const free = await Promise.all(PORT_NAMES.map((name) => areFree(ports[name], COUNT[name] ?? 1)));
    if (free.every(Boolean)) return ports;
  }
  throw applicationException('configuration', 'no free ports from 8425 on. To fix: stop other demos, then start again');
}

async function firstState(): Promise<z.infer<typeof State>> {
  const ports = await firstPorts();
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
