import { createHash } from 'node:crypto';
import { expect, it } from 'vitest';
import { KeyRing } from './key-ring.ts';
import { createNames } from './names.ts';

const entry = (id: string, fill: number) => ({
  id,
  secret: Buffer.alloc(32, fill).toString('base64'),
  since: '2026-01-01T00:00:00.000Z',
});
const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');

it('should make names that follow from the key of the installation, not from the text alone', () => {
  const [one] = createNames(KeyRing.of(entry('a', 1)))('run/task');
  const [same] = createNames(KeyRing.of(entry('a', 1)))('run/task');
  const [other] = createNames(KeyRing.of(entry('b', 2)))('run/task');
  expect(hex(one)).toBe(hex(same));
  expect(hex(one)).not.toBe(hex(other));
  expect(hex(one)).not.toBe(createHash('sha256').update('run/task').digest('hex'));
});

it('should still know the names that a key before a rotation made', () => {
  const [before] = createNames(KeyRing.of(entry('a', 1)))('run/task');
  const after = createNames(KeyRing.of(entry('b', 2), entry('a', 1)))('run/task');
  expect(after.map(hex)).toHaveLength(2);
  expect(after.map(hex).indexOf(hex(before))).toBe(1);
});
