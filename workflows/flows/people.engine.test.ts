import { Secret, TOTP } from 'otpauth';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { DecideRequest } from '../../core/model/approval.ts';
import { DECIDE_UPDATE } from '../../core/model/approval.ts';
import { createReplies } from '../../intake/replies/replies.ts';
import type { ApprovalHouse } from '../../tests/support/approvals.ts';
import { decide, invoice, linkIn, openHouse, pageTokenOf, post, settings } from '../../tests/support/approvals.ts';
import { eventually } from '../../tests/support/temporal.ts';

const ANNA = 'anna@huta.example';
const BEN = 'ben@huta.example';
const CELINA = 'celina@huta.example';
const DAVID = 'david@partner.example';
/** Base32, as an app takes it. */
const AUTHENTICATOR = 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP';

let house: ApprovalHouse;
beforeAll(async () => {
  const people = settings.people.map((person) =>
    person.email === CELINA ? { ...person, authenticator: 'celina' } : person,
  );
  const secret = (name: string): Promise<string> => Promise.resolve(name === 'celina' ? AUTHENTICATOR : '');
  house = await openHouse({}, { settings: { people, approvals: { domains: ['partner.example'] } }, secret });
});
afterAll(async () => house.stop());

async function begin(args: object) {
  house.mails.splice(0);
  const about = { about: invoice, ...args };
  return house.engine.begin({ do: [{ approve: { call: 'approval.request', with: about } }] });
}
const linkOf = async (email: string, nth = 0): Promise<string> => linkIn(await house.mailTo(email, nth));
const act = async (link: string, kind: 'ask' | 'delegate', fields: Record<string, string>) =>
  post(house.app, `${link}/${kind}`, { page: await pageTokenOf(house.app, link), ...fields });
const textAt = async (link: string): Promise<string> => (await house.app.request(link)).text();

describe('how many decide', () => {
  it('should need as many different people as it says', async () => {
    const run = await begin({ approvers: ['accounting', 'board'], need: 2 });
    await decide(house.app, await linkOf(ANNA), 'approved');
    expect(await textAt(await linkOf(ANNA))).toContain('Brakuje jeszcze: 1 akceptacja');
    expect(await textAt(await linkOf(BEN)), 'still to decide').toContain('1 of 2 approvals');
    expect((await house.app.request(await linkOf(ANNA), { method: 'POST' })).status, 'not twice').toBe(409);
    await decide(house.app, await linkOf(CELINA), 'approved');
    expect(await run.result()).toMatchObject({ approved: true, decisions: [{ approver: ANNA }, { approver: CELINA }] });
    expect(await textAt(await linkOf(BEN))).toContain('Celina Wójcik approved');
  });

  it('should end with the first rejection, also where others have approved', async () => {
    const run = await begin({ approvers: ['accounting'], need: 'all' });
    await decide(house.app, await linkOf(ANNA), 'approved');
    await decide(house.app, await linkOf(BEN), 'rejected', { reason: 'too dear' });
    expect(await run.result()).toMatchObject({ approved: false, reason: 'too dear', decisions: { length: 2 } });
  });

  it('should ask one after another where the order counts', async () => {
    const run = await begin({ approvers: [CELINA, BEN], inOrder: true });
    const first = await linkOf(CELINA);
    expect(house.mails).toHaveLength(1);
    await decide(house.app, first, 'approved');
    await decide(house.app, await linkOf(BEN), 'approved');
    expect(await run.result()).toMatchObject({ approved: true, decisions: [{ approver: CELINA }, { approver: BEN }] });
  });

  it('should ask whom the first rule names that fits', async () => {
    const rules = [
      { upTo: '5000.00 PLN', approvers: [BEN] },
      { above: '5000.00 PLN', supplier: ['526-000-12-46', '5260001246'], approvers: [CELINA] },
      { approvers: [ANNA] },
    ];
    const run = await begin({ rules });
    await decide(house.app, await linkOf(CELINA), 'approved');
    expect(await run.result()).toMatchObject({ approved: true, decisions: [{ approver: CELINA }] });
    const none = await house.engine.fault({
      do: [{ a: { call: 'approval.request', with: { about: invoice, rules: [rules[0]] } } }],
    });
    expect(none.type).toBe('urn:zaplecze:business:no-rule-fits');
  });
});

