import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import type { Payload, PayloadCodec } from '@temporalio/common';
import { METADATA_ENCODING_KEY } from '@temporalio/common';
// A CommonJS package whose names Node cannot see: only the default import has them.
import proto from '@temporalio/proto';
import { applicationException } from '../../core/model/problem.ts';
import type { KeyRing } from './key-ring.ts';

const Payloads = proto.temporal.api.common.v1.Payload;
const ENCODING = 'binary/zaplecze-aes-256-gcm';
/** Nonce length that GCM is defined for (NIST SP 800-38D, 5.2.1.1). */
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

const bytes = (text: string) => new TextEncoder().encode(text);
const text = (value: Uint8Array | null | undefined) => new TextDecoder().decode(value ?? undefined);

/** Encrypts everything that goes into Temporal's histories: AES-256-GCM, the key's id beside the ciphertext. */
export class EncryptionCodec implements PayloadCodec {
  readonly #ring: KeyRing;

  constructor(ring: KeyRing) {
    this.#ring = ring;
  }

  encode(payloads: Payload[]): Promise<Payload[]> {
    return Promise.resolve(payloads.map((payload) => this.#encrypt(payload)));
  }

  decode(payloads: Payload[]): Promise<Payload[]> {
    return Promise.resolve(payloads.map((payload) => this.#decrypt(payload)));
  }

  #encrypt(payload: Payload): Payload {
    const nonce = randomBytes(NONCE_BYTES);
    const key = this.#ring.current('histories');
    const cipher = createCipheriv('aes-256-gcm', key.secret, nonce);
    const plain = Payloads.encode(payload).finish();
    const sealed = Buffer.concat([nonce, cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
    return {
      metadata: { [METADATA_ENCODING_KEY]: bytes(ENCODING), 'encryption-key-id': bytes(key.id) },
      data: sealed,
    };
  }

  #decrypt(payload: Payload): Payload {
    if (text(payload.metadata?.[METADATA_ENCODING_KEY]) !== ENCODING) return payload;
    const data = Buffer.from(payload.data ?? new Uint8Array());
    const key = this.#key(text(payload.metadata?.['encryption-key-id']));
    const decipher = createDecipheriv('aes-256-gcm', key, data.subarray(0, NONCE_BYTES));
    decipher.setAuthTag(data.subarray(-TAG_BYTES));
    const plain = Buffer.concat([decipher.update(data.subarray(NONCE_BYTES, -TAG_BYTES)), decipher.final()]);
    return Payloads.decode(plain);
  }

  #key(id: string): Uint8Array {
    const key = this.#ring.find('histories', id);
    if (key) return key.secret;
    throw applicationException(
      'configuration',
      `histories are encrypted with key "${id}", which is not in the key ring. To fix: restore keys.json from a backup`,
    );
  }
}
