import { ImapFlow } from 'imapflow';
import { applicationException, ProblemError } from '../../core/model/problem.ts';
import { CONNECT_TIMEOUT_MS, IDLE_RENEW_MS, MAX_MAIL_BYTES, SILENCE_MS } from './limits.ts';
import type { MailboxConnection } from './types.ts';
import { errorText } from '../../core/model/errors.ts';

/** Room beside a mail's literal for the rest of its response. */
const RESPONSE_OVERHEAD_BYTES = 1024 * 1024;

/**
 * Connects and logs in. Throws an application exception: `authentication` for a refused login (not worth an instant
 * retry), `communication` for everything else. The caller ends the connection with `disconnect`.
 */
export async function connect(settings: MailboxConnection): Promise<ImapFlow> {
  const client = new ImapFlow({
    host: settings.host,
    port: settings.port,
    secure: settings.tls === 'implicit',
    doSTARTTLS: settings.tls === 'starttls',
    tls: { rejectUnauthorized: !settings.trustAnyCertificate },
    auth: { user: settings.user, pass: settings.password },
    logger: false,
    disableAutoIdle: true,
    maxIdleTime: IDLE_RENEW_MS,
    connectionTimeout: CONNECT_TIMEOUT_MS,
    socketTimeout: IDLE_RENEW_MS + SILENCE_MS,
    maxLiteralSize: MAX_MAIL_BYTES + RESPONSE_OVERHEAD_BYTES,
    maxResponseSize: MAX_MAIL_BYTES + 2 * RESPONSE_OVERHEAD_BYTES,
  });
  // Every failure also rejects the command under way; without a listener the event would end the process.
  client.on('error', () => undefined);
  try {
    await client.connect();
    return client;
  } catch (error) {
    client.close();
    throw classify(error, settings);
  }
}

/** Logs out in good manners where the connection still lives, and closes it in any case. Never rejects. */
export async function disconnect(client: ImapFlow): Promise<void> {
  if (client.usable) await client.logout().catch(() => undefined);
  client.close();
}

/** Turns any failure of the protocol into one of our problems; problems pass through unchanged. */
export function classify(error: unknown, settings: MailboxConnection): ProblemError {
  if (error instanceof ProblemError) return error;
  const place = `mailbox ${settings.name} (${settings.user} at ${settings.host}:${settings.port})`;
  if (isAuthenticationFailure(error)) {
    const answer = textOf(error, 'responseText') ?? textOf(error, 'response') ?? 'login refused';
    const detail = `${place}: ${answer.replace(/\.+$/, '')}. Check the user and the secret that the mailbox names.`;
    return applicationException('authentication', detail, { retryable: false, cause: error });
  }
  const reason = textOf(error, 'responseText') ?? errorText(error);
  const code = textOf(error, 'code');
  return applicationException('communication', `${place}: ${reason}${code ? ` (${code})` : ''}`, { cause: error });
}

function isAuthenticationFailure(error: unknown): boolean {
  return typeof error === 'object' && error !== null && 'authenticationFailed' in error && !!error.authenticationFailed;
}

function textOf(error: unknown, key: 'code' | 'response' | 'responseText'): string | undefined {
  if (!(error instanceof Error)) return undefined;
  const value: unknown = Reflect.get(error, key);
  return typeof value === 'string' && value !== '' ? value : undefined;
}
