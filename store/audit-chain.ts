import { createHash } from 'node:crypto';
import { storable } from '../core/model/text.ts';

/** Hash before the first entry. */
export const GENESIS = '0'.repeat(64);

/** An entry with its place in the chain. `at`: ISO 8601 with milliseconds, UTC. */
export type ChainedEntry = {
  seq: number;
  at: string;
  actor: string;
  action: string;
  run: string | null;
  details: unknown;
  previous: string;
  hash: string;
};

/** What is wrong with the first entry that does not hold. */
export type Break = {
  seq: number;
  /** `missing`: entries before it are gone; `unlinked`: it does not follow the one before it; `changed`: its content is not what was written. */
  why: 'missing' | 'unlinked' | 'changed';
};

/** The place in the chain up to which all holds. */
export type Head = { seq: number; hash: string };

/** SHA-256 over an entry and the hash of the one before it. */
export function hashOf(entry: Omit<ChainedEntry, 'hash'>): string {
  const { seq, at, actor, action, run, details, previous } = entry;
  const content = [seq, at, actor, action, run, canonical(details), previous];
  return createHash('sha256').update(JSON.stringify(content)).digest('hex');
}

/** Checks the next entry after `head`. */
export function checkLink(head: Head, entry: ChainedEntry): Break | undefined {
  const { seq } = entry;
  if (seq !== head.seq + 1) return { seq, why: 'missing' };
  if (entry.previous !== head.hash) return { seq, why: 'unlinked' };
  if (hashOf(entry) !== entry.hash) return { seq, why: 'changed' };
  return undefined;
}

/** JSON with sorted keys: jsonb does not keep the order of keys, the hash must not depend on it. */
export function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, inner: unknown) =>
    typeof inner === 'string'
      ? storable(inner)
      : inner !== null && typeof inner === 'object' && !Array.isArray(inner)
        ? Object.fromEntries(
            Object.entries(inner)
              .map(([key, value]) => [storable(key), value] as const)
              .sort(([a], [b]) => (a < b ? -1 : 1)),
          )
        : inner,
  );
}
