import { expect, it } from 'vitest';
import { matchesFilter } from './event-filter.ts';

const event = {
  specversion: '1.0' as const,
  id: '1',
  source: 'mailbox/invoices',
  type: 'mail.received',
  data: { gross: 12, from: { email: 'a@b.example', name: 'A' } },
};

it.each([
  [{ type: 'mail.received', source: 'mailbox/invoices' }, true],
  [{ type: 'mail.sent' }, false],
  [{ source: 'mailbox/.*' }, true],
  [{ source: 'box/.*' }, false],
  [{ source: 'mailbox/(' }, false],
  [{ data: { from: { email: 'a@b.example' } } }, true],
  [{ data: { from: { email: 'other' } } }, false],
  [{ data: '${ .gross > 10 }' }, true],
  [{ data: '${ .gross > 20 }' }, false],
  [{ type: '${ "mail.received" }' }, true],
  [{ subject: '${ .gross > 10 }' }, false],
])('should match %j: %s', (filter, expected) => {
  expect(matchesFilter(filter, event)).toBe(expected);
});
