import { expect, it } from 'vitest';
import { businessException } from '../../core/model/problem.ts';
import { classify } from './connect.ts';
import type { MailboxConnection } from './types.ts';

const settings: MailboxConnection = {
  name: 'invoices',
  host: 'imap.example',
  port: 993,
  tls: 'implicit',
  trustAnyCertificate: false,
  user: 'bot@example.com',
  password: 'hidden',
  folder: 'INBOX',
  processed: 'Processed',
  quarantine: 'Quarantine',
  pollSeconds: 60,
};

it.each([
  [Object.assign(new Error('x'), { authenticationFailed: true }), 'authentication', false],
  [Object.assign(new Error('connect'), { code: 'ECONNREFUSED' }), 'communication', true],
  ['a string', 'communication', true],
  [businessException('mail-not-found', 'gone'), 'mail-not-found', false],
])('should classify %s as %s', (error, title, retryable) => {
  const problem = classify(error, settings);
  expect([problem.problem.title, problem.retryable]).toEqual([title, retryable]);
  expect(problem.message).not.toContain('hidden');
});

it('should leave a problem as it is, however often it passes', () => {
  const once = classify(Object.assign(new Error('Failed.'), { authenticationFailed: true }), settings);
  expect(classify(once, settings)).toBe(once);
});
