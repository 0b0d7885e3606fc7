import { expect, it } from 'vitest';
import { checkDefinition } from '../index.ts';
import { loadDefinition } from '../../load.ts';
import type { KnownNames } from '../context.ts';

const NAMES = {
  ...{ people: [], places: {}, smtp: {}, documents: { passwords: [] } },
  roles: { purchasing: ['anna@huta.example'], board: [] },
  ledgers: { main: {} },
  mailboxes: { invoices: {} },
  targets: {},
} as unknown as KnownNames;

const text = (mailbox: string, approvers: string, more: string, ledger: string) => `
document: { dsl: 1.0.3, namespace: test, name: approve, version: 1.0.0 }
schedule: { on: { one: { with: { type: mail.received, source: mailbox/${mailbox} } } } }
do:
  - approve:
      call: approval.request
      with: { about: '\${ .invoice }', approvers: [${approvers}], ${more} }
  - tell:
      call: mail.send
      with: { to: somebody@huta.example, subject: Hello, text: Hello }
  - find:
      call: ledger.find
      with: { ledger: ${ledger}, invoice: '\${ .invoice }' }
`;

const told = (definition: string, names?: KnownNames) => {
  const { loaded, findings } = loadDefinition(definition, 'x.yaml');
  expect(findings).toEqual([]);
  return (loaded ? checkDefinition(loaded, { names }) : []).map(
    ({ severity, path, message, hint }) => `${severity} ${path} ${message} (${hint})`,
  );
};

it('should say nothing where every name is known, and mail addresses are', () => {
  expect(told(text('invoices', 'purchasing, jan@huta.example', 'second: [board]', 'main'), NAMES)).toEqual([]);
});

it('should name a role, a ledger and a mailbox that the settings do not know', () => {
  const escalate =
    'escalate: { after: 2 working days, to: [bord] }, rules: [{ upTo: 10.00 PLN, approvers: [purchasin] }]';
  expect(told(text('invoice', 'purchasing', escalate, "'${ .ledger }'"), NAMES)).toEqual([
    'warning /schedule/on/one/with/source the settings know no mailbox "invoice": a run would stop here (did you mean "invoices"?)',
    'warning /do/0/approve/with/escalate/to/0 the settings know no role "bord": a run would stop here (did you mean "board"?)',
    'warning /do/0/approve/with/rules/0/approvers/0 the settings know no role "purchasin": a run would stop here (did you mean "purchasing"?)',
  ]);
  expect(told(text('invoices', 'purchasing', 'need: 1', 'mian'), NAMES)).toEqual([
    'warning /do/2/find/with/ledger the settings know no ledger "mian": a run would stop here (did you mean "main"?)',
  ]);
});

it('should say nothing about names where the settings are not known', () => {
  expect(told(text('nobody', 'nobody', 'need: 1', 'nothing'))).toEqual([]);
});
