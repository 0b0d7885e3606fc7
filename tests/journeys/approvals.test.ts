import { mkdir, readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { ServerType } from '@hono/node-server';
import { serve } from '@hono/node-server';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { chromium } from 'playwright-core';
import sharp from 'sharp';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Artefact } from '../../definitions/model/artefact.ts';
import type { ApprovalHouse } from '../support/approvals.ts';
import { invoice, linkIn, openHouse } from '../support/approvals.ts';
import { inFocus } from '../support/browsing.ts';

const ANNA = 'anna@huta.example';
const BEN = 'ben@huta.example';
const PHONE = { width: 390, height: 844 };
const DESKTOP = { width: 1280, height: 900 };
/** Set to a folder to look at what people see. */
const SHOTS = process.env['ZAPLECZE_SCREENSHOTS'];

let house: ApprovalHouse;
let server: ServerType;
let base: string;
let browser: Browser;
let page: Artefact;
const open: BrowserContext[] = [];
const complaints: string[] = [];

beforeAll(async () => {
  house = await openHouse();
  server = await new Promise<ServerType>((done) => {
    const starting = serve({ fetch: house.app.fetch, hostname: '127.0.0.1', port: 0 }, () => done(starting));
  });
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  browser = await chromium.launch({
    executablePath: process.env['ZAPLECZE_CHROMIUM'] ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-sync', '--disable-quic'],
  });
  page = await house.store.artefacts.put({ name: 'page-1.png', mediaType: 'image/png', bytes: await pageImage() });
});
afterAll(async () => {
  await browser?.close();
  server?.close();
  await house?.stop();
});
beforeEach(() => {
  house.mails.splice(0);
  complaints.splice(0);
});
afterEach(async () => {
  for (const context of open.splice(0)) await context.close();
  expect(complaints, 'nothing in the console').toEqual([]);
});

describe.each([
  ['phone', PHONE],
  ['desktop', DESKTOP],
])('on a %s', (device, viewport) => {
  it('should take two touches from the opened mail to the approval', async () => {
    const run = await begin({ approvers: [ANNA], findings: [blocking] });
    const mail = await house.mailTo(ANNA);
    const tab = await newPage(viewport);
    await tab.setContent(mail.html);
    await shoot(tab, `mail-${device}`);
    const links = await tab.locator('a', { hasText: 'Zobacz i zdecyduj' }).evaluateAll((found) => found.length);
    expect(links, 'one big button').toBe(1);
    await tab.goto(base + linkIn(mail));
    await shoot(tab, `approval-${device}`);
    await accessible(tab);
    const button = tab.getByRole('button', { name: 'Akceptuję' });
    expect(await inView(tab, button), 'within reach without scrolling').toBe(true);
    await button.click();
    await tab.getByText('Faktura zaakceptowana przez Ciebie').waitFor();
    await shoot(tab, `approved-${device}`);
    await accessible(tab);
    expect(await run.result()).toMatchObject({ approved: true });
  });

  it('should reject with a reason', async () => {
    const run = await begin({ approvers: [BEN] });
    const tab = await newPage(viewport);
    await tab.goto(base + linkIn(await house.mailTo(BEN)));
    await tab.getByText('Reject…').click();
    await tab.getByLabel('Why do you reject it?').fill('Nobody ordered this <b>steel</b>');
    await shoot(tab, `reject-${device}`);
    await accessible(tab);
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
            with: { invoice: uncertain, pages: [page], findings: [blocking], assign: [ANNA] },
          },
        },
      ],
    });
    const tab = await newPage(viewport);
    await tab.goto(base + linkIn(await house.mailTo(ANNA)));
    // It starts at the least sure field.
    await inFocus(tab, '[id="f-totals.gross"]');
    await shoot(tab, `station-${device}`);
    await accessible(tab);
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
    await begin({ approvers: [ANNA], findings: [blocking] });
    const mail = await house.mailTo(ANNA);
    const tab = await newPage(PHONE, { colorScheme: 'dark' });
    await tab.setContent(mail.html);
    await shoot(tab, 'mail-dark');
    await accessible(tab);
    await tab.goto(base + linkIn(mail));
    await shoot(tab, 'approval-dark');
    await accessible(tab);
    await house.engine.begin({
      do: [{ check: { call: 'document.validate', with: { invoice: uncertain, pages: [page], assign: [BEN] } } }],
    });
    await tab.goto(base + linkIn(await house.mailTo(BEN)));
    await shoot(tab, 'station-dark');
    await accessible(tab);
  });
});

