import { afterEach, expect, it } from 'vitest';
import type { ApprovalHouse } from '../../support/approvals.ts';
import { invoice, linkIn, openHouse } from '../../support/approvals.ts';
import { Browsing, DESKTOP, PHONE, shoot, sideways, violations } from '../../support/browsing.ts';

const CELINA = 'celina@huta.example';

let house: ApprovalHouse | undefined;
let browsing: Browsing | undefined;
afterEach(async () => {
  await browsing?.stop();
  await house?.stop();
});

it.each([
  ['phone', PHONE],
  ['desktop', DESKTOP],
])('should be one mail, with each decided singly, on a %s', async (device, viewport) => {
  // An hour lasts four seconds: a digest at nine comes sixteen seconds after five.
  house = await openHouse({}, { lapse: { start: '2027-01-11T04:00:00Z', dayMs: 96_000 } });
  browsing = await Browsing.start(house.app);
  const { engine } = house;
  const begin = (args: object) =>
    engine.begin({ do: [{ approve: { call: 'approval.request', with: { about: invoice, ...args } } }] });
  const small = (i: number) => ({
    ...invoice,
    number: `FV/${i}/2027`,
    seller: { name: i === 3 ? `Usługi "Ład" <i>Sp.</i> ‮z o.o.` : `Dostawca ${i}` },
    totals: { gross: `${i}00.50` },
  });
  const digest = { at: ['09:00'], upTo: '1000.00 PLN' };
  const runs = await Promise.all([1, 2, 3, 4, 5].map((i) => begin({ about: small(i), approvers: [CELINA], digest })));
  const large = await begin({ approvers: [CELINA], digest });
  const mail = await house.mailTo(CELINA);
  expect(mail.subject, 'a large one comes at once').toContain('Stalpol');
  const gathered = await house.mailTo(CELINA, 1);
  expect(gathered.subject).toBe('Do akceptacji: 5 faktur');
  expect(house.mails).toHaveLength(2);
  let tab = await browsing.page(viewport);
  await tab.setContent(gathered.html);
  await shoot(tab, `mail-digest-${device}`);
  tab = await browsing.page(viewport);
  await tab.goto(linkIn(gathered));
  await shoot(tab, `digest-${device}`);
  expect(await violations(tab)).toEqual([]);
  expect(await sideways(tab)).toBe(0);
  const second = tab.locator('section.item', { hasText: 'Dostawca 2' });
  await second.getByLabel('Odrzucam').check();
  await tab.getByRole('button', { name: 'Akceptuję wszystkie (5)' }).click();
  await tab.getByText('Napisz, dlaczego ją odrzucasz.').waitFor();
  await tab.getByText('Zapisano: 4 decyzje.').waitFor();
  await shoot(tab, `digest-rest-${device}`);
  expect(await violations(tab)).toEqual([]);
  browsing.complaints.splice(0); // The browser notes the status 422 itself.
  await tab.locator('section.item', { hasText: 'Dostawca 2' }).getByLabel('Dlaczego').fill('nie zamawialiśmy');
  await tab.getByRole('button', { name: 'Wyślij te decyzje' }).click();
  await tab.getByText('Nic z tej listy już na Ciebie nie czeka.').waitFor();
  await shoot(tab, `digest-done-${device}`);
  const results = await Promise.all(runs.map((run) => run.result()));
  expect(results.map((result) => (result as { approved: boolean }).approved)).toEqual([true, false, true, true, true]);
  const trail = await house.store.audit.list();
  const decided = trail.filter(
    ({ action, run }) => action === 'approval.decided' && runs.some(({ workflowId }) => workflowId === run),
  );
  expect(new Set(decided.map(({ run }) => run)).size, 'one decision each').toBe(5);
  expect(decided).toHaveLength(5);
  await large.cancel();
});
