import { expect, it } from 'vitest';
import type { SignIns } from '../../../store/sign-ins.ts';
import { createCodes } from './codes.ts';

const ANNA = { email: 'anna@huta.example', name: 'Anna', language: 'en' as const, roles: ['approver' as const] };

function office() {
  const begun: string[] = [];
  const mails: string[] = [];
  const signIns = {
    begin: ({ email }: { email: string }) => Promise.resolve(void begun.push(email)),
    countSince: () => Promise.resolve(begun.length),
    attempt: () => Promise.resolve(undefined),
    use: () => Promise.resolve(false),
  } as unknown as SignIns;
  const codes = createCodes({
    ...{ signIns, tokens: { digest: () => '' }, publicUrl: 'http://x.test', log: () => undefined },
    find: (email) => Promise.resolve(email === ANNA.email ? ANNA : undefined),
    sendMail: ({ to }) => Promise.resolve(mails.push(to)),
    clock: () => new Date('2026-11-24T10:00:00Z'),
  });
  return { codes, mails };
}

it('should still send a person their code after a stranger asked for many', async () => {
  const { codes, mails } = office();
  for (let i = 0; i < 50; i += 1) await codes.send(ANNA.email, 'stranger');
  expect(mails, 'as many as one client gets').toHaveLength(5);
  await codes.send(ANNA.email, 'anna at her desk');
  expect(mails).toHaveLength(6);
});

it('should send no more than a person can use, however many ask', async () => {
  const { codes, mails } = office();
  for (let i = 0; i < 50; i += 1) await codes.send(ANNA.email, `stranger ${i}`);
  expect(mails).toHaveLength(15);
});
