import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import type { Payload, PayloadCodec, SerializationContext } from '@temporalio/common';
import { METADATA_ENCODING_KEY } from '@temporalio/common';
// A CommonJS package whose names Node cannot see: only the default import has them.
import proto from '@temporalio/proto';
import { applicationException } from '../../core/model/problem.ts';
import { REFUSED_PAYLOAD } from '../../core/model/refused-payload.ts';
import type { KeyRing } from './key-ring.ts';

const Payloads = proto.temporal.api.common.v1.Payload;
const ENCODING = 'binary/zaplecze-aes-256-gcm';
/** Nonce length that GCM is defined for (NIST SP 800-38D, 5.2.1.1). */
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

const bytes = (text: string) => new TextEncoder().encode(text);
const text = (value: Uint8Array | null | undefined) => new TextDecoder().decode(value ?? undefined);

/** Stands where a payload in clear was. */
const REFUSED: Payload = {
  metadata: { [METADATA_ENCODING_KEY]: bytes('json/plain') },
  data: bytes(JSON.stringify(REFUSED_PAYLOAD)),
};

/**
 * Encrypts everything that goes into Temporal's histories: AES-256-GCM, the key's id beside the ciphertext. Believes no
 * payload in clear: whoever reaches Temporal can write those. Of activities one is an error, since neither arguments nor
 * a result that somebody else has made may count. Of workflows it becomes `REFUSED_PAYLOAD`, which their interceptor
 * turns away: an error would hold up the run that it was sent to for ever. Headers and search attributes, which Temporal
 * itself writes, do not come by here.
 */
export class EncryptionCodec implements PayloadCodec {
  readonly #ring: KeyRing;

  constructor(ring: KeyRing) {
    this.#ring = ring;
  }

  encode(payloads: Payload[]): Promise<Payload[]> {
    return Promise.resolve(payloads.map((payload) => this.#encrypt(payload)));
  }

  async decode(payloads: Payload[], context?: SerializationContext): Promise<Payload[]> {
    return payloads.map((payload) => {
      if (text(payload.metadata?.[METADATA_ENCODING_KEY]) === ENCODING) return this.#decrypt(payload);
      if (context?.type !== 'activity') return REFUSED;
      throw applicationException(
        'authorization',
        'a payload in clear is not believed: it is none of this installation',
      );
    });
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
