import { createHash } from 'node:crypto';

/** Hex digits of the hash kept: 160 bits never meet by chance, and the header line stays short. */
const HASH_DIGITS = 40;

/**
 * Message-ID (RFC 5322) of an idempotency key: the same key and domain always give the same, with angle brackets. So a
 * mail sent twice around a crash is one mail to the servers and programs that know duplicates by their Message-ID.
 */
export function messageIdFor(idempotencyKey: string, domain: string): string {
  const digest = createHash('sha256').update(idempotencyKey).digest('hex').slice(0, HASH_DIGITS);
  return `<${digest}@${domain}>`;
}

/** Domain of an address such as `Zaplecze <bot@example.com>`; `localhost` where it has none. */
export function domainOf(from: string): string {
  return /@([A-Za-z0-9.-]+)/.exec(from)?.[1]?.toLowerCase() ?? 'localhost';
}
