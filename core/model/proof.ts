import { z } from 'zod';
import { canonicalJson } from '../language/canonical-json.ts';

/**
 * Proof that the server has taken in what a person decided or did: Ed25519 signatures (RFC 8032), in hexadecimal, by the
 * id of the key. One for each key of the ring, since the run knows the keys of the day on which it asked.
 */
export const Proof = z.record(z.string().max(32), z.string().regex(/^[0-9a-f]{128}$/));
export type Proof = z.infer<typeof Proof>;

/** Public keys that prove decisions, in hexadecimal, by their ids. */
export const ProofKeys = z.record(z.string().max(32), z.string().regex(/^[0-9a-f]{64}$/));
export type ProofKeys = z.infer<typeof ProofKeys>;

/** Signs what goes to a run by an update. */
export type Prove = (run: string, update: string, request: object) => Proof;

/**
 * What is signed: the run, the update, and all that it carries but the proof: person, round, decision, factor, values and
 * expiry. A signature of one run, person or page counts for no other. Values that JSON does not have must not be in it.
 */
export function provenText(run: string, update: string, request: object): string {
  const { proof: _, ...claimed } = request as { proof?: unknown };
  return `zaplecze decision 1\n${update}\n${run}\n${canonicalJson(claimed)}`;
}
