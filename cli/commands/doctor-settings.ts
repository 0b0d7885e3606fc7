import { existsSync } from 'node:fs';
import { connect } from 'node:net';
import { resolve } from 'node:path';
import { ProblemError } from '../../core/model/problem.ts';
import type { Settings } from '../../core/settings/settings.ts';
import { homeDir } from '../../installation/home.ts';
import { createResolver } from '../../workers/resolve.ts';
import { openSecrets } from '../../installation/secrets.ts';
import { loadSettings } from '../../installation/settings.ts';

/** One line of the doctor. */
export type Check = { name: string; ok: boolean; state: string; mend?: string };

/** A server that is there answers at once; one that does not within this is not reached by a bot either. */
const CONNECT_MS = 3_000;
/** The settings file of the working folder, which is looked at where none is named. */
const USUAL = 'zaplecze.yaml';

/**
 * Whether the settings are in order, the secrets that they name are set, and whatever they lead to answers: mail server,
 * mailboxes and targets. Connects, and says nothing there. Nothing where no file is named and there is none here.
 */
export async function checkSettings(named: string | undefined): Promise<Check[]> {
  const file = resolve(named ?? USUAL);
  if (named === undefined && !existsSync(file)) return [];
  try {
    const settings = await loadSettings(file);
    return [{ name: 'Settings', ok: true, state: file }, ...(await Promise.all(places(settings).map(checkPlace)))];
  } catch (error) {
    return [{ name: 'Settings', ok: false, state: 'invalid', mend: wordsOf(error) }];
  }
}

type Place = { name: string; secrets: () => Promise<unknown>; host: string; port: number };

const PORTS: Readonly<Record<string, number>> = { 'http:': 80, 'https:': 443 };

function places(settings: Settings): Place[] {
  const resolver = createResolver(settings, openSecrets(homeDir()));
  const { host, port } = settings.smtp;
  return [
    { name: 'Mail server', secrets: () => resolver.smtp(), host, port },
    ...Object.entries(settings.mailboxes).map(([name, { host, port }]) => ({
      ...{ name: `Mailbox ${name}`, secrets: () => resolver.mailbox(name), host, port },
    })),
    ...Object.entries(settings.targets).map(([name, { url }]) => {
      const { hostname, port, protocol } = new URL(url);
      const host = hostname.replace(/^\[|\]$/g, '');
      return {
        name: `Target ${name}`,
        secrets: () => resolver.target(name),
        host,
        port: Number(port) || (PORTS[protocol] ?? 0),
      };
    }),
  ];
}

async function checkPlace({ name, secrets, host, port }: Place): Promise<Check> {
  try {
    await secrets();
  } catch (error) {
    return { name, ok: false, state: 'a secret is missing', mend: wordsOf(error) };
  }
  const trouble = await reach(host, port);
  if (trouble === undefined) return { name, ok: true, state: `${host}:${port} answers` };
  const mend = `start ${host}:${port}, or correct its address in the settings`;
  return { name, ok: false, state: `${host}:${port} is not responding (${trouble})`, mend };
}

/** Undefined where something listens there, else why not. */
function reach(host: string, port: number): Promise<string | undefined> {
  return new Promise((done) => {
    const socket = connect({ host, port, timeout: CONNECT_MS });
    const end = (trouble?: string): void => {
      socket.destroy();
      done(trouble);
    };
    socket.once('connect', () => end());
    socket.once('timeout', () => end(`no answer within ${CONNECT_MS / 1000} s`));
    socket.once('error', (error: NodeJS.ErrnoException) => end(error.code ?? error.message));
  });
}

function wordsOf(error: unknown): string {
  if (error instanceof ProblemError) return error.message;
  throw error;
}
