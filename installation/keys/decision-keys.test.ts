import { randomBytes } from 'node:crypto';
import { expect, it } from 'vitest';
import { isProved } from '../../workflows/flows/proof.ts';
import { createDecisionKeys } from './decision-keys.ts';
import { KeyRing } from './key-ring.ts';

const entry = (id: string, madeFor?: 'links') => ({
  ...{ id, secret: randomBytes(32).toString('base64'), since: '2026-11-24T10:00:00.000Z' },
  ...(madeFor && { madeFor }),
});
const [old, fresh, links] = [entry('aa'), entry('bb'), entry('cc', 'links')];
const before = createDecisionKeys(KeyRing.of(old, links));
const request = { approval: 'apr_1', round: 1, approver: 'anna@x.example', decision: 'approved', reason: undefined };

it('should prove a request to the run that it is for, whatever the order of its parts', () => {
  const proof = before.prove('run-1', 'decide', request);
  const keys = before.publicKeys();
  expect(Object.keys(keys), 'keys of links prove no decision').toEqual(['aa']);
  const sent: unknown = JSON.parse(
    JSON.stringify({ proof, ...Object.fromEntries(Object.entries(request).toReversed()) }),
  );
  expect(isProved(keys, 'run-1', 'decide', sent)).toBe(true);
  expect(isProved(keys, 'run-2', 'decide', sent), 'another run').toBe(false);
  expect(isProved(keys, 'run-1', 'approvalAct', sent), 'another update').toBe(false);
});

it.each([
  ['another person', { approver: 'ben@x.example' }],
  ['another round', { round: 2 }],
  ['another decision', { decision: 'rejected' }],
  ['a factor that was not shown', { factor: 'passkey' }],
  ['no proof', { proof: undefined }],
  ['a proof of nothing', { proof: {} }],
  ['a proof that is not a signature', { proof: { aa: 'f'.repeat(128) } }],
  ['a key that is inherited', { proof: { constructor: 'f'.repeat(128) } }],
])('should not prove %s', (_, change) => {
  const proof = before.prove('run-1', 'decide', request);
  expect(isProved(before.publicKeys(), 'run-1', 'decide', { ...request, proof, ...change })).toBe(false);
});

it('should prove to runs that asked before a rotation, and to those that ask after it', () => {
  const after = createDecisionKeys(KeyRing.of(fresh, old));
  const sent = { round: 1, proof: after.prove('r', 'decide', { round: 1 }) };
  expect(isProved(before.publicKeys(), 'r', 'decide', sent)).toBe(true);
  expect(isProved(after.publicKeys(), 'r', 'decide', sent)).toBe(true);
});

it('should ask no proof of a run that was given no keys', () => {
  expect(isProved(undefined, 'r', 'decide', { round: 1 })).toBe(true);
});
