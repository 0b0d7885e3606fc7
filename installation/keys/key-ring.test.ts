import { randomBytes } from 'node:crypto';
import { mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createSealer } from './seal.ts';
import { openKeyRing, rotateKeyRing } from './key-ring.ts';

let dir: string;
let path: string;
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'zaplecze-keys-'));
  path = join(dir, 'keys.json');
});
afterEach(() => rm(dir, { recursive: true }));

const text = new TextEncoder().encode('a cookie');

describe('openKeyRing', () => {
  it('should make one key ring, however many processes start at once', async () => {
    const rings = await Promise.all(Array.from({ length: 20 }, () => openKeyRing(path)));
    expect(new Set(rings.map((ring) => ring.current('links').id)).size).toBe(1);
    expect(await readdir(dir)).toEqual(['keys.json']);
    expect((await stat(path)).mode & 0o777).toBe(0o600);
  });

  it('should give each purpose a key of its own', async () => {
    const ring = await openKeyRing(path);
    const purposes = ['histories', 'links', 'artefacts'] as const;
    const keys = new Set(purposes.map((purpose) => Buffer.from(ring.current(purpose).secret).toString('hex')));
    expect(keys.size).toBe(purposes.length);
  });

  it('should take over the keys of the two files of older installations, for what they were made for', async () => {
    const [history, link] = [randomBytes(32), randomBytes(32)];
    const histories = {
      current: 'k2',
      keys: { k1: randomBytes(32).toString('base64'), k2: history.toString('base64') },
    };
    const links = { keys: [{ id: 'ab12', secret: link.toString('base64'), since: '2026-10-01T00:00:00.000Z' }] };
    await writeFile(join(dir, 'history-keys.json'), JSON.stringify(histories));
    await writeFile(join(dir, 'link-keys.json'), JSON.stringify(links));
    const ring = await openKeyRing(path);
    expect(Buffer.from(ring.find('histories', 'k2')?.secret ?? []).equals(history)).toBe(true);
    expect(Buffer.from(ring.find('links', 'ab12')?.secret ?? []).equals(link)).toBe(true);
    expect(ring.find('links', 'k2')).toBeUndefined();
    expect(ring.find('histories', 'ab12')).toBeUndefined();
    expect(['k1', 'k2', 'ab12']).not.toContain(ring.current('histories').id);
    expect(ring.list()).toHaveLength(4);
  });
});

describe('rotateKeyRing', () => {
  it('should be followed by a process that runs: what the new key sealed is opened at once', async () => {
    const running = await openKeyRing(path);
    const old = createSealer(running, 'browser sessions').seal(text);
    const id = await rotateKeyRing(path);
    const other = await openKeyRing(path);
    expect(other.current('links').id).toBe(id);
    const sealed = createSealer(other, 'browser sessions').seal(text);
    const sealer = createSealer(running, 'browser sessions');
    expect(Buffer.from(sealer.open(sealed) ?? '').toString()).toBe('a cookie');
    expect(Buffer.from(sealer.open(old) ?? '').toString()).toBe('a cookie');
    expect(running.current('links').id).toBe(id);
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    expect(await readdir(dir)).toEqual(['keys.json']);
  });
});
