import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import type { ApprovalHouse } from '../support/approvals.ts';
import { linkIn, openHouse } from '../support/approvals.ts';
import { Browsing, DESKTOP, looked, PHONE } from '../support/browsing.ts';
import { badlyRead, FINDING, pageOf } from '../support/station.ts';

const ANNA = 'anna@huta.example';
const BEN = 'ben@huta.example';

let house: ApprovalHouse;
let web: Browsing;
beforeAll(async () => {
  house = await openHouse();
  web = await Browsing.start(house.app);
});
afterAll(async () => {
  await web?.stop();
  await house?.stop();
});
afterEach(async () => {
  await web.closePages();
  expect(web.complaints.splice(0), 'nothing in the console').toEqual([]);
});

it('should keep what is typed into the station, and tell two people of each other', async () => {
  const bytes = await pageOf('FV/9');
  const page = await house.store.artefacts.put({ name: 'p.png', mediaType: 'image/png', bytes });
  const read = { invoice: badlyRead('FV/9'), pages: [page], findings: [FINDING], assign: [ANNA, BEN] };
  const run = await house.engine.begin({ do: [{ check: { call: 'document.validate', with: read } }] });
  const anna = await web.page(DESKTOP);
  await anna.goto(linkIn(await house.mailTo(ANNA)));
  await anna.getByLabel('Numer', { exact: true }).fill('FV/10');
  await anna.getByText('Zachowano.').waitFor();
  const ben = await web.page(PHONE);
  await ben.goto(linkIn(await house.mailTo(BEN)));
  await ben.getByText('Anna Nowak has this document open too').waitFor();
  expect(await ben.getByLabel('Number', { exact: true }).inputValue(), 'a draft is one’s own').toBe('FV/9');
  await looked(ben, 'station-together-phone');
  await anna.reload();
  await anna.getByText('otwarty także: Ben Carter').waitFor();
  expect(await anna.getByLabel('Numer', { exact: true }).inputValue()).toBe('FV/10');
  await looked(anna, 'station-restored-desktop');
  await anna.keyboard.press('Alt+r');
  expect(await anna.locator('.views').getAttribute('class')).toContain('turn-1');
  await anna.getByLabel('Termin płatności').fill('2026-12-04');
  await anna.keyboard.press('Enter');
  await anna.getByRole('link', { name: 'Następny dokument' }).waitFor();
  expect(await run.result()).toMatchObject({ outcome: 'corrected', invoice: { number: 'FV/10' } });
  expect(await house.store.drafts.of(house.mails.at(-1)?.key.split('/')[0] ?? '')).toEqual([]);
});

it('should let a person ask about a document, and hand it over', async () => {
  house.mails.splice(0);
  const bytes = await pageOf('FV/11');
  const page = await house.store.artefacts.put({ name: 'p.png', mediaType: 'image/png', bytes });
  const read = { invoice: badlyRead('FV/11'), pages: [page], assign: [BEN] };
  const run = await house.engine.begin({ do: [{ check: { call: 'document.validate', with: read } }] });
  const ben = await web.page(PHONE);
  await ben.goto(linkIn(await house.mailTo(BEN)));
  await ben.getByText('Ask a question…').click();
  await ben.getByLabel('Whom do you ask?').selectOption(ANNA);
  await ben.getByLabel('Your question').fill('Is this ours?');
  await looked(ben, 'station-ask-phone');
  await ben.getByRole('button', { name: 'Send the question' }).click();
  await ben.getByText('Your question is on its way to Anna Nowak').waitFor();
  expect((await house.mailTo(ANNA)).text).toContain('Is this ours?');
  await ben.goto(linkIn(await house.mailTo(BEN)));
  await ben.getByText('Ben Carter asked Anna Nowak').waitFor();
  await ben.getByText('Hand over…').click();
  await ben.getByLabel('Who decides instead of you?').selectOption(ANNA);
  await ben.getByRole('button', { name: 'Hand over', exact: true }).click();
  await ben.getByRole('heading', { name: 'Handed over to Anna Nowak' }).waitFor();
  const mail = await house.mailTo(ANNA, 1);
  expect(mail.text).toContain('Ben Carter przekazuje Ci fakturę do sprawdzenia');
  const anna = await web.page(DESKTOP);
  await anna.goto(linkIn(mail));
  await looked(anna, 'station-handed-desktop');
  await anna.getByLabel('Termin płatności').fill('2026-12-04');
  await anna.keyboard.press('Enter');
  await anna.getByText('Faktura poprawiona przez Ciebie').waitFor();
  expect(await run.result()).toMatchObject({ outcome: 'corrected', by: ANNA });
});