describe('who decides instead', () => {
  it('should hand over once, with a link of their own, never to the requester', async () => {
    const run = await begin({ approvers: [ANNA], requester: CELINA });
    const link = await linkOf(ANNA);
    expect((await act(link, 'delegate', { to: CELINA })).status, 'the requester').toBe(422);
    expect((await act(link, 'delegate', { other: 'mallory@evil.example' })).status, 'a stranger').toBe(422);
    expect((await act(link, 'delegate', { other: DAVID, text: 'Znasz <b>sprawę</b>' })).status).toBe(303);
    const mail = await house.mailTo(DAVID);
    expect(mail.text).toContain('Anna Nowak has handed an approval over to you');
    expect(mail.text).toContain('> Znasz <b>sprawę</b>');
    expect(await textAt(link)).toContain('Decyzja przekazana');
    const late = await house.app.request(link, {
      method: 'POST',
      body: new URLSearchParams({ page: 'x', decision: 'approved' }),
      headers: { 'Sec-Fetch-Site': 'same-origin' },
    });
    expect(await late.text(), 'nothing to decide any more').toContain('Decyzja przekazana');
    await decide(house.app, linkIn(mail), 'approved');
    expect(await run.result()).toMatchObject({ decisions: [{ approver: DAVID, onBehalfOf: ANNA }] });
    const trail = await house.store.audit.list(run.workflowId);
    expect(trail.find(({ action }) => action === 'approval.delegated')).toMatchObject({ actor: ANNA });
  });

  it('should ask whoever stands in today, and let the owner decide who is back early', async () => {
    const today = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Warsaw' }).format(new Date());
    const id = await house.store.substitutes.add(
      { person: ANNA, substitute: CELINA, from: today, to: '2099-01-01', by: ANNA },
      new Date(),
    );
    const run = await begin({ approvers: [ANNA] });
    const mail = await house.mailTo(CELINA);
    expect(mail.text).toContain('zastępujesz: Anna Nowak');
    expect(house.mails.map(({ to }) => to.address)).toEqual([CELINA]);
    await decide(house.app, linkIn(mail), 'approved');
    expect(await run.result()).toMatchObject({ decisions: [{ approver: CELINA, onBehalfOf: ANNA }] });
    const alone = await begin({ approvers: [ANNA], requester: CELINA });
    await decide(house.app, await linkOf(ANNA), 'approved');
    expect(await alone.result(), 'the requester stands in for nobody').toMatchObject({
      decisions: [{ approver: ANNA }],
    });
    await house.store.substitutes.remove(id, ANNA);
  });

  it('should ask somebody else too when nobody decides, and forget the timer once they have', async () => {
    const run = await begin({ approvers: [BEN], escalate: { after: 'PT1S', to: ['board'] }, remind: 'PT3S' });
    const mail = await house.mailTo(CELINA);
    expect(mail.text).toContain('Nikt jeszcze nie zdecydował');
    await decide(house.app, linkIn(mail), 'approved');
    expect(await run.result()).toMatchObject({ approved: true, decisions: [{ approver: CELINA }] });
    expect(await textAt(await linkOf(BEN))).toContain('Celina Wójcik approved');
  });

  it('should not count somebody who was removed since: their links are gone', async () => {
    const run = await begin({ approvers: ['accounting'] });
    const link = await linkOf(BEN);
    await house.store.users.save({ email: BEN, name: 'Ben Carter', language: 'en', roles: ['approver'] }, new Date());
    const page = await pageTokenOf(house.app, link);
    await house.store.users.remove(BEN, new Date());
    const response = await post(house.app, link, { page, decision: 'approved' });
    expect(response.status).toBe(404);
    await house.store.users.save({ email: BEN, name: 'Ben Carter', language: 'en', roles: ['approver'] }, new Date());
    await run.cancel();
  });
});

