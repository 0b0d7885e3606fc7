import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { EncryptionCodec, loadKeyRing } from './codec.ts';

const payload = {
  metadata: { encoding: new TextEncoder().encode('json/plain') },
  data: new TextEncoder().encode('"IBAN"'),
};

describe('EncryptionCodec', () => {
  it('should hide and restore a payload, also after rotation', async () => {
    const dir = await mkdtemp(join(tmpdir(), 'zaplecze-codec-'));
    const ring = await loadKeyRing(join(dir, 'keys.json'));
    expect((await stat(join(dir, 'keys.json'))).mode & 0o777).toBe(0o600);
    expect(await loadKeyRing(join(dir, 'keys.json'))).toEqual(ring);
    const [sealed] = await new EncryptionCodec(ring).encode([payload]);
    expect(Buffer.from(sealed?.data ?? []).toString('latin1')).not.toContain('IBAN');
    const rotated = new EncryptionCodec({
      current: 'k2',
      keys: { ...ring.keys, k2: Buffer.alloc(32, 7).toString('base64') },
    });
    const [opened] = await rotated.decode(sealed ? [sealed] : []);
    expect(new TextDecoder().decode(opened?.data ?? undefined)).toBe('"IBAN"');
    await rm(dir, { recursive: true });
  });

  it('should make one key ring, however many processes start at once', async () => {
    const dir = await mkdtemp(join(tmpdir(), 'zaplecze-codec-'));
    const path = join(dir, 'keys.json');
    const rings = await Promise.all(Array.from({ length: 20 }, () => loadKeyRing(path)));
    expect(new Set(rings.map((ring) => JSON.stringify(ring))).size).toBe(1);
    expect(await readdir(dir)).toEqual(['keys.json']);
    await rm(dir, { recursive: true });
  });

  it('should notice a changed byte', async () => {
    const codec = new EncryptionCodec({ current: 'a', keys: { a: Buffer.alloc(32, 1).toString('base64') } });
    const [sealed] = await codec.encode([payload]);
    const data = Buffer.from(sealed?.data ?? []);
    data[20] = (data[20] ?? 0) ^ 1;
    await expect((async () => codec.decode([{ ...sealed, data }]))()).rejects.toThrow();
  });
});
