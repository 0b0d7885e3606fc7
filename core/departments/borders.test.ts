import { describe, expect, it } from 'vitest';
import { Settings } from '../settings/settings.ts';
import { createBorders } from './borders.ts';
import type { UseKind } from './uses.ts';

const base = {
  company: { name: 'Huta' },
  publicUrl: 'http://zaplecze.test',
  smtp: { host: 'mail.test', port: 25, from: 'bot@huta.example', password: 'smtp-password' },
  people: [{ name: 'Anna', email: 'anna@huta.example', authenticator: 'authenticator-anna' }],
  mailboxes: {
    invoices: { host: 'mail.test', port: 993, user: 'i', password: 'mailbox-invoices' },
    leads: { host: 'mail.test', port: 993, user: 'l', password: 'mailbox-leads' },
  },
  targets: { books: { url: 'http://books.test', password: 'books-password' } },
};
const departments = {
  finance: {
    secrets: { bank: ['api.bank.example'] },
    mailboxes: ['invoices'],
    sheets: ['finance-*.xlsx'],
    ledgers: ['main'],
    targets: ['books'],
    functions: ['ledger.*'],
    events: ['ksef/*'],
    hosts: ['erp.internal:8443'],
  },
  marketing: { mailboxes: ['leads'], secrets: { crm: ['crm.example'] } },
};
const shared = { sheets: ['holidays.xlsx'] };
const drawn = createBorders(Settings.parse({ ...base, departments, shared }));
const open = createBorders(Settings.parse(base));

describe('borders between departments', () => {
  it.each<[UseKind, string, boolean]>([
    ['secrets', 'bank', false],
    ['secrets', 'crm', true],
    ['secrets', 'nobodys', false],
    ['secrets', 'mailbox-leads', false],
    ['secrets', 'authenticator-anna', false],
    ['mailboxes', 'invoices', false],
    ['mailboxes', 'leads', true],
    ['sheets', 'finance-2026.xlsx', false],
    ['sheets', 'holidays.xlsx', true],
    ['sheets', 'register.xlsx', false],
    ['ledgers', 'main', false],
    ['targets', 'books', false],
    ['functions', 'ledger.post', false],
    ['functions', 'mail.send', true],
    ['events', 'ksef/received', false],
    ['events', 'shop/orders', true],
    ['events', '/finance/invoices/1.0.0', false],
    ['events', '/marketing/leads/1.0.0', true],
    ['definitions', 'finance/invoices', false],
    ['definitions', 'marketing/leads', true],
  ])('should judge what marketing may do with %s "%s"', (kind, name, allowed) => {
    expect(drawn.refusal('marketing', { kind, name }) === undefined).toBe(allowed);
  });

  it('should say to whom a thing belongs', () => {
    expect(drawn.refusal('marketing', { kind: 'ledgers', name: 'main' })).toBe(
      'ledger "main" belongs to finance, not to marketing',
    );
  });

  it('should leave everything open where there are none, but for what the settings keep to themselves', () => {
    expect(open.refusal('marketing', { kind: 'ledgers', name: 'main' })).toBeUndefined();
    expect(open.refusal('marketing', { kind: 'secrets', name: 'bank' })).toBeUndefined();
    expect(open.refusal('finance', { kind: 'secrets', name: 'authenticator-anna' })).toContain('no definition gets it');
    expect(open.refusal('finance', { kind: 'secrets', name: 'smtp-password' })).toContain(
      'used by the settings themselves',
    );
  });

  it('should let nobody speak for a mailbox or another department', () => {
    expect(open.emitRefusal('marketing', 'mailbox/leads')).toContain('come from there alone');
    expect(open.emitRefusal('marketing', '/finance/invoices/1.0.0')).toContain('not from marketing');
    expect(open.emitRefusal('marketing', '/marketing/leads/1.0.0')).toBeUndefined();
    expect(drawn.receives('marketing', 'mailbox/invoices')).toBe(false);
    expect(drawn.receives('finance', 'mailbox/invoices')).toBe(true);
  });

  it('should know hosts of departments and secrets', () => {
    expect(drawn.hostsOf('finance')).toEqual(['erp.internal:8443']);
    expect(drawn.hostsOf('marketing')).toEqual([]);
    expect(drawn.hostsOfSecret('finance', 'bank')).toEqual(['api.bank.example']);
  });
});