describe('around a decision', () => {
  it('should carry a question to the requester, and the answer back', async () => {
    const run = await begin({ approvers: [BEN], requester: ANNA });
    const link = await linkOf(BEN);
    expect((await act(link, 'ask', { to: ANNA, text: '' })).status).toBe(422);
    expect((await act(link, 'ask', { to: ANNA, text: 'Which project?' })).status).toBe(200);
    const question = await house.mailTo(ANNA);
    expect(question.text).toContain('> Which project?');
    const asked = linkIn(question);
    const before = await house.store.audit.list(run.workflowId);
    for (let i = 0; i < 10; i += 1) {
      expect((await house.app.request(asked)).status).toBe(200);
      expect((await house.app.request(asked, { method: 'HEAD' })).status).toBe(200);
    }
    const since = (await house.store.audit.list(run.workflowId)).filter(({ action }) => action !== 'question.viewed');
    expect(since, 'machines that follow links answer nothing').toEqual(before);
    expect(asked).toMatch(/^\/q\//);
    expect((await house.app.request(asked.replace('/q/', '/a/'))).status, 'no link to decide').toBe(404);
    const page = await pageTokenOf(house.app, asked);
    expect((await post(house.app, asked, { page, text: 'Hala 7' })).status).toBe(200);
    expect((await post(house.app, asked, { page, text: 'Hala 8' })).status, 'once').toBe(200);
    expect(await textAt(asked)).toContain('Hala 7');
    const answer = await house.mailTo(BEN, 1);
    expect(answer.text).toContain('Anna Nowak has answered');
    expect(answer.inReplyTo, 'in the thread').toBeDefined();
    expect(await textAt(link)).toContain('Hala 7');
    await decide(house.app, linkIn(answer), 'approved');
    expect(await run.result()).toMatchObject({ approved: true });
  });

  it('should take a reply by mail as a comment, once, never as a decision, and not from a stranger', async () => {
    const run = await begin({ approvers: [BEN], requester: ANNA });
    const link = await linkOf(BEN);
    await act(link, 'ask', { to: ANNA, text: 'Which project?' });
    const question = await house.mailTo(ANNA);
    const reply = createReplies({ store: house.store, temporal: house.engine.env.client, prove: house.prove });
    const mail = {
      messageId: '<reply-1@huta.example>',
      content: 'sha256:1',
      from: { email: ANNA },
      references: [`<${question.key}@huta.example>`],
      text: 'APPROVED! <script>alert(1)</script> Hala 7\n\nW dniu 24.11.2026 Zaplecze pisze:\n> Which project?',
      automatic: false,
    };
    expect(await reply({ ...mail, from: { email: 'mallory@evil.example' } })).toBe('none');
    expect(await reply({ ...mail, automatic: true })).toBe('ignored');
    expect(await reply(mail)).toBe('comment');
    expect(await reply(mail), 'offered again').toBe('comment');
    const shown = await textAt(link);
    expect(shown.match(/A mail that gives \S+ as its sender \(not verified\)/g)).toHaveLength(1);
    expect(shown).toContain('APPROVED! &lt;script&gt;alert(1)&lt;/script&gt; Hala 7');
    expect(shown, 'still to decide').toContain('value="approved"');
    expect((await house.mailTo(BEN, 1)).text).toContain('The reply is a comment, not a decision');
    const vouched = { ...mail, content: 'sha256:2', text: 'Hala 8', authentication: { aligned: true } };
    expect(await reply(vouched), 'other content under the same Message-ID').toBe('comment');
    expect(await textAt(link)).toMatch(/Anna Nowak replied by e-mail[\s\S]*Hala 8/);
    await decide(house.app, link, 'rejected', { reason: 'wrong project' });
    expect(await run.result()).toMatchObject({ approved: false });
    expect(await reply({ ...mail, messageId: '<reply-2@huta.example>' })).toBe('late');
  });

  it('should let an approver change what may be changed, and show it to the next', async () => {
    const changes = [
      { name: 'account', label: { pl: 'Konto', en: 'Account' }, value: '402', options: ['402', '403'] },
      { name: 'note', value: '' },
    ];
    const run = await begin({ approvers: [ANNA], twoAbove: '1.00 PLN', second: [BEN], changes });
    const first = await linkOf(ANNA);
    const wrong = await decide(house.app, first, 'approved', { 'value.account': '999', comment: 'kept' });
    expect(wrong.status).toBe(422);
    expect(await wrong.text()).toContain('kept</textarea>');
    await decide(house.app, first, 'approved', { 'value.account': '403', 'value.note': '', comment: 'Hala 7' });
    const second = await textAt(await linkOf(BEN));
    expect(second).toContain('402 → 403');
    expect(second).toContain('Hala 7');
    await decide(house.app, await linkOf(BEN), 'approved');
    const result = await run.result();
    expect(result).toMatchObject({ values: { account: '403', note: '' } });
    expect(result).toMatchObject({
      decisions: [{ comment: 'Hala 7', changes: [{ field: 'account', before: '402', after: '403' }] }, {}],
    });
    const decided = (await house.store.audit.list(run.workflowId)).filter(
      ({ action }) => action === 'approval.decided',
    );
    expect(decided[0]?.details).toMatchObject({ changes: [{ field: 'account', before: '402', after: '403' }] });
  });

  it('should take a code above the limit, by mail, and nothing without it', async () => {
    const run = await begin({ approvers: [BEN], codeAbove: '10000.00 PLN' });
    const link = await linkOf(BEN);
    const asked = await decide(house.app, link, 'approved');
    expect(asked.status).toBe(200);
    expect(await asked.text()).toContain('autocomplete="one-time-code"');
    const mail = await house.mailTo(BEN, 1);
    const code = /^\d{6}$/m.exec(mail.text)?.[0] ?? '';
    expect(mail.text, 'a code and a link in one mail would be one factor').not.toContain('/a/');
    const wrong = code === '000000' ? '111111' : '000000';
    expect((await decide(house.app, link, 'approved', { code: wrong })).status).toBe(422);
    const approval = house.mails[0]?.key.split('/')[0] ?? '';
    const bare: DecideRequest = {
      approval,
      round: 1,
      approver: BEN,
      decision: 'approved',
      page: { expiresAt: new Date(Date.now() + 60_000).toISOString() },
    };
    const refused = run.executeUpdate(DECIDE_UPDATE, { args: [bare] });
    await expect(refused).rejects.toMatchObject({ cause: { type: 'approval.refused.code-needed' } });
    expect((await decide(house.app, link, 'approved', { code: `${code.slice(0, 3)} ${code.slice(3)}` })).status).toBe(
      303,
    );
    expect(await run.result()).toMatchObject({ approved: true });
    const actions = (await house.store.audit.list(run.workflowId)).map(({ action }) => action);
    expect(actions).toEqual(
      expect.arrayContaining(['approval.code-sent', 'approval.code-wrong', 'approval.code-right']),
    );
    const history = JSON.stringify(await run.fetchHistory());
    expect(history, 'the code is in no history').not.toContain(Buffer.from(code).toString('base64').slice(0, 8));
  });

  it('should take a code of an authenticator where somebody has one, each once', async () => {
    const code = new TOTP({ secret: Secret.fromBase32(AUTHENTICATOR) }).generate();
    const run = await begin({ approvers: [CELINA], codeAbove: '1.00 PLN' });
    const link = await linkOf(CELINA);
    expect(await (await decide(house.app, link, 'approved')).text()).toContain('Kod z aplikacji');
    expect(house.mails, 'no code by mail').toHaveLength(1);
    expect((await decide(house.app, link, 'approved', { code: '12345' })).status).toBe(422);
    expect((await decide(house.app, link, 'approved', { code })).status).toBe(303);
    expect(await run.result()).toMatchObject({ approved: true });
    const next = await begin({ approvers: [CELINA], codeAbove: '1.00 PLN' });
    const again = await linkOf(CELINA);
    expect((await decide(house.app, again, 'approved', { code })).status, 'seen over a shoulder').toBe(422);
    for (let i = 0; i < 9; i += 1) await decide(house.app, again, 'approved', { code: '000000' });
    expect(await (await decide(house.app, again, 'approved', { code })).text()).toContain('Zbyt wiele błędnych kodów');
    await next.cancel();
  });

  it('should lock a code after five tries, and give no more than five codes', async () => {
    const run = await begin({ approvers: [BEN], codeAbove: '1.00 PLN' });
    const link = await linkOf(BEN);
    await decide(house.app, link, 'approved');
    const code = /^\d{6}$/m.exec((await house.mailTo(BEN, 1)).text)?.[0] ?? '';
    const wrong = code === '000000' ? '111111' : '000000';
    for (let i = 0; i < 5; i += 1) await decide(house.app, link, 'approved', { code: wrong });
    const locked = await decide(house.app, link, 'approved', { code });
    expect(await locked.text()).toContain('Too many wrong attempts');
    for (let i = 0; i < 4; i += 1) await decide(house.app, link, 'approved', { again: 'code' });
    const sixth = await decide(house.app, link, 'approved', { again: 'code' });
    expect(await sixth.text()).toContain('You have reached the limit');
    expect(await eventually(() => Promise.resolve(house.mails.length === 6 ? true : undefined))).toBe(true);
    await run.cancel();
  });
});
