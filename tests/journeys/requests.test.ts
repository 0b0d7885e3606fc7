import { beforeAll, expect, it } from 'vitest';
import type { Artefact } from '../../core/model/artefact.ts';
import type { ApprovalHouse } from '../support/approvals.ts';
import { decide, linkIn } from '../support/approvals.ts';
import type { Browsing } from '../support/browsing.ts';
import { DESKTOP, looked, PHONE, shoot } from '../support/browsing.ts';
import { openVisited, visit } from '../support/visited.ts';

const ANNA = 'anna@huta.example';
const BEN = 'ben@huta.example';

let house: ApprovalHouse;
let browsing: Browsing;
let offer: Artefact;
visit(openVisited, (visited) => ({ house, browsing } = visited));
beforeAll(async () => {
  const bytes = Buffer.from('Oferta: 12 monitorów');
  offer = await house.store.artefacts.put({ name: 'Oferta 2026-114.pdf', mediaType: 'application/pdf', bytes });
});

/** An order, as a mailbox of orders would hand it over. */
const order = () => ({
  title: 'Zamówienie 2026/114: monitory do biura w Gdańsku',
  amount: '14388.00 PLN',
  requester: 'celina@huta.example',
  facts: [
    { label: { pl: 'Dostawca', en: 'Supplier' }, value: 'Mivia Sp. z o.o.' },
    { label: { pl: 'Cena za sztukę', en: 'Price of one' }, value: '1199.00 PLN', kind: 'money' },
    { label: { pl: 'Dostawa', en: 'Delivery' }, value: '2026-12-18', kind: 'date' },
    { label: { pl: 'Gwarancja', en: 'Warranty' }, value: '2026-12-18/2029-12-17', kind: 'period' },
    { label: { pl: 'Odbiera', en: 'Received by' }, value: BEN, kind: 'person' },
    { label: { pl: 'Oferta w sieci', en: 'Offer online' }, value: 'https://mivia.example/o/114', kind: 'link' },
    { label: { pl: 'Po co', en: 'What for' }, value: 'Stare mają 11 lat.\nDwa już nie działają.' },
  ],
  table: {
    columns: [
      { label: { pl: 'Nazwa', en: 'Item' } },
      { label: { pl: 'Sztuk', en: 'Pieces' }, kind: 'number' },
      { label: { pl: 'Razem', en: 'Total' }, kind: 'money' },
    ],
    rows: [['Monitor 27″ QHD', '12', '14388.00 PLN']],
  },
  files: [offer],
});

it.each([
  ['phone', PHONE, ANNA, 'pl', /faktur|dostawca nieznany/i],
  ['desktop', DESKTOP, BEN, 'en', /invoice|unknown supplier/i],
] as const)('should let a person decide a subject on a %s', async (device, viewport, person, language, notThere) => {
  const run = await begin({ about: order(), approvers: [person], twoAbove: '20000.00 PLN' });
  const mail = await house.mailTo(person);
  expect(`${mail.subject}\n${mail.text}`).not.toMatch(notThere);
  expect(mail.text).toContain('Celina Wójcik');
  const light = await browsing.page(viewport);
  await light.setContent(mail.html);
  await shoot(light, `subject-mail-${language}`);
  await light.goto(linkIn(mail));
  expect(await light.locator('body').innerText()).not.toMatch(notThere);
  await looked(light, `subject-${device}-${language}`);
  const file = await fetch(browsing.base + (await light.locator('a.download').getAttribute('href')));
  expect(await file.text()).toBe('Oferta: 12 monitorów');
  const dark = await browsing.page(viewport, { colorScheme: 'dark' });
  await dark.goto(linkIn(mail));
  await looked(dark, `subject-dark-${device}-${language}`);
  await dark.getByRole('button', { name: language === 'pl' ? 'Akceptuję' : 'Approve' }).click();
  await dark
    .getByText(language === 'pl' ? 'Wniosek zaakceptowany przez Ciebie' : 'You approved this request')
    .waitFor();
  await looked(dark, `subject-approved-${device}-${language}`);
  expect(await run.result()).toMatchObject({ approved: true, decisions: [{ approver: person }] });
});

it('should gather a request without an amount with the others, and say what each is', async () => {
  const digest = { at: ['00:00', '06:00', '12:00', '18:00'] };
  const leave = { title: 'Urlop: Jan Kowalski', facts: [{ label: 'Dni', value: '5' }] };
  const run = await begin({ about: leave, approvers: [ANNA], digest: { upTo: '500.00 PLN', ...digest } });
  // No band by amount takes it: it is mailed at once.
  const link = linkIn(await house.mailTo(ANNA));
  await decide(house.app, link, 'rejected', { reason: 'Wtedy zamykamy rok.' });
  expect(await run.result()).toMatchObject({ approved: false, reason: 'Wtedy zamykamy rok.' });
  expect(await (await house.app.request(link)).text()).toContain('Wniosek odrzucony przez Ciebie');
});

it('should park the call that would drop what nobody sees', async () => {
  const fault = await house.engine.fault(
    {
      do: [{ a: { call: 'approval.request', with: { about: '${ . }', approvers: [BEN] } } }],
    },
    { title: 'Urlop', days: 5 },
  );
  expect(fault.detail).toContain('Unrecognized key: "days"');
});

async function begin(args: object) {
  return house.engine.begin({ do: [{ approve: { call: 'approval.request', with: args } }] });
}
