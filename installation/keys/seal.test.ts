import { expect, it } from 'vitest';
import { createSealer } from './seal.ts';

const key = (letter: string): string => Buffer.alloc(32, letter).toString('base64');
const old = createSealer({ current: 'k1', keys: { k1: key('a') } });
const rotated = createSealer({ current: 'k2', keys: { k1: key('a'), k2: key('b') } });
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
