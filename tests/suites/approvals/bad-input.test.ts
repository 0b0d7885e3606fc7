import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { OpenApproval } from '../../../core/model/approval-plan.ts';
import type { ApprovalHouse } from '../../support/approvals.ts';
import { invoice, linkIn, pageTokenOf } from '../../support/approvals.ts';
import type { Browsing } from '../../support/browsing.ts';
import { DESKTOP, looked, PHONE } from '../../support/browsing.ts';
import { openVisited, visit } from '../../support/visited.ts';

const ANNA = 'anna@huta.example';
const BEN = 'ben@huta.example';
const EVIL = `<script>window.owned=1</script>"'><img src=x onerror="window.owned=1">\u202Egnp.exe\u202C 😀 شركة الفولاذ`;
const TEN_MEGABYTES = 10 * 1024 * 1024;

let house: ApprovalHouse;
let browsing: Browsing;
visit(openVisited, (visited) => ({ house, browsing } = visited), /status of 4\d\d/);

/** Both in the full form: what is refused is the same on every screen. */
const DEVICES = [['phone', PHONE] as const, ...(process.env['ZAPLECZE_FULL'] ? [['desktop', DESKTOP] as const] : [])];

describe.each(DEVICES)('what does not count, on a %s', (device, viewport) => {
  const openLink = async (path: string, options = {}): Promise<Page> => {
    const tab = await browsing.page(viewport, options);
    await tab.goto(path);
    return tab;
  };
  const approve = (tab: Page) => tab.getByRole('button', { name: 'Approve' }).click();

  it('should refuse a link with one bit changed', async () => {
    await begin({ approvers: [BEN] });
    const path = linkIn(await house.mailTo(BEN));
    const last = path.charCodeAt(path.length - 1);
    const tab = await openLink(path.slice(0, -1) + String.fromCharCode(last ^ 1));
    await tab.getByText('This link does not work').waitFor();
    await looked(tab, `link-changed-${device}`);
  });

  it('should take no page of another run', async () => {
    const run = await begin({ approvers: [BEN] });
    await begin({ approvers: [BEN] });
    const [path, other] = [linkIn(await house.mailTo(BEN)), linkIn(await house.mailTo(BEN, 1))];
    const tab = await openLink(path);
    await replacePage(tab, await pageTokenOf(house.app, other));
    await approve(tab);
    await tab.getByText('Please check it again').waitFor();
    await looked(tab, `page-of-other-${device}`);
    await undecided(run.workflowId);
  });

  it('should let one of two browsers win, and tell the other who did', async () => {
    const run = await begin({ approvers: ['accounting'] });
    const anna = await openLink(linkIn(await house.mailTo(ANNA)));
    const ben = await openLink(linkIn(await house.mailTo(BEN)));
    await Promise.all([anna.getByRole('button', { name: 'Akceptuję' }).click(), approve(ben)]);
    const annaWon = anna.getByText('Faktura zaakceptowana przez Ciebie').waitFor();
    const benWon = ben.getByText('You approved this invoice').waitFor();
    const annaTold = anna.getByText('Faktura zaakceptowana (Ben Carter)').waitFor();
    const benTold = ben.getByText('Anna Nowak approved this invoice').waitFor();
    await Promise.any([Promise.all([annaWon, benTold]), Promise.all([benWon, annaTold])]);
    for (const left of [annaWon, benWon, annaTold, benTold]) left.catch(() => undefined);
    expect(await run.result()).toMatchObject({ approved: true, decisions: { length: 1 } });
    await looked(anna, `two-browsers-one-${device}`);
    await looked(ben, `two-browsers-other-${device}`);
  });

  it('should tell an approver who was removed meanwhile', async () => {
    const run = await begin({ approvers: ['accounting'] });
    const tab = await openLink(linkIn(await house.mailTo(BEN)));
    const user = { email: BEN, name: 'Ben Carter', language: 'en' as const, roles: ['approver' as const] };
    await house.store.users.save(user, new Date());
    await house.store.users.remove(BEN, new Date());
    await approve(tab);
    // The links of someone who was removed end with their rights.
    await tab.getByText('This link does not work').waitFor();
    await looked(tab, `removed-meanwhile-${device}`);
    await house.store.users.save(user, new Date());
    await undecided(run.workflowId);
  });

  it('should tell that the run has ended meanwhile', async () => {
    const run = await begin({ approvers: [BEN] });
    const path = linkIn(await house.mailTo(BEN));
    const tab = await openLink(path);
    await run.cancel();
    await run.result().catch(() => undefined);
    await approve(tab);
    await tab.getByText('This request was withdrawn').waitFor();
    await looked(tab, `ended-meanwhile-${device}`);
  });

  it('should decide from a page of before a restart of the server', async () => {
    const run = await begin({ approvers: [BEN] });
    const tab = await openLink(linkIn(await house.mailTo(BEN)));
    browsing.answerWith(await house.restartedApp());
    await approve(tab);
    await tab.getByText('You approved this invoice').waitFor();
    expect(await run.result()).toMatchObject({ approved: true });
  });

  it('should refuse a form that another site sends, with the right token and all', async () => {
    const run = await begin({ approvers: [BEN] });
    const path = linkIn(await house.mailTo(BEN));
    const page = await pageTokenOf(house.app, path);
    const evil = createServer((_request, response) => {
      response.setHeader('content-type', 'text/html');
      response.end(`<form method="post" action="${browsing.base}${path}"><input name="page" value="${page}">
        <button name="decision" value="approved">Win a prize</button></form>`);
    });
    await new Promise<void>((done) => void evil.listen(0, '127.0.0.1', done));
    // Another name of this machine is another site.
    const tab = await openLink(`http://localhost:${(evil.address() as AddressInfo).port}/`);
    await tab.getByRole('button').click();
    await tab.getByText('This request did not come from our page').waitFor();
    await looked(tab, `other-site-${device}`);
    evil.closeAllConnections();
    evil.close();
    await undecided(run.workflowId);
  });

  it('should answer ten megabytes of comment with a page', async () => {
    const run = await begin({ approvers: [BEN] });
    const tab = await openLink(linkIn(await house.mailTo(BEN)));
    await tab.getByText('Add a comment…').click();
    await tab.evaluate((length) => {
      const comment = document.querySelector<HTMLTextAreaElement>('textarea[name=comment]');
      comment?.removeAttribute('maxlength');
      if (comment) comment.value = 'x'.repeat(length);
    }, TEN_MEGABYTES);
    await approve(tab);
    await tab.getByText('That is too long').waitFor();
    await looked(tab, `too-long-${device}`);
    await undecided(run.workflowId);
  });

  it('should show scripts, right-to-left and emoji as the letters they are', async () => {
    const about = { ...invoice, number: EVIL, seller: { name: EVIL }, lines: [{ name: EVIL }] };
    await begin({ about, approvers: [BEN] });
    const mail = await house.mailTo(BEN);
    const inbox = await browsing.page(viewport);
    await inbox.setContent(mail.html);
    const page = await openLink(linkIn(mail));
    for (const [tab, name] of [
      [inbox, 'mail'],
      [page, 'page'],
    ] as const) {
      await tab.getByText('<script>window.owned=1</script>').locator('visible=true').first().waitFor();
      expect(await tab.evaluate('window.owned'), name).toBeUndefined();
      expect(await tab.evaluate('document.body.innerText'), name).not.toMatch(/[\u202A-\u202E]/);
      await looked(tab, `evil-${name}-${device}`);
    }
  });

  it.each([
    ['before the clocks go back', '2030-10-26T10:00:00.000Z', '26 October 2030'],
    ['after it', '2030-10-28T11:00:00.000Z', '28 October 2030'],
  ])('should name times as the company’s clock shows them, wherever the reader is: %s', async (_, expiresAt, day) => {
    const path = await openUntil(`apr_clock_${device}_${expiresAt.slice(8, 10)}`, expiresAt);
    for (const timezoneId of ['Europe/Warsaw', 'America/New_York', 'Pacific/Auckland']) {
      const tab = await openLink(path, { timezoneId });
      const words = await tab.getByText(/^Decide by/).innerText();
      expect(words, timezoneId).toContain(day);
      expect(words, timezoneId).toContain('12:00');
    }
  });
});

