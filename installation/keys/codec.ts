import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { mkdir, readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Payload, PayloadCodec } from '@temporalio/common';
import { METADATA_ENCODING_KEY } from '@temporalio/common';
// A CommonJS package whose names Node cannot see: only the default import has them.
import proto from '@temporalio/proto';
import { z } from 'zod';
import { applicationException } from '../../core/model/problem.ts';
import { createOnce } from '../../store/create-once.ts';

const Payloads = proto.temporal.api.common.v1.Payload;
const ENCODING = 'binary/zaplecze-aes-256-gcm';
const KEY_BYTES = 32;
/** Nonce length that GCM is defined for (NIST SP 800-38D, 5.2.1.1). */
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

const bytes = (text: string) => new TextEncoder().encode(text);
const text = (value: Uint8Array | null | undefined) => new TextDecoder().decode(value ?? undefined);

/** Keys by id, in base64; the one named `current` encrypts, all of them decrypt. */
export const KeyRing = z.object({ current: z.string(), keys: z.record(z.string(), z.base64()) });
export type KeyRing = z.infer<typeof KeyRing>;

/** Reads the key ring; where there is none yet, makes one with a first key (mode 0600). */
export async function loadKeyRing(path: string): Promise<KeyRing> {
  const found = await readFile(path, 'utf8').catch(() => undefined);
  if (found !== undefined) return KeyRing.parse(JSON.parse(found));
  await mkdir(dirname(path), { recursive: true });
  const first: KeyRing = { current: 'k1', keys: { k1: randomBytes(KEY_BYTES).toString('base64') } };
  await createOnce(path, JSON.stringify(first, undefined, 2));
  // Another process may have been first: what lies there now holds for all.
  return KeyRing.parse(JSON.parse(await readFile(path, 'utf8')));
}

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
    const cipher = createCipheriv('aes-256-gcm', this.#key(this.#ring.current), nonce);
    const plain = Payloads.encode(payload).finish();
    const sealed = Buffer.concat([nonce, cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
    return {
      metadata: { [METADATA_ENCODING_KEY]: bytes(ENCODING), 'encryption-key-id': bytes(this.#ring.current) },
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

  #key(id: string): Buffer {
    const key = this.#ring.keys[id];
    if (key !== undefined) return Buffer.from(key, 'base64');
    throw applicationException(
      'configuration',
      `histories are encrypted with key "${id}", which is not in the key ring`,
    );
  }
}
