import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { z } from 'zod';
import { countMails } from '../../bots/mailbox/index.ts';
import { errorText } from '../../core/model/errors.ts';
import { MailAccount } from '../../core/model/mail-account.ts';
import { homeDir } from '../../installation/home.ts';
import { openSecrets } from '../../installation/secrets.ts';
import { loadSettings } from '../../installation/settings.ts';
import { createResolver } from '../../workers/resolve.ts';
import { callApi } from '../api-client.ts';
import { EXIT, type Io, table } from '../io.ts';

/** What the mailbox itself holds, or why it was not asked. */
type Counted = { inbox: number; processed: number; quarantine: number } | { problem: string };
type Checked = MailAccount & { server?: Counted };

/**
 * `zaplecze mail`: every mail that came in, and what became of it. Where the settings lead to the mailboxes, the sums
 * are compared with what their folders hold. Exit code 1 where more lies there than the account knows.
 */
export async function mail(options: { settings: string; json?: boolean }, io: Io): Promise<number> {
  const accounts: Checked[] = z.array(MailAccount).parse(await callApi('GET', '/mail'));
  const count = await counter(options.settings);
  if (count) for (const account of accounts) account.server = await count(account.mailbox);
  if (options.json) io.out(JSON.stringify(accounts));
  else if (accounts.length === 0) io.out('no mail has come in yet');
  else {
    io.out(accountTable(accounts));
    for (const line of accounts.flatMap(comparison)) io.out(line);
    if (!count) io.out(`The figures were not compared with the mailboxes: settings file ${options.settings} not found`);
  }
  return accounts.some(holdsMore) ? EXIT.notOk : EXIT.ok;
}

/** Logs in to the mailboxes of the settings. Undefined where there are no settings here. */
async function counter(file: string): Promise<((name: string) => Promise<Counted>) | undefined> {
  const path = resolve(file);
  if (!existsSync(path)) return undefined;
  const resolver = createResolver(await loadSettings(path), openSecrets(homeDir()));
  return async (name) => {
    try {
      return await countMails(await resolver.mailbox(name));
    } catch (error) {
      return { problem: errorText(error) };
    }
  };
}

/** One row a mailbox: what came in is the sum of the rest. */
export function accountTable(accounts: readonly MailAccount[]): string {
  return table(
    ['MAILBOX', 'IN', 'RUNS', 'TWINS', 'REPLIES', 'QUARANTINE', 'REFUSED', 'WAITING'],
    accounts.map(({ mailbox, runs, twins, replies, quarantine, refused, waiting, ...sum }) => [
      mailbox,
      ...[sum.in, runs, twins, replies, quarantine, refused, waiting].map(String),
    ]),
  );
}

const FOLDERS = ['processed', 'quarantine'] as const;

function holdsMore({ server, folders }: Checked): boolean {
  return server !== undefined && !('problem' in server) && FOLDERS.some((name) => server[name] > folders[name]);
}

/** What the folders on the server say beside the account, one line for each that differs. */
export function comparison({ mailbox, server, folders }: Checked): string[] {
  if (server === undefined) return [];
  if ('problem' in server) return [`${mailbox}: not compared with the mailbox: ${server.problem}`];
  const lines = FOLDERS.flatMap((name) => {
    const [there, known] = [server[name], folders[name]];
    if (there === known) return [];
    const why =
      there > known ? 'came before this account, or were moved there by hand' : 'were deleted or moved by hand';
    return [`${mailbox}: folder ${name} holds ${there}, the account says ${known}: ${Math.abs(there - known)} ${why}`];
  });
  return lines.length > 0
    ? lines
    : [`${mailbox}: the folders hold what the account says; ${server.inbox} in the inbox`];
}
