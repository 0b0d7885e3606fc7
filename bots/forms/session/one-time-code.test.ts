import { expect, it } from 'vitest';
import { OneTimeCodes } from './one-time-code.ts';

/** Base32 of "12345678901234567890", the secret of RFC 6238, appendix B; its codes have 8 digits there. */
const SECRET = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ';
const RFC = `otpauth://totp/rfc?secret=${SECRET}&digits=8&algorithm=SHA1&period=30`;
const never = (): Promise<void> => Promise.reject(new Error('waited'));

it.each([
  [59, '94287082'],
  [1111111109, '07081804'],
  [1234567890, '89005924'],
  [2000000000, '69279037'],
])('gives the code of the RFC at %s s', async (seconds, code) => {
  // One second before a change the next code is waited for: the test looks through the eyes of that moment.
  let now = seconds * 1000;
  const wait = (): Promise<void> => Promise.resolve();
  expect(await new OneTimeCodes().next(RFC, wait, () => now)).toBe(code);
  now += 1;
});

it('never gives a code twice, and none that is about to end', async () => {
  const codes = new OneTimeCodes();
  let now = 1_000;
  const wait = (ms: number): Promise<void> => {
    now += ms;
    return Promise.resolve();
  };
  const first = await codes.next(SECRET, never, () => now);
  expect(first).toBe('755224');
  expect(await codes.next(SECRET, wait, () => now)).toBe('287082');
  expect(now).toBeGreaterThanOrEqual(30_000);
  now = 59_000;
  await codes.next(SECRET, wait, () => now);
  expect(now).toBeGreaterThanOrEqual(60_000);
});

it('does not tell a secret that is no secret', async () => {
  await expect(new OneTimeCodes().next('not!base32', never)).rejects.toThrow(/neither base32/);
  await expect(new OneTimeCodes().next('not!base32', never)).rejects.not.toThrow(/not!base32/);
});
