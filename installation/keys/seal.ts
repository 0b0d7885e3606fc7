import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';
import type { Sealer } from '../../bots/forms/index.ts';
import type { KeyRing } from './codec.ts';

const KEY_BYTES = 32;
/** Nonce and tag lengths that GCM is defined for (NIST SP 800-38D, 5.2.1). */
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
/** Separates these keys from those of the histories, which come from the same ring (RFC 5869, section 3.2). */
const PURPOSE = 'zaplecze browser sessions';

/** Encrypts files of one purpose with the key ring of the state folder: AES-256-GCM, the key's id in front. */
export function createSealer(ring: KeyRing): Sealer {
  const keyOf = (id: string): Buffer | undefined => {
    const secret = ring.keys[id];
    return secret === undefined
      ? undefined
      : Buffer.from(hkdfSync('sha256', Buffer.from(secret, 'base64'), '', PURPOSE, KEY_BYTES));
  };
  return {
    seal(bytes) {
      const key = keyOf(ring.current);
      if (!key) throw new Error(`the key ring has no key "${ring.current}"`);
      const nonce = randomBytes(NONCE_BYTES);
      const cipher = createCipheriv('aes-256-gcm', key, nonce);
      const head = Buffer.from(`${ring.current}\n`);
      return Buffer.concat([head, nonce, cipher.update(bytes), cipher.final(), cipher.getAuthTag()]);
    },
    open(sealed) {
      const file = Buffer.from(sealed);
      const end = file.indexOf('\n');
      const key = keyOf(file.subarray(0, Math.max(0, end)).toString());
      const body = file.subarray(end + 1);
      if (!key || body.length < NONCE_BYTES + TAG_BYTES) return undefined;
      try {
        const decipher = createDecipheriv('aes-256-gcm', key, body.subarray(0, NONCE_BYTES));
        decipher.setAuthTag(body.subarray(-TAG_BYTES));
        return Buffer.concat([decipher.update(body.subarray(NONCE_BYTES, -TAG_BYTES)), decipher.final()]);
      } catch {
        // Damaged, or changed by somebody: as good as no session.
        return undefined;
      }
    },
  };
}
