import type { Headers } from 'mailparser';

const ROBOT_SENDERS = /^(mailer-daemon|postmaster|no-?reply|donotreply|do-not-reply)@/i;

/**
 * True when a machine wrote the mail or a list spread it, so that an answer would go nowhere or start a loop
 * (RFC 3834 section 2; RFC 3464 for bounces; Precedence and X-Auto-Response-Suppress as in practice).
 */
export function isAutomatic(headers: Headers, from: string): boolean {
  const text = (name: string): string => {
    const value = headers.get(name);
    return typeof value === 'string' ? value.trim().toLowerCase() : '';
  };
  const submitted = text('auto-submitted');
  if (submitted !== '' && !/^no\b/.test(submitted)) return true;
  if (/^(bulk|junk|list|auto_reply)\b/.test(text('precedence'))) return true;
  if (/\b(all|autoreply|oof)\b/.test(text('x-auto-response-suppress'))) return true;
  if (headers.has('list')) return true;
  return hasNullReturnPath(headers) || isReport(headers) || ROBOT_SENDERS.test(from);
}

/** `Return-Path: <>` (RFC 5321 section 4.5.5): notifications must not be answered. */
function hasNullReturnPath(headers: Headers): boolean {
  const path = headers.get('return-path');
  if (path === undefined) return false;
  const parsed = typeof path === 'object' && 'value' in path ? path.value : [];
  return Array.isArray(parsed) && !parsed.some((entry) => entry.address);
}

function isReport(headers: Headers): boolean {
  const type = headers.get('content-type');
  return typeof type === 'object' && 'value' in type && type.value === 'multipart/report';
}
