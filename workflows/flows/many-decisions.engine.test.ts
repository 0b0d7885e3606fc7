import { afterAll, beforeAll, expect, it } from 'vitest';
import type { ApprovalHouse } from '../../tests/support/approvals.ts';
import { invoice, linkIn, openHouse, pageTokenOf, post } from '../../tests/support/approvals.ts';
import { eventually } from '../../tests/support/temporal.ts';

/** As many as a busy department decides in a day, in one moment. */
const APPROVALS = 150;
/** Each of these is decided by two people at once. */
const DOUBLES = 50;

let house: ApprovalHouse;
beforeAll(async () => {
  house = await openHouse();
});
afterAll(async () => house.stop());

it('should count each decision once when hundreds come in the same moment, and keep the trail whole', async () => {
  const definition = {
    do: [{ approve: { call: 'approval.request', with: { about: invoice, approvers: ['accounting'] } } }],
  };
  const runs = [];
  for (let i = 0; i < APPROVALS; i += 1) runs.push(await house.engine.begin(definition));
  await eventually(async () => (house.mails.length === APPROVALS * 2 ? true : undefined), 120_000);
  const byApproval = Map.groupBy(house.mails, (mail) => mail.key.split('/')[0]);
  const clicks = [...byApproval.values()].flatMap((mails, i) => mails.slice(0, i < DOUBLES ? 2 : 1).map(linkIn));
  expect(clicks).toHaveLength(APPROVALS + DOUBLES);
  const pages = await Promise.all(clicks.map((link) => pageTokenOf(house.app, link)));
  const answers = await Promise.all(
    clicks.map((link, i) => post(house.app, link, { page: pages[i] ?? '', decision: 'approved' })),
  );
  const count = (status: number) => answers.filter((answer) => answer.status === status).length;
  // An answer may say "accepted" where the record takes longer than a person waits.
  expect(count(303) + count(202)).toBe(APPROVALS);
  expect(count(409)).toBe(DOUBLES);
  for (const run of runs) expect(await run.result()).toMatchObject({ approved: true, decisions: { length: 1 } });
  const trail = await house.store.audit.list();
  expect(trail.filter((entry) => entry.action === 'approval.decided')).toHaveLength(APPROVALS);
  const verified = await house.store.audit.verify();
  expect(verified).toMatchObject({ entries: trail.length, head: { seq: trail.length } });
  expect(verified.brokenAt).toBeUndefined();
});
