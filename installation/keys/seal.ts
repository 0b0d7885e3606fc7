import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import type { Sealer } from '../../core/model/sealer.ts';
import type { KeyPurpose, KeyRing } from './key-ring.ts';

/** Nonce and tag lengths that GCM is defined for (NIST SP 800-38D, 5.2.1). */
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** Encrypts files of one purpose with the key ring of the state folder: AES-256-GCM, the key's id in front. */
export function createSealer(ring: KeyRing, purpose: KeyPurpose): Sealer {
  return {
    seal(bytes) {
      const key = ring.current(purpose);
      const nonce = randomBytes(NONCE_BYTES);
      const cipher = createCipheriv('aes-256-gcm', key.secret, nonce);
      const head = Buffer.from(`${key.id}\n`);
      return Buffer.concat([head, nonce, cipher.update(bytes), cipher.final(), cipher.getAuthTag()]);
    },
    open(sealed) {
      const file = Buffer.from(sealed);
      const end = file.indexOf('\n');
      const key = ring.find(purpose, file.subarray(0, Math.max(0, end)).toString());
      const body = file.subarray(end + 1);
      if (!key || body.length < NONCE_BYTES + TAG_BYTES) return undefined;
      try {
        const decipher = createDecipheriv('aes-256-gcm', key.secret, body.subarray(0, NONCE_BYTES));
        decipher.setAuthTag(body.subarray(-TAG_BYTES));
        return Buffer.concat([decipher.update(body.subarray(NONCE_BYTES, -TAG_BYTES)), decipher.final()]);
      } catch {
        // Damaged, or changed by somebody: as good as not there.
        return undefined;
      }
    },
  };
}
