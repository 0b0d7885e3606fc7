import { mkdtemp, rm, stat, writeFile, chmod } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openKeyRing, rotateKeyRing } from '../../installation/keys/key-ring.ts';
import type { Link } from './tokens.ts';
import { createTokens, PAGE_LIFETIME_MS } from './tokens.ts';

const claims = {
  approval: 'apr_0123456789abcdefghij',
  round: 1,
  approver: 'Anna.Nowak@example.com',
  expiresAt: new Date('2026-12-01T12:00:00Z'),
};
const now = new Date('2026-11-24T12:00:00Z');

function read(token: string, tokens: ReturnType<typeof createTokens>): Link {
  const link = tokens.readLink(token);
  if (!link) throw new Error('the link is refused');
  return link;
}

describe('tokens', () => {
  let dir: string;
  let keyFile: string;
  beforeAll(async () => {
    dir = await mkdtemp(join(tmpdir(), 'zaplecze-keys-'));
    keyFile = join(dir, 'keys.json');
  });
  afterAll(() => rm(dir, { recursive: true }));

  it('carries approval, round, person and expiry, but no mail address', async () => {
    const tokens = createTokens(await openKeyRing(keyFile));
    const token = tokens.signLink(claims);
    expect(tokens.readLink(token)).toMatchObject({ approval: claims.approval, round: 1, expiresAt: claims.expiresAt });
    expect(token).not.toMatch(/anna|nowak|example/i);
    expect(token).toMatch(/^[\w.-]+$/);
    expect(tokens.signLink(claims), 'the same for every attempt, so that a mail sent again is the same mail').toBe(
      token,
    );
  });

  it('refuses a link with any one bit flipped', async () => {
    const tokens = createTokens(await openKeyRing(keyFile));
    const bytes = Buffer.from(tokens.signLink(claims));
    for (let bit = 0; bit < bytes.length * 8; bit += 1) {
      const flipped = Buffer.from(bytes);
      flipped[bit >> 3] = (flipped[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      expect(tokens.readLink(flipped.toString('latin1')), `bit ${bit}`).toBeUndefined();
    }
  });

  it('refuses a page token with any one bit flipped, or of another link', async () => {
    const tokens = createTokens(await openKeyRing(keyFile));
    const link = read(tokens.signLink(claims), tokens);
    const other = read(tokens.signLink({ ...claims, round: 2 }), tokens);
    const page = tokens.signPage(link, now);
    expect(tokens.readPage(link, page)?.expiresAt).toEqual(new Date(now.getTime() + PAGE_LIFETIME_MS));
    expect(tokens.readPage(other, page)).toBeUndefined();
    expect(tokens.readLink(page)).toBeUndefined();
    expect(tokens.readPage(link, link.token)).toBeUndefined();
    const bytes = Buffer.from(page);
    for (let bit = 0; bit < bytes.length * 8; bit += 1) {
      const flipped = Buffer.from(bytes);
      flipped[bit >> 3] = (flipped[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      expect(tokens.readPage(link, flipped.toString('latin1')), `bit ${bit}`).toBeUndefined();
    }
  });

  it('keeps links alive over a rotation, and signs with the fresh key', async () => {
    const before = createTokens(await openKeyRing(keyFile));
    const old = before.signLink(claims);
    await rotateKeyRing(keyFile);
    const after = createTokens(await openKeyRing(keyFile));
    expect(after.readLink(old)).toBeDefined();
    const fresh = after.signLink(claims);
    expect(fresh).not.toBe(old);
    expect(before.readLink(fresh), 'a server that was running all the time').toBeDefined();
    expect((await openKeyRing(keyFile)).list()).toHaveLength(2);
  });

  it('keeps the keys to their owner, and says so when others can read them', async () => {
    await openKeyRing(keyFile);
    expect((await stat(keyFile)).mode & 0o777).toBe(0o600);
    const open = join(dir, 'open.json');
    await openKeyRing(open);
    await chmod(open, 0o644);
    await expect(openKeyRing(open)).rejects.toThrow(/chmod 600/);
  });

  it('says what to do about a broken key file', async () => {
    const torn = join(dir, 'torn.json');
    await writeFile(torn, '{"keys": [', { mode: 0o600 });
    await expect(openKeyRing(torn)).rejects.toThrow(/restore it from a backup/);
  });
});
