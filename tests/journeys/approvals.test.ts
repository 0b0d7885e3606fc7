import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Artefact } from '../../core/model/artefact.ts';
import type { ApprovalHouse } from '../support/approvals.ts';
import { invoice, linkIn } from '../support/approvals.ts';
import type { Browsing } from '../support/browsing.ts';
import { DESKTOP, inFocus, looked, PHONE, shoot } from '../support/browsing.ts';
import { FINDING, pageOf } from '../support/station.ts';
import { openVisited, visit } from '../support/visited.ts';

const ANNA = 'anna@huta.example';
const BEN = 'ben@huta.example';

let house: ApprovalHouse;
let browsing: Browsing;
let page: Artefact;
visit(openVisited, (visited) => ({ house, browsing } = visited));
beforeAll(async () => {
  const bytes = await pageOf(invoice.number ?? '');
  page = await house.store.artefacts.put({ name: 'page-1.png', mediaType: 'image/png', bytes });
});

describe.each([
  ['phone', PHONE],
  ['desktop', DESKTOP],
])('on a %s', (device, viewport) => {
  it('should take two touches from the opened mail to the approval', async () => {
    const run = await begin({ approvers: [ANNA], findings: [FINDING] });
    const mail = await house.mailTo(ANNA);
    const tab = await browsing.page(viewport);
    await tab.setContent(mail.html);
    await shoot(tab, `mail-${device}`);
    const links = await tab.locator('a', { hasText: 'Zobacz i zdecyduj' }).evaluateAll((found) => found.length);
    expect(links, 'one big button').toBe(1);
    await tab.goto(linkIn(mail));
    await looked(tab, `approval-${device}`);
    const button = tab.getByRole('button', { name: 'Akceptuję' });
    expect(await inView(tab, button), 'within reach without scrolling').toBe(true);
    await button.click();
    await tab.getByText('Faktura zaakceptowana przez Ciebie').waitFor();
    await looked(tab, `approved-${device}`);
    expect(await run.result()).toMatchObject({ approved: true });
  });

  it('should reject with a reason', async () => {
    const run = await begin({ approvers: [BEN] });
    const tab = await browsing.page(viewport);
    await tab.goto(linkIn(await house.mailTo(BEN)));
    await tab.getByText('Reject…').click();
    await tab.getByLabel('Why are you rejecting it?').fill('Nobody ordered this <b>steel</b>');
    await looked(tab, `reject-${device}`);
    await tab.getByRole('button', { name: 'Reject', exact: true }).click();
    await tab.getByText('You rejected this invoice').waitFor();
    expect(await run.result()).toMatchObject({ approved: false, reason: 'Nobody ordered this <b>steel</b>' });
  });

  it('should let a person correct fields beside the page', async () => {
    const handle = await house.engine.begin({
      do: [
        {
          check: {
            call: 'document.validate',
            with: { invoice: uncertain, pages: [page], findings: [FINDING], assign: [ANNA] },
          },
        },
      ],
    });
    const tab = await browsing.page(viewport);
    await tab.goto(linkIn(await house.mailTo(ANNA)));
    // It starts at the least sure field.
    await inFocus(tab, '[id="f-totals.gross"]');
    await looked(tab, `station-${device}`);
    await tab.keyboard.press('Alt+1');
    expect(await tab.getByLabel('Brutto', { exact: true }).first().inputValue()).toBe('12300,00');
    await tab.keyboard.press('Enter');
    await tab.getByText('Faktura poprawiona przez Ciebie').waitFor();
    expect(await handle.result()).toMatchObject({
      outcome: 'corrected',
      by: ANNA,
      invoice: { totals: { gross: '12300.00', net: '10000.00' } },
      corrections: [{ field: 'totals.gross', before: '12800.00', after: '12300.00' }],
    });
  });
});

describe('in the dark', () => {
  it('should stay readable, mail and pages', async () => {
    await begin({ approvers: [ANNA], findings: [FINDING] });
    const mail = await house.mailTo(ANNA);
    const tab = await browsing.page(PHONE, { colorScheme: 'dark' });
    await tab.setContent(mail.html);
    await looked(tab, 'mail-dark');
    await tab.goto(linkIn(mail));
    await looked(tab, 'approval-dark');
    await house.engine.begin({
      do: [{ check: { call: 'document.validate', with: { invoice: uncertain, pages: [page], assign: [BEN] } } }],
    });
    await tab.goto(linkIn(await house.mailTo(BEN)));
    await looked(tab, 'station-dark');
  });
});

describe('machines that follow links', () => {
  it('should decide nothing, by GET, by HEAD, or rendered with scripts', async () => {
    const run = await begin({ approvers: [BEN] });
    const url = browsing.base + linkIn(await house.mailTo(BEN));
    const before = await house.store.audit.list();
    for (let i = 0; i < 10; i += 1) {
      expect((await fetch(url)).status).toBe(200);
      expect((await fetch(url, { method: 'HEAD' })).status).toBe(200);
      expect((await fetch(url, { headers: { 'Sec-Purpose': 'prefetch', Purpose: 'prefetch' } })).status).toBe(200);
      const tab = await browsing.page(DESKTOP);
      await tab.goto(url, { waitUntil: 'networkidle' });
    }
    const after = await house.store.audit.list();
    expect(
      after.slice(before.length).map(({ action }) => action),
      'one look at page and picture is noted, no decision',
    ).toEqual(['approval.viewed', 'approval.file-viewed']);
    expect((await house.store.approvals.find(house.mails[0]?.key.split('/')[0] ?? ''))?.decisions).toEqual([]);
    await run.terminate();
    const tab = await browsing.page(PHONE);
    await tab.goto(url);
    await tab.getByRole('button', { name: 'Approve' }).click();
    await tab.getByText('The process that asked you has ended').waitFor();
    browsing.complaints.splice(0); // The browser notes the status 409 itself.
  });

  it('should work without scripts', async () => {
    const run = await begin({ approvers: [BEN] });
    const tab = await browsing.page(PHONE, { javaScriptEnabled: false });
    await tab.goto(linkIn(await house.mailTo(BEN)));
    await tab.getByRole('button', { name: 'Approve' }).click();
    await tab.getByText('You approved this invoice').waitFor();
    expect(await run.result()).toMatchObject({ approved: true });
  });
});

const uncertain = {
  ...invoice,
  totals: { ...invoice.totals, gross: '12800.00', payable: undefined },
  fields: {
    number: { confidence: 0.99, source: { page: 1, box: { x: 0.55, y: 0.06, width: 0.3, height: 0.03 } } },
    'seller.name': { confidence: 0.88, source: { page: 1, box: { x: 0.08, y: 0.12, width: 0.4, height: 0.03 } } },
    'totals.gross': {
      confidence: 0.42,
      source: { page: 1, box: { x: 0.6, y: 0.6, width: 0.28, height: 0.04 } },
      alternatives: ['12300,00', '12380,00'],
    },
  },
};

async function begin(args: object) {
  const about = { about: invoice, pages: [page], ...args };
  return house.engine.begin({ do: [{ approve: { call: 'approval.request', with: about } }] });
}

async function inView(tab: Page, locator: ReturnType<Page['getByRole']>): Promise<boolean> {
  const box = await locator.boundingBox();
  const size = tab.viewportSize();
  return (
    box !== null && size !== null && box.y >= 0 && box.y + box.height <= size.height && box.x + box.width <= size.width
  );
}
