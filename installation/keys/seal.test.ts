import { expect, it } from 'vitest';
import { KeyRing } from './key-ring.ts';
import { createSealer } from './seal.ts';

const entry = (id: string) => ({ id, secret: Buffer.alloc(32, id).toString('base64'), since: '2026-11-01T00:00:00Z' });
const old = createSealer(KeyRing.of(entry('k1')), 'browser sessions');
const rotated = createSealer(KeyRing.of(entry('k2'), entry('k1')), 'browser sessions');
const text = new TextEncoder().encode('a cookie');

it('opens what it has sealed, also after the key was changed', () => {
  const sealed = old.seal(text);
  expect(Buffer.from(sealed).includes('cookie')).toBe(false);
  expect(Buffer.from(rotated.open(sealed) ?? '').toString()).toBe('a cookie');
  expect(old.open(rotated.seal(text))).toBeUndefined();
});

it('takes what was changed for nothing', () => {
  const sealed = Buffer.from(old.seal(text));
  sealed[sealed.length - 20] = (sealed.at(-20) ?? 0) ^ 1;
  expect(old.open(sealed)).toBeUndefined();
  expect(old.open(Buffer.from('k1\nshort'))).toBeUndefined();
});