describe('machines that follow links', () => {
  it('should decide nothing, by GET, by HEAD, or rendered with scripts', async () => {
    const run = await begin({ approvers: [BEN] });
    const url = base + linkIn(await house.mailTo(BEN));
    const before = await house.store.audit.list();
    for (let i = 0; i < 10; i += 1) {
      expect((await fetch(url)).status).toBe(200);
      expect((await fetch(url, { method: 'HEAD' })).status).toBe(200);
      expect((await fetch(url, { headers: { 'Sec-Purpose': 'prefetch', Purpose: 'prefetch' } })).status).toBe(200);
      const tab = await newPage(DESKTOP);
      await tab.goto(url, { waitUntil: 'networkidle' });
    }
    const after = await house.store.audit.list();
    expect(
      after.slice(before.length).map(({ action }) => action),
      'one look at page and picture is noted, no decision',
    ).toEqual(['approval.viewed', 'approval.file-viewed']);
    expect((await house.store.approvals.find(house.mails[0]?.key.split('/')[0] ?? ''))?.decisions).toEqual([]);
    await run.terminate();
    const tab = await newPage(PHONE);
    await tab.goto(url);
    await tab.getByRole('button', { name: 'Approve' }).click();
    await tab.getByText('The run that asked you has ended').waitFor();
    complaints.splice(0); // The browser notes the status 409 itself.
  });

  it('should work without scripts', async () => {
    const run = await begin({ approvers: [BEN] });
    const tab = await newPage(PHONE, { javaScriptEnabled: false });
    await tab.goto(base + linkIn(await house.mailTo(BEN)));
    await tab.getByRole('button', { name: 'Approve' }).click();
    await tab.getByText('You approved this invoice').waitFor();
    expect(await run.result()).toMatchObject({ approved: true });
  });
});

const blocking = {
  rule: 'arithmetic.gross',
  blocking: true,
  field: 'totals.gross',
  values: { net: '10000.00', vat: '2300.00', expected: '12300.00', gross: '12800.00' },
};
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

async function newPage(viewport: { width: number; height: number }, options = {}): Promise<Page> {
  const context = await browser.newContext({ viewport, ...options });
  open.push(context);
  const tab = await context.newPage();
  tab.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text());
  });
  tab.on('pageerror', (error) => complaints.push(error.message));
  return tab;
}

async function shoot(tab: Page, name: string): Promise<void> {
  if (!SHOTS) return;
  await mkdir(SHOTS, { recursive: true });
  await tab.screenshot({ path: join(SHOTS, `${name}.png`) });
  await tab.screenshot({ path: join(SHOTS, `${name}-full.png`), fullPage: true });
}

async function inView(tab: Page, locator: ReturnType<Page['getByRole']>): Promise<boolean> {
  const box = await locator.boundingBox();
  const size = tab.viewportSize();
  return (
    box !== null && size !== null && box.y >= 0 && box.y + box.height <= size.height && box.x + box.width <= size.width
  );
}

/** No serious finding by axe. Run as the browser's own tool: the pages' policy lets no other script in. */
async function accessible(tab: Page): Promise<void> {
  const axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
  await tab.evaluate(axe);
  const found = await tab.evaluate('axe.run(document, { resultTypes: ["violations"] })');
  const { violations } = found as {
    violations: { id: string; impact: string; nodes: { html: string; failureSummary: string }[] }[];
  };
  const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
  expect(
    serious.map(({ id, nodes }) => `${id}: ${nodes.map((node) => `${node.html} ${node.failureSummary}`).join('\n')}`),
  ).toEqual([]);
}

/** A page that looks like an invoice, drawn here. */
async function pageImage(): Promise<Buffer> {
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="1000" height="1414"><rect width="1000" height="1414" fill="#fff"/>
${text(560, 110, 26, 'FV/2026/11/0042', 700)}${text(80, 195, 24, 'Stalpol Żelazo i Stal S.A.')}${text(80, 235, 18, 'ul. Hutnicza 7, 30-001 Kraków')}
${text(80, 520, 20, 'Pręt żebrowany 12 mm    2,5 t    8 000,00')}${text(80, 560, 20, 'Transport    1 szt.    2 000,00')}
${text(560, 800, 20, 'Netto 10 000,00')}${text(560, 835, 20, 'VAT 23% 2 300,00')}${text(610, 885, 28, '12 300,00 PLN', 700)}</svg>`;
  return sharp(Buffer.from(svg)).png().toBuffer();
}

function text(x: number, y: number, size: number, words: string, weight = 400): string {
  return `<text x="${x}" y="${y}" font-family="DejaVu Sans, sans-serif" font-size="${size}" font-weight="${weight}" fill="#222">${words}</text>`;
}
