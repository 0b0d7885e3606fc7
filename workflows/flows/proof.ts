import { ed25519 } from '@noble/curves/ed25519.js';
import { Proof, type ProofKeys, provenText } from '../../core/model/proof.ts';

/**
 * Whether the server has signed this request for this run, by a key that the run was given when it asked. Pure and
 * synchronous, so that the validator of an update can ask it (docs/decisions/0111-decisions-are-proved.md). An approval
 * that was opened before there were keys has none: there the sealed path of the payloads is all the proof.
 */
export function isProved(keys: ProofKeys | undefined, run: string, update: string, request: unknown): boolean {
  if (keys === undefined) return true;
  if (typeof request !== 'object' || request === null || !('proof' in request)) return false;
  const proof = Proof.safeParse(request.proof);
  if (!proof.success) return false;
  const text = new TextEncoder().encode(provenText(run, update, request));
  return Object.entries(proof.data).some(([id, signature]) => {
    const key = Object.hasOwn(keys, id) ? keys[id] : undefined;
    return key !== undefined && verified(signature, text, key);
  });
}

function verified(signature: string, text: Uint8Array, key: string): boolean {
  try {
    // Strict as RFC 8032 and FIPS 186-5 have it: one signature, one message, one key.
    return ed25519.verify(bytesOf(signature), text, bytesOf(key), { zip215: false });
  } catch {
    // A point that is none on the curve.
    return false;
  }
}

function bytesOf(hex: string): Uint8Array {
  return Uint8Array.from(hex.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
}
