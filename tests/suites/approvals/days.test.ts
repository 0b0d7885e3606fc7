import { afterAll, beforeAll, expect, it } from 'vitest';
import type { ApprovalHouse } from '../../support/approvals.ts';
import { decide, invoice, linkIn, openHouse } from '../../support/approvals.ts';

const ANNA = 'anna@huta.example';
const BEN = 'ben@huta.example';
const CELINA = 'celina@huta.example';

/** How long a day lasts: a slow machine must not sleep through one. */
const DAY_MS = 3000;

let house: ApprovalHouse;
beforeAll(async () => {
  // Wednesday before Christmas, ten o'clock in Warsaw.
  house = await openHouse({}, { lapse: { start: '2026-12-23T09:00:00Z', dayMs: DAY_MS } });
});
afterAll(async () => house.stop());

async function begin(args: object) {
  house.mails.splice(0);
  const about = { about: invoice, ...args };
  return house.engine.begin({ do: [{ approve: { call: 'approval.request', with: about } }] });
}

/** Local days of what the trail says of one run, by action. */
async function daysOf(run: string, action: string): Promise<string[]> {
  const entries = (await house.store.audit.list(run)).filter((entry) => entry.action === action);
  return entries.map(({ details }) => JSON.stringify(details));
}

it('should remind over Christmas on working days only, then escalate, then expire', async () => {
  const run = await begin({
    approvers: [BEN],
    remind: '1 working day',
    escalate: { after: '2 working days', to: ['board'] },
    expire: '4 working days',
  });
  expect(await run.result()).toMatchObject({ approved: false, expired: true, decisions: [] });
  const toBen = house.mails.filter(({ to }) => to.address === BEN);
  // Asked on 23 December; 24 to 27 are holidays and a weekend: reminded on 28, 29 and 30, expired on 31.
  // Each day of theirs lasts a moment of ours: on a machine that is a day late the last reminder finds the request over.
  expect([3, 4], 'asked once, reminded three times').toContain(toBen.length);
  const toCelina = house.mails.filter(({ to }) => to.address === CELINA);
  expect(toCelina[0]?.text).toContain('Nikt jeszcze nie zdecydował');
  expect(toCelina[0]?.text, 'until the last day of the year').toContain('31 grudnia 2026');
  expect(toCelina.length, 'asked on the 29th, reminded with the others').toBeGreaterThanOrEqual(2);
  expect(await daysOf(run.workflowId, 'approval.escalated')).toHaveLength(1);
  const late = await house.app.request(linkIn(toBen[0] ?? { text: '' }));
  expect(late.status).toBe(410);
});

it('should leave a decision alone when the timers of its days come later', async () => {
  const run = await begin({
    approvers: ['accounting', 'board'],
    need: 2,
    remind: 'P1D',
    escalate: { after: 'P2D', to: [CELINA] },
    expire: '60 working days',
  });
  await decide(house.app, linkIn(await house.mailTo(ANNA)), 'approved');
  const before = house.mails.length;
  await decide(house.app, linkIn(await house.mailTo(BEN)), 'approved');
  expect(await run.result()).toMatchObject({ approved: true, decisions: { length: 2 } });
  await new Promise((resolve) => setTimeout(resolve, 2.7 * DAY_MS));
  const late = house.mails.slice(before).filter(({ to }) => to.address === ANNA);
  expect(late, 'nobody is reminded of what is decided').toEqual([]);
  expect(await daysOf(run.workflowId, 'approval.escalated')).toEqual([]);
});
