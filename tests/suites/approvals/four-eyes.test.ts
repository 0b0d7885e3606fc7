import type { Page } from 'playwright-core';
import { beforeEach, describe, expect, it } from 'vitest';
import type { ApprovalHouse } from '../../support/approvals.ts';
import { decide, invoice, linkIn, pageTokenOf, post } from '../../support/approvals.ts';
import type { Browsing } from '../../support/browsing.ts';
import { DESKTOP, looked, PHONE } from '../../support/browsing.ts';
import { signIn } from '../../support/sign-in.ts';
import { openVisited, visit } from '../../support/visited.ts';

const ANNA = 'anna@huta.example';
const BEN = 'ben@huta.example';
const CELINA = 'celina@huta.example';

let house: ApprovalHouse;
let browsing: Browsing;
visit(openVisited, (visited) => ({ house, browsing } = visited));
beforeEach(async () => void (await house.store.db.deleteFrom('substitutes').execute()));

describe.each([
  ['phone', PHONE],
  ['desktop', DESKTOP],
])('who decides, on a %s', (device, viewport) => {
  const openLink = async (path: string): Promise<Page> => {
    const tab = await browsing.page(viewport);
    await tab.goto(path);
    return tab;
  };

  it('should take two of three, and tell each how many are missing', async () => {
    const run = await begin({ approvers: ['accounting', 'board'], need: 2 });
    const first = await openLink(linkIn(await house.mailTo(ANNA)));
    await first.getByRole('button', { name: 'Akceptuję' }).click();
    await first.getByText('Brakuje jeszcze: 1 akceptacja').waitFor();
    await looked(first, `two-of-three-first-${device}`);
    const second = await openLink(linkIn(await house.mailTo(BEN)));
    await second.getByText('1 of 2 approvals').waitFor();
    await looked(second, `two-of-three-second-${device}`);
    await second.getByRole('button', { name: 'Approve' }).click();
    await second.getByText('You approved this invoice').waitFor();
    expect(await run.result()).toMatchObject({ approved: true, decisions: [{ approver: ANNA }, { approver: BEN }] });
    const third = await openLink(linkIn(await house.mailTo(CELINA)));
    await third.getByText('Nie musisz już nic robić').waitFor();
    await looked(third, `two-of-three-third-${device}`);
  });

  it('should never let the requester decide: not asked, not handed to, not by a link', async () => {
    const run = await begin({ approvers: ['accounting'], requester: ANNA });
    const mail = await house.mailTo(BEN);
    expect(house.mails.map(({ to }) => to.address)).toEqual([BEN]);
    const ben = await openLink(linkIn(mail));
    await ben.getByText('Hand over…').click();
    const choice = ben.getByLabel('Who should decide instead of you?');
    expect(await choice.locator('option').allTextContents(), 'not even offered').not.toContain(ANNA);
    // A form that was tampered with says so all the same.
    await choice.evaluate((select: HTMLSelectElement, to) => select.add(new Option(to, to, true, true)), ANNA);
    await ben.getByRole('button', { name: 'Hand over', exact: true }).click();
    await ben.getByText('This person requested the invoice, so they cannot decide it.').waitFor();
    await looked(ben, `requester-handed-${device}`);
    browsing.complaints.splice(0); // The browser notes the status 422 itself.
    const anna = await signIn(house, browsing, ANNA, viewport);
    await anna.getByText('Nic na Ciebie nie czeka.').waitFor();
    const path = await linkOfRequester(mail.key.split('/')[0] ?? '');
    await anna.goto(path);
    await anna.getByRole('button', { name: 'Akceptuję' }).click();
    await anna.getByText('więc decyzję musi podjąć ktoś inny').waitFor();
    await looked(anna, `requester-refused-${device}`);
    browsing.complaints.splice(0); // The browser notes the status 409 itself.
    await ben.goto(linkIn(mail));
    await ben.getByRole('button', { name: 'Approve' }).click();
    await ben.getByText('You approved this invoice').waitFor();
    expect(await run.result()).toMatchObject({ decisions: [{ approver: BEN }] });
  });

  it('should let a substitute decide, whom the absent person entered', async () => {
    const today = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Warsaw' }).format(new Date());
    const ben = await signIn(house, browsing, BEN, viewport);
    await ben.getByLabel('Substitute', { exact: true }).selectOption(CELINA);
    await ben.getByLabel('First day').fill(today);
    await ben.getByLabel('Last day').fill(today);
    await ben.getByRole('button', { name: 'Add' }).click();
    await ben.getByRole('button', { name: 'Remove Celina Wójcik' }).waitFor();
    await looked(ben, `substitute-entered-${device}`);
    const run = await begin({ approvers: [BEN] });
    const mail = await house.mailTo(CELINA);
    expect(mail.text).toContain('zastępujesz: Ben Carter');
    const celina = await openLink(linkIn(mail));
    await celina.getByText('W zastępstwie: Ben Carter').first().waitFor();
    await looked(celina, `substitute-decides-${device}`);
    await celina.getByRole('button', { name: 'Akceptuję' }).click();
    await celina.getByText('Faktura zaakceptowana przez Ciebie').waitFor();
    expect(await run.result()).toMatchObject({ decisions: [{ approver: CELINA, onBehalfOf: BEN }] });
    await ben.getByRole('button', { name: 'Remove Celina Wójcik' }).click();
    await ben.getByText('Nobody is standing in for you').waitFor();
  });
});

it('should ask the owner again who is back, and their substitute no more', async () => {
  const today = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Warsaw' }).format(new Date());
  const entry = { person: ANNA, substitute: CELINA, from: today, to: '2099-01-01', by: ANNA };
  const id = await house.store.substitutes.add(entry, new Date());
  const run = await begin({ approvers: [ANNA], remind: 'PT3S' });
  const link = linkIn(await house.mailTo(CELINA));
  const page = await pageTokenOf(house.app, link);
  await house.store.substitutes.remove(id, ANNA);
  const back = linkIn(await house.mailTo(ANNA));
  const waits = (await house.store.tasks.waitingFor(CELINA)).map(({ approval }) => approval);
  expect(waits).not.toContain(house.mails[0]?.key.split('/')[0]);
  const late = await post(house.app, link, { page, decision: 'approved' });
  expect(late.status).toBe(409);
  expect(await late.text()).toContain('To już nie Twoja decyzja');
  expect(await (await house.app.request(back)).text()).toContain(
    'Koniec zastępstwa (Celina Wójcik). Decyduje: Anna Nowak',
  );
  await decide(house.app, back, 'approved');
  expect(await run.result()).toMatchObject({ decisions: [{ approver: ANNA }] });
});

/** A link such as the requester never gets: asked by mistake or by someone who writes into the store. */
async function linkOfRequester(approval: string): Promise<string> {
  const person = { name: 'Anna Nowak', email: ANNA, language: 'pl' as const };
  await house.store.approvals.asked(approval, 1, person, { messageId: '<x@x>', reminder: 0 }, new Date());
  await house.store.db
    .updateTable('approval_requests')
    .set({ because: 'delegated' })
    .where('approval', '=', approval)
    .where('approver', '=', ANNA)
    .execute();
  const expiresAt = (await house.store.approvals.find(approval))?.approval.expires_at ?? new Date();
  return `/a/${house.tokens.signLink({ approval, round: 1, approver: ANNA, expiresAt })}`;
}

async function begin(args: object) {
  const about = { about: invoice, ...args };
  return house.engine.begin({ do: [{ approve: { call: 'approval.request', with: about } }] });
}
