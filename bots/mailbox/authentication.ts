import type { ParsedMail } from 'mailparser';

/** Results kept; a header lists a handful of methods. */
const MAX_RESULTS = 20;
const RESULT = /^([a-z0-9-]+)\s*=\s*([a-z]+)\b(.*)$/is;
const PROPERTY = /\b(header\.d|header\.from|header\.i|smtp\.mailfrom)\s*=\s*"?([^\s;"]+)/gi;

/** What the receiving server found out about the sender (RFC 8601), as far as it is used. */
export type Authentication = {
  /** True where DMARC passed, or DKIM or SPF passed for the domain of the sender's address. */
  aligned: boolean;
  /** "pass", "fail", "none" … of each method that the server reported. */
  spf?: string;
  dkim?: string;
  dmarc?: string;
};

type Result = { method: string; result: string; domains: string[] };

/**
 * Reads the Authentication-Results of the server that received the mail. Only the topmost header with that server's
 * authserv-id counts: each server writes on top, so that what a sender wrote lies below (RFC 8601, 5). Undefined where
 * there is none, or where the sender's address is not one alone.
 */
export function authenticationOf(mail: ParsedMail, trusted: string | undefined): Authentication | undefined {
  const senders = mail.from?.value ?? [];
  const domain = senders[0]?.address?.split('@').at(-1)?.toLowerCase();
  if (trusted === undefined || senders.length !== 1 || !domain) return undefined;
  const lines = mail.headerLines.filter(({ key }) => key === 'authentication-results').map(({ line }) => bodyOf(line));
  const line = lines.find((text) => serverOf(text) === trusted.toLowerCase());
  if (line === undefined) return undefined;
  const results = line.split(';').slice(1, MAX_RESULTS).flatMap(resultOf);
  const passes = (name: string): boolean =>
    results.some(({ method, result, domains }) => method === name && result === 'pass' && domains.some(isAligned));
  const isAligned = (other: string): boolean => sameOrganisation(other, domain);
  const of = (name: string) => {
    const all = results.filter(({ method }) => method === name).map(({ result }) => result);
    return all.includes('pass') ? 'pass' : all[0];
  };
  const [spf, dkim, dmarc] = [of('spf'), of('dkim'), of('dmarc')];
  return {
    // A policy that failed is not made good by one method that passed.
    aligned: dmarc === 'fail' ? false : passes('dmarc') || passes('dkim') || passes('spf'),
    ...(spf !== undefined && { spf }),
    ...(dkim !== undefined && { dkim }),
    ...(dmarc !== undefined && { dmarc }),
  };
}

/** The header's value, unfolded, without comments, which may hold anything (RFC 5322, 3.2.2). */
function bodyOf(line: string): string {
  let text = line.slice(line.indexOf(':') + 1).replace(/\s+/g, ' ');
  for (let before = ''; before !== text;) {
    before = text;
    text = text.replace(/\([^()]*\)/g, ' ');
  }
  return text;
}

const serverOf = (text: string): string | undefined => text.split(';')[0]?.trim().split(' ')[0]?.toLowerCase();

function resultOf(text: string): Result[] {
  const [, method = '', result = '', rest = ''] = RESULT.exec(text.trim()) ?? [];
  if (method === '') return [];
  const domains = [...rest.matchAll(PROPERTY)].map(([, , value = '']) => value.split('@').at(-1)?.toLowerCase() ?? '');
  return [{ method: method.toLowerCase(), result: result.toLowerCase(), domains: domains.filter(Boolean) }];
}

/** Relaxed alignment (RFC 7489, 3.1) between a domain and its subdomains, as far as it can be told without a list. */
function sameOrganisation(one: string, other: string): boolean {
  const under = (sub: string, domain: string): boolean => domain.includes('.') && sub.endsWith(`.${domain}`);
  return one === other || under(one, other) || under(other, one);
}
