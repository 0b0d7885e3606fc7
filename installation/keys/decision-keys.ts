import { createPrivateKey, createPublicKey, type KeyObject, sign } from 'node:crypto';
import { type Proof, type ProofKeys, type Prove, provenText } from '../../core/model/proof.ts';
import type { KeyRing } from './key-ring.ts';

/** What stands before the 32 bytes of a private key in PKCS #8 (RFC 8410, 7). */
const PKCS8_ED25519 = Buffer.from('302e020100300506032b657004220420', 'hex');

export type DecisionKeys = {
  /** Of every key of the ring: given to a run when it asks people. */
  publicKeys: () => ProofKeys;
  prove: Prove;
};

/** Keys by which the server proves to a run that a person has decided: Ed25519, each made of one key of the ring. */
export function createDecisionKeys(ring: KeyRing): DecisionKeys {
  const made = new Map<string, KeyObject>();
  const keys = (): [id: string, key: KeyObject][] =>
    ring.list().flatMap(({ id }) => {
      const known = made.get(id);
      if (known) return [[id, known]];
      const entry = ring.find('decisions', id);
      if (!entry) return [];
      const der = Buffer.concat([PKCS8_ED25519, entry.secret]);
      const key = createPrivateKey({ key: der, format: 'der', type: 'pkcs8' });
      made.set(id, key);
      return [[id, key]];
    });
  return {
    publicKeys: () => Object.fromEntries(keys().map(([id, key]) => [id, publicKeyOf(key)])),
    prove(run, update, request): Proof {
      const text = Buffer.from(provenText(run, update, JSON.parse(JSON.stringify(request)) as object));
      return Object.fromEntries(keys().map(([id, key]) => [id, sign(null, text, key).toString('hex')]));
    },
  };
}

function publicKeyOf(key: KeyObject): string {
  const { x = '' } = createPublicKey(key).export({ format: 'jwk' });
  return Buffer.from(x, 'base64url').toString('hex');
}
