import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import type { ApprovalHouse } from '../../support/approvals.ts';
import { invoice, linkIn } from '../../support/approvals.ts';
import type { Browsing } from '../../support/browsing.ts';
import { DESKTOP, looked, PHONE, shoot } from '../../support/browsing.ts';
import { openVisited, visit } from '../../support/visited.ts';

const ANNA = 'anna@huta.example';
const BEN = 'ben@huta.example';
const DAVID = 'david@partner.example';
const CHANGES = [
  { name: 'account', label: { pl: 'Konto', en: 'Account' }, value: '402', options: ['402', '403', '405'] },
  { name: 'costCentre', label: { pl: 'MPK', en: 'Cost centre' }, value: '4010' },
];

let house: ApprovalHouse;
let browsing: Browsing;
const settings = { approvals: { domains: ['partner.example'] } };
visit(
  () => openVisited({}, { settings }),
  (visited) => ({ house, browsing } = visited),
);

describe.each([
  ['phone', PHONE, true],
  ['desktop', DESKTOP, true],
  ['phone-without-scripts', PHONE, false],
])('on a %s', (device, viewport, scripts) => {
  const page = (): Promise<Page> => browsing.page(viewport, { javaScriptEnabled: scripts });
  /** axe needs scripts. */
  const look = (tab: Page, name: string): Promise<void> => (scripts ? looked : shoot)(tab, `${name}-${device}`);
  /** Looks at a mail, in a tab of its own: a tab that has shown a page of ours keeps its policy. */
  async function mailed(email: string, nth: number, name: string): Promise<string> {
    const mail = await house.mailTo(email, nth);
    const tab = await page();
    await tab.setContent(mail.html);
    await look(tab, `mail-${name}`);
    await tab.context().close();
    return linkIn(mail);
  }

  it('should approve with changes and a comment, and show both to the second', async () => {
    const run = await begin({ approvers: [ANNA], twoAbove: '1.00 PLN', second: [BEN], changes: CHANGES });
    const tab = await page();
    await tab.goto(await mailed(ANNA, 0, 'approval'));
    await tab.getByLabel('Konto', { exact: true }).selectOption('403');
    await tab.getByLabel('MPK').fill('4020 <b>');
    await tab.getByText('Dodaj komentarz…').click();
    await tab.getByLabel('Komentarz').fill('Hala 7 😀 شركة');
    await look(tab, 'changes');
    await tab.getByRole('button', { name: 'Akceptuję' }).click();
    await tab.getByText('Faktura zaakceptowana przez Ciebie').waitFor();
    await look(tab, 'changed');
    await tab.goto(await mailed(BEN, 0, 'second'));
    await tab.getByText('Account: 402 → 403').waitFor();
    expect(await tab.getByLabel('Cost centre').inputValue()).toBe('4020 <b>');
    await look(tab, 'second');
    await tab.getByRole('button', { name: 'Approve' }).click();
    await tab.getByText('You approved this invoice').waitFor();
    expect(await run.result()).toMatchObject({ values: { account: '403', costCentre: '4020 <b>' } });
  });

  it('should ask a question, answer it, and then hand over', async () => {
    const run = await begin({ approvers: [BEN], requester: ANNA });
    const tab = await page();
    const link = await mailed(BEN, 0, 'first');
    await tab.goto(link);
    await tab.getByText('Ask a question…').click();
    expect(await tab.getByLabel('Who do you want to ask?').inputValue(), 'the requester first').toBe(ANNA);
    await tab.getByLabel('Your question').fill('Which project is it for?');
    await look(tab, 'ask');
    await tab.getByRole('button', { name: 'Send the question' }).click();
    await tab.getByText('Your question has been sent').waitFor();
    await look(tab, 'asked');
    await tab.goto(await mailed(ANNA, 0, 'question'));
    await tab.getByLabel('Twoja odpowiedź').fill('Hala 7,\npozycja 3');
    await look(tab, 'answer');
    await tab.getByRole('button', { name: 'Wyślij odpowiedź' }).click();
    await tab.getByText('Dziękujemy za odpowiedź').waitFor();
    await mailed(BEN, 1, 'answered');
    await tab.goto(link);
    await tab.getByText('Hala 7,').waitFor();
    await tab.getByText('Hand over…').click();
    await tab.getByLabel('or another address').fill(DAVID);
    await tab.getByLabel('Note (optional)').fill('You know the site better.');
    await look(tab, 'delegate');
    await tab.getByRole('button', { name: 'Hand over', exact: true }).click();
    await tab.getByRole('heading', { name: 'Handed over to' }).waitFor();
    await look(tab, 'delegated');
    await tab.goto(await mailed(DAVID, 0, 'delegated'));
    await look(tab, 'delegate-decides');
    await tab.getByRole('button', { name: 'Approve' }).click();
    await tab.getByText('You approved this invoice').waitFor();
    expect(await run.result()).toMatchObject({ decisions: [{ approver: DAVID, onBehalfOf: BEN }] });
  });

  it('should approve above the limit with a code from a mail', async () => {
    const run = await begin({ approvers: [ANNA], codeAbove: '10000.00 PLN', changes: CHANGES });
    const tab = await page();
    await tab.goto(linkIn(await house.mailTo(ANNA)));
    await tab.getByLabel('Konto', { exact: true }).selectOption('405');
    await tab.getByRole('button', { name: 'Akceptuję' }).click();
    await tab.getByLabel('Kod z wiadomości').waitFor();
    await look(tab, 'code');
    const mail = await house.mailTo(ANNA, 1);
    await tab.getByLabel('Kod z wiadomości').fill('12');
    await tab.getByRole('button', { name: 'Akceptuję' }).click();
    await tab.getByText('Ten kod jest nieprawidłowy').waitFor();
    await look(tab, 'code-wrong');
    browsing.complaints.splice(0); // The browser notes the status 422 itself.
    await tab.getByLabel('Kod z wiadomości').fill(/^\d{6}$/m.exec(mail.text)?.[0] ?? '');
    await tab.getByRole('button', { name: 'Akceptuję' }).click();
    await tab.getByText('Faktura zaakceptowana przez Ciebie').waitFor();
    expect(await run.result(), 'what was typed is kept').toMatchObject({ values: { account: '405' } });
  });
});

async function begin(args: object) {
  const about = { about: invoice, ...args };
  return house.engine.begin({ do: [{ approve: { call: 'approval.request', with: about } }] });
}