/** A request with a known expiry, and Ben's link. */
async function openUntil(id: string, expiresAt: string): Promise<string> {
  const request = OpenApproval.parse({ kind: 'approval', about: invoice, approvers: [BEN], expire: 'PT1H' });
  const plan = { approval: id, rounds: [{ round: 1, approvers: [BEN] }], barred: [], expiresAt };
  const definition = { namespace: 'n', name: 'n', version: '1.0.0', hash: 'h' };
  await house.store.approvals.open(request, plan, { run: 'r', task: '/do/0', key: id, definition }, new Date());
  const person = { name: 'Ben Carter', email: BEN, language: 'en' as const };
  await house.store.approvals.asked(id, 1, person, { messageId: '<x@x>', reminder: 0 }, new Date());
  return `/a/${house.tokens.signLink({ approval: id, round: 1, approver: BEN, expiresAt: new Date(expiresAt) })}`;
}

/** Whatever was tried: nothing is decided, and the run waits. */
async function undecided(run: string): Promise<void> {
  const trail = await house.store.audit.list(run);
  expect(trail.filter(({ action }) => action === 'approval.decided')).toEqual([]);
  const handle = house.engine.env.client.workflow.getHandle(run);
  expect((await handle.describe()).status.name).toBe('RUNNING');
  await handle.cancel();
}

async function replacePage(tab: Page, token: string): Promise<void> {
  await tab
    .locator('input[name=page]')
    .first()
    .evaluate((input: HTMLInputElement, value) => (input.value = value), token);
}

async function begin(args: object) {
  const about = { about: invoice, ...args };
  return house.engine.begin({ do: [{ approve: { call: 'approval.request', with: about } }] });
}
