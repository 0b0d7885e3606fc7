import { beforeAll, expect, it } from 'vitest';
import type { ApprovalHouse } from '../support/approvals.ts';
import { decide, linkIn, pageTokenOf, post } from '../support/approvals.ts';
import type { Browsing } from '../support/browsing.ts';
import { DESKTOP, looked, PHONE } from '../support/browsing.ts';
import { openVisited, visit } from '../support/visited.ts';

const ANNA = 'anna@huta.example';
const BEN = 'ben@huta.example';
const CELINA = 'celina@huta.example';

let house: ApprovalHouse;
let browsing: Browsing;
visit(openVisited, (visited) => ({ house, browsing } = visited), /status of 4\d\d/);
beforeAll(async () => {
  // What every run of the engine here follows, with the fields beside it.
  const version = {
    hash: 'sha256:test',
    namespace: 'test',
    name: 'test',
    version: '1.0.0',
    definition: {},
    source: '',
  };
  await house.store.definitions.deploy({ ...version, files: { 'fields/account.yaml': SETUP } });
});

const SETUP = `title: { pl: Konto pracownika, en: Employee account }
submit: { pl: Konto gotowe, en: Account is ready }
fields:
  - { name: login, label: { pl: Login, en: Login }, kind: text, required: true, maxLength: 20 }
  - { name: cost, label: { pl: Koszt licencji, en: Licence cost }, kind: money, currencies: [PLN, EUR] }
  - { name: laptop, label: { pl: Wydano laptop, en: Laptop handed out }, kind: yes-no, required: true }
  - { name: protocol, label: { pl: Protokół, en: Protocol }, kind: file, required: true, when: { field: laptop, is: true } }
`;

const about = {
  title: 'Konto dla: Jan Kowalski',
  requester: CELINA,
  facts: [{ label: { pl: 'Od kiedy', en: 'From' }, value: '2027-01-04', kind: 'date' }],
};

it('should take what a person fills in, on a phone, and keep what they handed in where something is wrong', async () => {
  const run = await begin({ assign: [ANNA], fields: 'account', text: 'Załóż konto w domenie.\nWpisz login.' });
  const mail = await house.mailTo(ANNA);
  expect(mail.subject).toBe('Do zrobienia: Konto dla: Jan Kowalski');
  expect(mail.text).toContain('Czeka na Ciebie zadanie');
  expect(mail.text).not.toMatch(/faktur|wniosek|akceptacj/i);
  const tab = await browsing.page(PHONE);
  await tab.goto(linkIn(mail));
  await looked(tab, 'task-phone-pl');
  await tab.getByLabel('Login').fill('jkowalski');
  await tab.getByLabel('Koszt licencji').fill('dużo');
  await tab.getByLabel('Tak').check();
  const protocol = {
    name: 'protokół.pdf',
    mimeType: 'application/pdf',
    buffer: Buffer.concat([Buffer.from('%PDF-1.7\n'), Buffer.alloc(2_000_000, 32)]),
  };
  await tab.getByLabel('Protokół').setInputFiles(protocol);
  await tab.getByRole('button', { name: 'Konto gotowe' }).click();
  await tab.getByText('Kwota to cyfry').waitFor();
  await looked(tab, 'task-wrong-phone-pl');
  expect(await tab.getByLabel('Usuń protokół.pdf').count(), 'the file is kept').toBe(1);
  await tab.getByLabel('Koszt licencji').fill('120,50');
  await tab.getByRole('button', { name: 'Konto gotowe' }).click();
  await tab.getByText('Zadanie wykonane przez Ciebie').waitFor();
  await looked(tab, 'task-done-phone-pl');
  expect(await run.result()).toMatchObject({
    done: true,
    by: ANNA,
    values: {
      login: 'jkowalski',
      cost: '120.50 PLN',
      laptop: true,
      protocol: [{ name: 'protokół.pdf', mediaType: 'application/pdf' }],
    },
  });
});

it('should be done with one touch where there is nothing to fill in, once, and without scripts', async () => {
  const run = await begin({ assign: ['accounting'], text: 'Close the month in the ledger.' });
  const link = linkIn(await house.mailTo(BEN));
  const tab = await browsing.page(DESKTOP, { javaScriptEnabled: false, colorScheme: 'dark' });
  await tab.goto(link);
  await tab.getByRole('button', { name: 'Done' }).waitFor();
  const light = await browsing.page(DESKTOP);
  await light.goto(link);
  await looked(light, 'task-desktop-en');
  await tab.getByRole('button', { name: 'Done' }).click();
  await tab.getByText('You completed this task').waitFor();
  expect(await run.result()).toMatchObject({ done: true, by: BEN, values: {} });
  const late = linkIn(await house.mailTo(ANNA));
  expect(await (await house.app.request(late)).text()).toContain('Zadanie wykonuje: Ben Carter');
});

it('should be handed over, declined with a reason, and expire', async () => {
  const run = await begin({ assign: [ANNA] });
  const link = linkIn(await house.mailTo(ANNA));
  await post(house.app, `${link}/delegate`, { page: await pageTokenOf(house.app, link), to: BEN, note: '' });
  const to = linkIn(await house.mailTo(BEN));
  await decide(house.app, to, 'rejected', { reason: 'No licence left' });
  expect(await run.result()).toMatchObject({ done: false, expired: false, reason: 'No licence left', by: BEN });
  const over = await begin({ assign: [ANNA], due: 'PT1S' });
  expect(await over.result()).toMatchObject({ done: false, expired: true });
  const fault = await house.engine.fault({
    do: [{ a: { call: 'task.ask', with: { about, assign: [ANNA], fields: 'nowhere' } } }],
  });
  expect(fault.type).toBe('urn:zaplecze:business:no-fields');
});

async function begin(args: object) {
  house.mails.splice(0);
  const definition = { do: [{ ask: { call: 'task.ask', with: { about, ...args } } }] };
  return house.engine.begin(definition);
}
