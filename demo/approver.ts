import { simpleParser } from 'mailparser';
import { type Browser, chromium, type Page } from 'playwright-core';
import { CHROMIUM_FLAGS } from '../bots/forms/session/chromium-flags.ts';
import type { DemoInvoice, DemoMail } from './documents/model.ts';
import type { Place } from './place.ts';
import type { Services } from './services.ts';

/** Pause between two looks into the mailboxes. */
const LOOK_MS = 1000;
/** A page of this machine's own server is there at once; on a busy machine within this. */
const PAGE_LIMIT_MS = 60_000;
/** An approver decides on a phone. */
const PHONE = { width: 390, height: 844 };

/** What the people of the demo know: the papers themselves. */
export type Papers = { mails: readonly DemoMail[]; invoices: readonly DemoInvoice[] };

export type Approver = { close(): Promise<void> };

/**
 * Plays the approvers in a headless browser: opens each link that arrives in their mailboxes and decides on the page, as
 * a person does. A validation is answered from the paper: what was read wrong or not at all is typed in; an invoice
 * whose own sums do not add up is rejected with the reason.
 */
export function approveAll(services: Services, place: Place, papers: Papers, executablePath: string): Approver {
  const stopping = new AbortController();
  const work = decideUntilStopped(services, place, papers, executablePath, stopping.signal);
  work.catch((error: unknown) => console.error('the headless approver broke down:', error));
  return {
    async close() {
      stopping.abort();
      await Promise.allSettled([work]);
    },
  };
}

async function decideUntilStopped(
  services: Services,
  place: Place,
  papers: Papers,
  executablePath: string,
  signal: AbortSignal,
) {
  const browser = await chromium.launch({
    executablePath,
    args: [...CHROMIUM_FLAGS],
    handleSIGINT: false,
    handleSIGTERM: false,
  });
  // Whatever page is open then fails, and its link stays for the next start.
  signal.addEventListener('abort', () => void browser.close());
  const visited = new Set<string>();
  try {
    while (!signal.aborted) {
      for (const { email } of place.settings.people) {
        for (const link of await linksOf(services, email, place.settings.publicUrl)) {
          if (visited.has(link)) continue;
          // A page that fails is visited again: the person would reload it.
          if (
            await visit(browser, link, papers).then(
              () => true,
              () => false,
            )
          )
            visited.add(link);
        }
      }
      await new Promise((done) => setTimeout(done, LOOK_MS));
    }
  } finally {
    await browser.close();
  }
}

/** Links to decide, oldest mail first. */
async function linksOf({ mail }: Services, email: string, publicUrl: string): Promise<string[]> {
  const links: string[] = [];
  for (const { raw } of mail.list(email, 'INBOX').reverse()) {
    const { text = '' } = await simpleParser(raw);
    const link = text.split(/\s/).find((word) => word.startsWith(`${publicUrl}/a/`));
    if (link) links.push(link);
  }
  return links;
}

async function visit(browser: Browser, link: string, papers: Papers): Promise<void> {
  const page = await browser.newPage({ viewport: PHONE });
  page.setDefaultTimeout(PAGE_LIMIT_MS);
  try {
    await page.goto(link);
    const approve = page.locator('button[value=approved]');
    if ((await approve.count()) > 0) await press(page, 'button[value=approved]');
    else if ((await page.locator('form.station').count()) > 0) await validate(page, papers);
  } finally {
    await page.close();
  }
}

async function validate(page: Page, papers: Papers): Promise<void> {
  const paper = await paperOf(page, papers.invoices);
  const mail = papers.mails.find(({ expect }) => expect.number === paper?.number);
  if (!paper || mail?.expect.outcome === 'rejected') {
    await page.locator('details.reject summary').click();
    await page
      .locator('details.reject textarea')
      .fill('Sumy na fakturze się nie zgadzają: netto i VAT nie dają kwoty brutto.');
    return press(page, 'button[value=rejected]');
  }
  for (const [path, value] of Object.entries(fieldsOf(paper))) {
    const input = page.locator(`[name="${path}"]`);
    if (normal(await input.inputValue()) !== normal(value)) await input.fill(value);
  }
  return press(page, 'button[value=checked]');
}

/** The paper on the page: known by its number, or by whatever else of it was read. */
async function paperOf(page: Page, invoices: readonly DemoInvoice[]): Promise<DemoInvoice | undefined> {
  const read = async (path: string) => normal(await page.locator(`[name="${path}"]`).inputValue());
  const number = await read('number');
  const vatId = await read('seller.vatId');
  const gross = await read('totals.gross');
  return (
    invoices.find((invoice) => normal(invoice.number) === number) ??
    invoices.find((invoice) => normal(invoice.seller.vatId) === vatId) ??
    invoices.find((invoice) => normal(invoice.gross) === gross)
  );
}

function fieldsOf(paper: DemoInvoice): Record<string, string> {
  return {
    number: paper.number,
    issueDate: paper.issueDate,
    dueDate: paper.dueDate,
    currency: paper.currency,
    'seller.name': paper.seller.name,
    'seller.vatId': paper.seller.vatId,
    'totals.net': paper.net,
    'totals.vat': paper.vat,
    'totals.gross': paper.gross,
  };
}

/** Amounts with comma or point, ids with blanks: the same to a person. */
function normal(text: string): string {
  return text.replace(/[\s.,-]/g, '').toLowerCase();
}

async function press(page: Page, button: string): Promise<void> {
  await Promise.all([
    page.waitForResponse((response) => response.request().method() === 'POST'),
    page.locator(button).click(),
  ]);
  await page.waitForLoadState();
}
