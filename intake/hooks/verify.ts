import { createHmac, timingSafeEqual } from 'node:crypto';
import { applicationException, type ProblemError } from '../../core/model/problem.ts';
import type { HmacSettings, HookSettings, TokenSettings } from '../../core/settings/hooks.ts';

/** A request as it came: nothing of it is believed yet. */
export type HookRequest = { headers: Headers; body: Uint8Array };

/** Signatures in one header: services that change their secret send two. More is no service. */
const MAX_SIGNATURES = 10;

/**
 * Checks who sends a request, by its signature or token. Compares in constant time. Throws a problem of status 401 that
 * says what is wrong, and never what would be right.
 */
export function verify(settings: HookSettings, secret: string, request: HookRequest, now: Date): void {
  if (settings.token) return verifyToken(settings.token, secret, request);
  if (settings.hmac) return verifyHmac(settings.hmac, idHeader(settings), secret, request, now);
  throw refused('this webhook has neither hmac nor token');
}

function verifyToken({ header, prefix }: TokenSettings, secret: string, { headers }: HookRequest): void {
  const value = headers.get(header);
  if (value === null) throw refused(`the header ${header} is missing`);
  // Digests have one length, whatever is compared.
  if (!value.startsWith(prefix) || !sameText(value.slice(prefix.length), secret)) {
    throw refused(`the token in ${header} is wrong`);
  }
}

function verifyHmac(
  settings: HmacSettings,
  idIn: string | undefined,
  secret: string,
  request: HookRequest,
  now: Date,
): void {
  const { header, prefix, algorithm, encoding } = settings;
  const value = request.headers.get(header);
  if (value === null) throw refused(`the header ${header} is missing`);
  const given = valuesAfter(value, prefix);
  if (given.length === 0) throw refused(`${header} has no signature after "${prefix}"`);
  const time = timestampOf(settings, request.headers);
  const id = idIn === undefined ? '' : (request.headers.get(idIn) ?? '');
  const hmac = createHmac(algorithm, keyOf(secret, settings.secretEncoding));
  for (const part of settings.signs.split(/(\{body\}|\{timestamp\}|\{id\})/)) {
    hmac.update(part === '{body}' ? request.body : part === '{timestamp}' ? (time ?? '') : part === '{id}' ? id : part);
  }
  const wanted = hmac.digest();
  const fits = given.slice(0, MAX_SIGNATURES).filter((text) => sameBytes(bytesOf(text, encoding), wanted));
  if (fits.length === 0) throw refused(`the signature in ${header} is wrong`);
  checkAge(settings, time, now);
}

/** Signatures are compared before the time: who has no secret learns nothing about clocks. */
function checkAge({ timestamp }: HmacSettings, time: string | undefined, now: Date): void {
  if (!timestamp) return;
  const age = Math.abs(now.getTime() / 1000 - Number(time));
  if (age > timestamp.toleranceSeconds) {
    throw refused(`it was signed ${Math.round(age)} s away from now; ${timestamp.toleranceSeconds} s are allowed`);
  }
}

function timestampOf({ timestamp }: HmacSettings, headers: Headers): string | undefined {
  if (!timestamp) return undefined;
  const [time] = valuesAfter(headers.get(timestamp.header) ?? '', timestamp.prefix);
  if (time !== undefined && /^\d{1,12}$/.test(time)) return time;
  throw refused(`${timestamp.header} has no time in seconds`);
}

/** What follows a prefix in a header that may list several: `t=1,v1=ab`, `v1,ab v1,cd`, `sha256=ab`. */
function valuesAfter(header: string, prefix: string): string[] {
  if (prefix === '') return header.trim() === '' ? [] : [header.trim()];
  const found: string[] = [];
  for (let at = header.indexOf(prefix); at !== -1; at = header.indexOf(prefix, at + prefix.length)) {
    const begins = at === 0 || /[\s,]/.test(header[at - 1] ?? '');
    const [value = ''] = header.slice(at + prefix.length).split(/[\s,]/);
    if (begins && value !== '') found.push(value);
  }
  return found;
}

const HEX = /^[0-9a-f]+$/i;
const BASE64 = /^[A-Za-z0-9+/]+={0,2}$/;

/** The bytes of a signature; none where it is not written so. Node's own decoders pass over what does not belong. */
function bytesOf(text: string, encoding: 'hex' | 'base64'): Uint8Array {
  const isWritten = encoding === 'hex' ? HEX.test(text) && text.length % 2 === 0 : BASE64.test(text);
  return isWritten ? Buffer.from(text, encoding) : new Uint8Array();
}

function keyOf(secret: string, encoding: HmacSettings['secretEncoding']): Buffer {
  // Standard Webhooks writes its secrets as whsec_ and base64.
  return encoding === 'text' ? Buffer.from(secret, 'utf8') : Buffer.from(secret.replace(/^whsec_/, ''), encoding);
}

const sameBytes = (a: Uint8Array, b: Uint8Array): boolean => a.length === b.length && timingSafeEqual(a, b);

function sameText(a: string, b: string): boolean {
  const digest = (text: string) => createHmac('sha256', 'compare').update(text).digest();
  return timingSafeEqual(digest(a), digest(b));
}

function idHeader({ id }: HookSettings): string | undefined {
  return id && 'header' in id ? id.header : undefined;
}

function refused(why: string): ProblemError {
  return applicationException('authentication', why, { status: 401 });
}
