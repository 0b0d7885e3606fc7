import { describe, expect, it } from 'vitest';
import { isRefusedPayload } from '../../core/model/refused-payload.ts';
import { EncryptionCodec } from './codec.ts';
import { KeyRing } from './key-ring.ts';

const payload = {
  metadata: { encoding: new TextEncoder().encode('json/plain') },
  data: new TextEncoder().encode('"IBAN"'),
};
const entry = (id: string) => ({ id, secret: Buffer.alloc(32, id).toString('base64'), since: '2026-11-01T00:00:00Z' });

describe('EncryptionCodec', () => {
  it('should hide and restore a payload, also after a rotation', async () => {
    const [sealed] = await new EncryptionCodec(KeyRing.of(entry('k1'))).encode([payload]);
    expect(Buffer.from(sealed?.data ?? []).toString('latin1')).not.toContain('IBAN');
    const rotated = new EncryptionCodec(KeyRing.of(entry('k2'), entry('k1')));
    const [opened] = await rotated.decode(sealed ? [sealed] : []);
    expect(new TextDecoder().decode(opened?.data ?? undefined)).toBe('"IBAN"');
  });

  it('should notice a changed byte', async () => {
    const codec = new EncryptionCodec(KeyRing.of(entry('k1')));
    const [sealed] = await codec.encode([payload]);
    const data = Buffer.from(sealed?.data ?? []);
    data[20] = (data[20] ?? 0) ^ 1;
    await expect((async () => codec.decode([{ ...sealed, data }]))()).rejects.toThrow();
  });

  it('should believe nothing in clear', async () => {
    const codec = new EncryptionCodec(KeyRing.of(entry('k1')));
    const [turned] = await codec.decode([payload], { type: 'workflow', namespace: 'n', workflowId: 'w' });
    expect(isRefusedPayload(JSON.parse(new TextDecoder().decode(turned?.data ?? undefined)))).toBe(true);
    const decoding = codec.decode([payload], { type: 'activity', namespace: 'n', isLocal: false });
    await expect(decoding).rejects.toThrow('a payload in clear is not believed');
  });

  it('should name a key that is gone', async () => {
    const [sealed] = await new EncryptionCodec(KeyRing.of(entry('k1'))).encode([payload]);
    const other = new EncryptionCodec(KeyRing.of(entry('k2')));
    await expect((async () => other.decode(sealed ? [sealed] : []))()).rejects.toThrow(/key "k1"/);
  });
});
