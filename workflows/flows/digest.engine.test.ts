import { afterAll, beforeAll, expect, it } from 'vitest';
import { createReplies } from '../../intake/replies/replies.ts';
import type { ApprovalHouse } from '../../tests/support/approvals.ts';
import { invoice, linkIn, openHouse, pageTokenOf, post } from '../../tests/support/approvals.ts';
import { eventually } from '../../tests/support/temporal.ts';

const BEN = 'ben@huta.example';

let house: ApprovalHouse;
beforeAll(async () => {
  // Monday, half past seven in Warsaw; an hour lasts twelve seconds: a slow machine asks for both before the digest of nine.
  house = await openHouse({}, { lapse: { start: '2027-01-11T06:30:00Z', dayMs: 288_000 } });
});
afterAll(async () => house.stop());

it('should gather small requests into one mail, and take one decision for each from its page', async () => {
  const digest = { at: ['09:00'], upTo: '20000.00 PLN' };
  const begin = (number: string) =>
    house.engine.begin({
      do: [{ a: { call: 'approval.request', with: { about: { ...invoice, number }, approvers: [BEN], digest } } }],
    });
  const runs = await Promise.all(['A/1', 'B/2'].map(begin));
  const mail = await house.mailTo(BEN);
  expect(mail.subject).toBe('Please approve: 2 invoices');
  expect(mail.text).toContain('24,600.00');
  const link = linkIn(mail);
  expect((await house.app.request(link.replace('/d/', '/a/'))).status).toBe(404);
  const reply = createReplies({ store: house.store, temporal: house.engine.env.client, prove: house.prove });
  const answer = {
    ...{
      messageId: '<reply@huta.example>',
      content: 'sha256:1',
      from: { email: BEN },
      inReplyTo: `<${mail.key}@huta.example>`,
    },
    ...{ references: [], text: 'B/2 twice?', automatic: false },
  };
  // Each run of the digest notes the mail as its own.
  const requests = await eventually(async () => {
    const found = await house.store.approvals.ofMail([answer.inReplyTo]);
    return found.length === runs.length ? found : undefined;
  });
  expect([await reply(answer), await reply(answer)], 'offered twice').toEqual(['comment', 'comment']);
  for (const { approval } of requests) {
    const { trail = [], decisions = [] } = (await house.store.approvals.find(approval)) ?? {};
    expect(
      trail.map(({ kind, text }) => `${kind}: ${text}`),
      'a comment on each, once',
    ).toEqual(['comment: B/2 twice?']);
    expect(decisions, 'a reply decides nothing').toEqual([]);
  }
  const page = await pageTokenOf(house.app, link);
  for (const answered of await Promise.all([1, 2].map(() => post(house.app, link, { page, all: 'approved' })))) {
    expect(answered.status).toBe(200);
  }
  for (const run of runs) expect(await run.result()).toMatchObject({ approved: true, decisions: { length: 1 } });
  expect(house.mails).toHaveLength(1);
});
