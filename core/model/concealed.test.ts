import { expect, it } from 'vitest';
import { conceal, rememberSecret } from './concealed.ts';

it('conceals a secret that was used, however it is spelled', () => {
  rememberSecret('a b/c?d#e');
  const said = `500: {"x-key":"a b/c?d#e","path":"/a%20b%2Fc%3Fd%23e","basic":"${btoa('a b/c?d#e')}"}`;
  expect(conceal(said)).toBe('500: {"x-key":"[secret]","path":"/[secret]","basic":"[secret]"}');
});

it('leaves words that are too short to be secrets', () => {
  rememberSecret('no');
  expect(conceal('no answer')).toBe('no answer');
});
