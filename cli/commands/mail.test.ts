import { expect, it } from 'vitest';
import { accountTable, comparison } from './mail.ts';

const account = {
  mailbox: 'invoices',
  ...{ in: 7, runs: 3, twins: 1, replies: 1, quarantine: 1, refused: 1, waiting: 0 },
  folders: { processed: 5, quarantine: 2 },
};

it('should show what came in and where it went', () => {
  expect(accountTable([account]).split('\n').at(-1)).toMatch(/^invoices +7 +3 +1 +1 +1 +1 +0$/);
});

it('should say where the mailbox holds other than the account', () => {
  const compare = (server: { inbox: number; processed: number; quarantine: number } | { problem: string }) =>
    comparison({ ...account, server });
  expect(compare({ inbox: 0, processed: 5, quarantine: 2 })).toEqual([
    'invoices: the folders hold what the account says; 0 in the inbox',
  ]);
  expect(compare({ inbox: 0, processed: 6, quarantine: 1 })).toEqual([
    'invoices: folder processed holds 6, the account says 5: 1 came before this account, or were moved there by hand',
    'invoices: folder quarantine holds 1, the account says 2: 1 were deleted or moved by hand',
  ]);
  expect(compare({ problem: 'login refused' })).toEqual(['invoices: not compared with the mailbox: login refused']);
});
