import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { DecideRequest } from '../../core/model/approval.ts';
import { DECIDE_UPDATE } from '../../core/model/approval.ts';
import type { ApprovalHouse } from '../../tests/support/approvals.ts';
import { decide, invoice, linkIn, openHouse, pageTokenOf, post } from '../../tests/support/approvals.ts';

let house: ApprovalHouse;
beforeAll(async () => {
  house = await openHouse();
});
afterAll(async () => house.stop());
// Each test reads its own mails only.
const fresh = () => house.mails.splice(0);

const ANNA = 'anna@huta.example';
const BEN = 'ben@huta.example';
const CELINA = 'celina@huta.example';

const request = (args: object) => ({
  do: [{ approve: { call: 'approval.request', with: { about: invoice, approvers: ['accounting'], ...args } } }],
});

describe('approval.request', () => {
  it('should end approved when one of those asked approves', async () => {
    fresh();
    const run = await house.engine.begin(request({}));
    const link = linkIn(await house.mailTo(ANNA));
    await house.mailTo(BEN);
    const response = await decide(house.app, link, 'approved');
    expect(response.status).toBe(303);
    const after = await (await house.app.request(link)).text();
    expect(after, 'at once, without waiting').toContain('Faktura zaakceptowana przez Ciebie');
    expect(await run.result()).toEqual({
      approved: true,
      expired: false,
      decisions: [{ approver: ANNA, decision: 'approved', at: expect.any(String) }],
    });
    const late = await house.app.request(linkIn(await house.mailTo(BEN)));
    expect(await late.text()).toContain('Anna Nowak');
  });

  it('should end rejected with the reason', async () => {
    fresh();
    const run = await house.engine.begin(request({}));
    const link = linkIn(await house.mailTo(BEN));
    const without = await decide(house.app, link, 'rejected');
    expect(without.status, 'a reason is needed').toBe(422);
    await decide(house.app, link, 'rejected', { reason: 'Ordered by nobody' });
    expect(await run.result()).toMatchObject({ approved: false, reason: 'Ordered by nobody' });
  });

  it('should remind again and again, and then expire', async () => {
    fresh();
    const run = await house.engine.begin(request({ approvers: [BEN], remind: 'PT1S', expire: 'PT3S' }));
    expect(await run.result()).toMatchObject({ approved: false, expired: true, decisions: [] });
    expect(house.mails.length).toBeGreaterThanOrEqual(3);
    expect(house.mails[1]?.subject).toBe(`Re: ${house.mails[0]?.subject}`);
    expect(house.mails[1]?.inReplyTo, 'stays in the thread').toContain('/0@');
    const late = await house.app.request(linkIn(await house.mailTo(BEN)));
    expect(late.status).toBe(410);
    expect(await late.text()).toContain('The time to decide has passed');
  });

  it('should ask a second, different person above the limit', async () => {
    fresh();
    const run = await house.engine.begin(request({ twoAbove: '10000.00 PLN', second: ['accounting', 'board'] }));
    await decide(house.app, linkIn(await house.mailTo(ANNA)), 'approved');
    const second = linkIn(await house.mailTo(CELINA));
    expect(
      house.mails.filter((mail) => mail.to.address === ANNA),
      'not asked twice',
    ).toHaveLength(1);
    expect(await (await house.app.request(second)).text()).toContain('Pierwsza akceptacja: Anna Nowak');
    await decide(house.app, second, 'approved');
    expect(await run.result()).toMatchObject({ approved: true, decisions: [{ approver: ANNA }, { approver: CELINA }] });
  });

  it('should need one person only up to the limit', async () => {
    fresh();
    const run = await house.engine.begin(request({ twoAbove: '12300.00 PLN', second: ['board'] }));
    await decide(house.app, linkIn(await house.mailTo(ANNA)), 'approved');
    expect(await run.result()).toMatchObject({ approved: true });
  });

  it('should count one of two decisions at the same moment, and tell the other who was faster', async () => {
    fresh();
    const run = await house.engine.begin(request({}));
    const [anna, ben] = [linkIn(await house.mailTo(ANNA)), linkIn(await house.mailTo(BEN))];
    const [a, b] = [await pageTokenOf(house.app, anna), await pageTokenOf(house.app, ben)];
    const answers = await Promise.all([
      post(house.app, anna, { page: a, decision: 'approved' }),
      post(house.app, ben, { page: b, decision: 'rejected', reason: 'no' }),
    ]);
    expect(answers.map((answer) => answer.status).sort((a, b) => a - b)).toEqual([303, 409]);
    const told = await answers.find((answer) => answer.status === 409)?.text();
    expect(told).toMatch(/Anna Nowak approved|Faktura odrzucona \(.*Ben Carter/);
    expect(await run.result()).toMatchObject({ decisions: { length: 1 } });
  });

  it('should take a form sent twice as one decision', async () => {
    fresh();
    const run = await house.engine.begin(request({ approvers: [ANNA] }));
    const link = linkIn(await house.mailTo(ANNA));
    const page = await pageTokenOf(house.app, link);
    const twice = await Promise.all([1, 2].map(() => post(house.app, link, { page, decision: 'approved' })));
    expect(twice.map((answer) => answer.status)).toEqual([303, 303]);
    expect(await run.result()).toMatchObject({ decisions: { length: 1 } });
  });

  it('should withdraw the request when the run is cancelled', async () => {
    fresh();
    const run = await house.engine.begin(request({ approvers: [BEN] }));
    const link = linkIn(await house.mailTo(BEN));
    await run.cancel();
    await expect(run.result()).rejects.toThrow();
    const late = await house.app.request(link);
    expect(await late.text()).toContain('This request was withdrawn');
  });

  it('should stop with a business exception where nobody may decide', async () => {
    const alone = await house.engine.fault(request({ approvers: [ANNA], requester: ANNA }));
    expect(alone.type).toBe('urn:zaplecze:business:nobody-may-approve');
    const noSecond = await house.engine.fault(request({ approvers: [ANNA], twoAbove: '1.00 PLN' }));
    expect(noSecond.type).toBe('urn:zaplecze:business:no-second-approver');
    const nobody = await house.engine.fault(request({ approvers: ['treasury'] }));
    expect(nobody.type).toBe('urn:zaplecze:business:nobody-in-role');
  });
});

describe('the update, whoever sends it', () => {
  it('should refuse what does not count, with the reason as its type', async () => {
    fresh();
    const args = { approvers: ['accounting'], requester: CELINA, twoAbove: '1.00 PLN' };
    const run = await house.engine.begin(request(args));
    await house.mailTo(BEN);
    const approval = house.mails[0]?.key.split('/')[0] ?? '';
    const page = { expiresAt: new Date(Date.now() + 60_000).toISOString() };
    const send = (change: Partial<DecideRequest>, forged: object = {}) => {
      const update: DecideRequest = { approval, round: 1, approver: ANNA, decision: 'approved', page, ...change };
      const proof = house.prove(run.workflowId, DECIDE_UPDATE, update);
      return run.executeUpdate(DECIDE_UPDATE, { args: [{ ...update, proof, ...forged }] }).then(
        () => 'accepted',
        (error: { cause?: { type?: string } }) => error.cause?.type,
      );
    };
    expect(await send({ approval: 'apr_another' })).toBe('approval.refused.unknown');
    expect(await send({ approver: 'mallory@huta.example' })).toBe('approval.refused.not-approver');
    expect(await send({ approver: CELINA })).toBe('approval.refused.requester');
    expect(await send({ round: 2 })).toBe('approval.refused.round-over');
    expect(await send({ decision: 'corrected' })).toBe('approval.refused.malformed');
    expect(await send({}, { proof: undefined })).toBe('approval.refused.unproved');
    expect(await send({}, { factor: 'passkey' })).toBe('approval.refused.unproved');
    expect(await send({ reason: 'x'.repeat(5000) })).toBe('approval.refused.malformed');
    expect(await send({ page: { expiresAt: '2020-01-01T00:00:00Z' } })).toBe('approval.refused.page-expired');
    expect(await send({})).toBe('accepted');
    expect(await send({ approver: BEN })).toBe('approval.refused.already-decided');
    expect(await send({ round: 2, approver: ANNA.toUpperCase() })).toBe('approval.refused.same-person');
    expect(await send({ round: 2, approver: BEN })).toBe('accepted');
    expect(await run.result()).toMatchObject({ approved: true });
  });
});
