import type { ResolvedTarget } from '../activities/forms.ts';
import type { MailerSettings } from '../bots/mail/index.ts';
import type { MailboxConnection } from '../bots/mailbox/index.ts';
import { applicationException } from '../core/model/problem.ts';
import type { Settings } from '../core/settings/settings.ts';
import type { LedgerSettings } from '../core/settings/ledgers.ts';
import type { Secrets } from '../installation/secrets.ts';

/** Entries of the settings by name, with their secrets put in place. Called inside activities only. */
export function createResolver(settings: Settings, secrets: Secrets) {
  return {
    async mailbox(name: string): Promise<MailboxConnection> {
      const found = entryOf(settings.mailboxes, 'mailboxes', name);
      return { ...found, name, password: await secrets.get(found.password) };
    },
    async target(name: string): Promise<ResolvedTarget> {
      const found = entryOf(settings.targets, 'targets', name);
      const secret = async (key: string | undefined) => (key === undefined ? undefined : await secrets.get(key));
      return { ...found, name, password: await secret(found.password), totp: await secret(found.totp) };
    },
    async smtp(): Promise<MailerSettings> {
      const { password, dkim, ...rest } = settings.smtp;
      return {
        ...rest,
        ...(password !== undefined && { password: await secrets.get(password) }),
        ...(dkim && { dkim: { ...dkim, key: await secrets.get(dkim.key) } }),
      };
    },
    ledger: (name: string): LedgerSettings => entryOf(settings.ledgers, 'ledgers', name),
  };
}

/** An entry of the settings. Throws a `configuration` error that names those that are there. */
export function entryOf<T>(entries: Record<string, T>, section: string, name: string): T {
  const found = Object.hasOwn(entries, name) ? entries[name] : undefined;
  if (found !== undefined) return found;
  const known = Object.keys(entries).join(', ') || 'none';
  throw applicationException(
    'configuration',
    `"${name}" is not among the ${section} of the settings (there: ${known}). To fix: add it, then retry`,
  );
}
