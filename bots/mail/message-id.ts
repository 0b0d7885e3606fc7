/** Hex digits of the hash kept: 160 bits never meet by chance, and the header line stays short. */
const HASH_DIGITS = 40;

/**
 * Message-ID (RFC 5322) of a mail's name: the same name and domain always give the same, with angle brackets. So a mail
 * sent twice around a crash is one mail to the servers and programs that know duplicates by their Message-ID.
 * @param name 32 bytes that outsiders cannot work out, so that nobody can answer a mail that they never got
 */
export function messageIdFor(name: Uint8Array, domain: string): string {
  return `<${Buffer.from(name).toString('hex').slice(0, HASH_DIGITS)}@${domain}>`;
}

/** Domain of an address such as `Zaplecze <bot@example.com>`; `localhost` where it has none. */
export function domainOf(from: string): string {
  return /@([A-Za-z0-9.-]+)/.exec(from)?.[1]?.toLowerCase() ?? 'localhost';
}
