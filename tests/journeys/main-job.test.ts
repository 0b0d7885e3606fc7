import { join } from 'node:path';
import exceljs from 'exceljs';
import { type Browser, chromium } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { demoInvoices } from '../../demo/documents/invoices.ts';
import { ksefXml } from '../../demo/documents/ksef-xml.ts';
import { classicLayout } from '../../demo/documents/layouts/classic.ts';
import type { DemoInvoice } from '../../demo/documents/model.ts';
import { createPrinter } from '../../demo/documents/print.ts';
import type { FileContent } from '../../definitions/model/artefact.ts';
import { runId } from '../../server/runs/start.ts';
import { ACCOUNT, CHROMIUM, type Installation, noMainJob, startInstallation } from '../support/main-job.ts';
import type { ZapleczeProcess } from '../support/processes.ts';
import { eventually } from '../support/temporal.ts';

/** Reading, asking, posting: on two busy cores each is done within this. */
const STEP_LIMIT_MS = 120_000;
/** SQL-Ledger's seed: the account of each VAT rate, and the payable. */
const VAT_ACCOUNTS: Record<string, string> = { '23': '2223', '8': '2208', '5': '2205' };
const PAYABLE = '2100';

const today = new Date().toISOString().slice(0, 10);

let installation: Installation;
let worker: ZapleczeProcess;
let person: Browser;

describe.skipIf(noMainJob)(`the main job on real servers${noMainJob ? ` (${noMainJob})` : ''}`, () => {
  beforeAll(async () => {
    installation = await startInstallation();
    worker = await installation.startBrowserWorker();
    person = await chromium.launch({ executablePath: CHROMIUM, args: ['--no-sandbox', '--disable-gpu'] });
  });
  afterEach(({ task }) => {
    if (task.result?.state === 'fail') console.error(installation.logs());
  });
  afterAll(async () => {
    await person?.close();
    await installation?.stop();
  });

  it('books what a person approved, once, and tells everyone', async () => {
    const { paper, builders } = demoInvoices('main-job', today);
    const printer = createPrinter(CHROMIUM);
    const printed = await printer.pdf(await classicLayout(builders, builders.issueDate));
    const reprinted = await printer.pdf(await classicLayout(builders, today));
    await printer.close();
    await send('arkusz', 'ksef', xml(paper));
    await send('murarek', 'pdf', pdf(printed));
    const links = [await linkFor(paper.number), await linkFor(builders.number)];
    await send('murarek', 'again', pdf(reprinted));
    for (const link of links) await approve(link);

    expect(await outcomeOf('ksef')).toMatchObject({ outcome: 'booked', number: paper.number });
    expect(await outcomeOf('pdf')).toMatchObject({ outcome: 'booked', number: builders.number });
    expect(await outcomeOf('again')).toMatchObject({ outcome: 'duplicate', number: builders.number });
    for (const invoice of [paper, builders]) await expectBookedOnce(invoice);
    expect(installation.proxy.postings()).toBe(2);
    expect(await registered()).toEqual([paper, builders].map(rowOf).sort());
    expect(await answersTo('arkusz')).toEqual([messageId('ksef')]);
    expect(await answersTo('murarek')).toEqual([messageId('again'), messageId('pdf')].sort());
    const processed = await installation.mail.read('invoices', 'Processed');
    expect(new Set(processed.map((mail) => mail.messageId))).toEqual(new Set(['ksef', 'pdf', 'again'].map(messageId)));
    expect(processed).toHaveLength(3);
    expect(await installation.mail.read('invoices')).toEqual([]);
  });

  it('books exactly once when the worker is killed between the click on Post and the answer', async () => {
    const { paper } = demoInvoices('killed', today);
    const before = installation.proxy.postings();
    const held = installation.proxy.holdNextPosting();
    await send('arkusz', 'killed', xml(paper));
    await approve(await linkFor(paper.number));
    const posting = await held;
    await worker.kill();
    expect(await installation.ledger.booked(paper.number)).toEqual([]);
    await posting.letThrough();
    await expectBookedOnce(paper);
    worker = await installation.startBrowserWorker();
    const [entry] = await installation.ledger.booked(paper.number);
    expect(await outcomeOf('killed')).toMatchObject({ outcome: 'booked', record: String(entry?.id) });
    await expectBookedOnce(paper);
    expect(installation.proxy.postings() - before, 'clicks on Post').toBe(1);
  });
});

const messageId = (id: string) => `<main-job-${id}@mail.test>`;
const xml = (invoice: DemoInvoice): FileContent => ({
  name: 'FA3.xml',
  mediaType: 'application/xml',
  bytes: Buffer.from(ksefXml(invoice), 'utf8'),
});
const pdf = (bytes: Uint8Array): FileContent => ({ name: 'faktura.pdf', mediaType: 'application/pdf', bytes });

function send(from: string, id: string, attachment: FileContent): Promise<void> {
  return installation.mail.send({ from, messageId: messageId(id), subject: `Faktura ${id}`, attachment });
}

/** The link that the approver got about an invoice. */
function linkFor(number: string): Promise<string> {
  return eventually(async () => {
    const mails = await installation.mail.read('anna');
    const mail = mails.find(({ subject, text }) => plain(`${subject} ${text}`).includes(number));
    return /https?:\/\/\S+\/a\/\S+/.exec(mail?.text ?? '')?.[0];
  }, STEP_LIMIT_MS);
}

/** Numbers are set with blanks that do not break. */
const plain = (text: string) => text.replace(/\s+/g, ' ');

/** Opens a link on a phone and clicks Approve, as a person does. */
async function approve(link: string): Promise<void> {
  const page = await person.newPage({ viewport: { width: 390, height: 844 } });
  await page.goto(link);
  const decided = page.waitForResponse((response) => response.request().method() === 'POST');
  await page.locator('button[value=approved]').click();
  expect((await decided).status()).toBeLessThan(400);
  await page.close();
}

const Run = z.object({ status: z.string(), output: z.object({ documents: z.array(z.unknown()) }).optional() });

/** What became of the one document of a mail. */
async function outcomeOf(id: string): Promise<unknown> {
  const run = runId({ namespace: 'finance', name: 'supplier-invoices' }, `mailbox/invoices\n${messageId(id)}`);
  const ended = await eventually(async () => {
    const found = Run.parse(await installation.api('GET', `/runs/${encodeURIComponent(run)}`));
    return found.status === 'running' ? undefined : found;
  }, STEP_LIMIT_MS);
  expect(ended.output?.documents).toHaveLength(1);
  return ended.output?.documents[0];
}

/** The accounting tables hold the invoice once, and hold what is on the paper. */
async function expectBookedOnce(invoice: DemoInvoice): Promise<void> {
  const { number, seller, issueDate, currency, breakdown } = invoice;
  const [net, gross] = [Number(invoice.net), Number(invoice.gross)];
  const booked = await installation.ledger.booked(number);
  expect(booked).toMatchObject([{ vendor: seller.name, net, gross, currency, date: issueDate }]);
  const entries = breakdown.flatMap(({ rate, net: part, vat }) => [
    entry(ACCOUNT, -Number(part)),
    entry(VAT_ACCOUNTS[rate], -Number(vat)),
  ]);
  expect(booked[0]?.entries.map(([account, amount]) => entry(account, amount)).sort()).toEqual(
    [...entries, entry(PAYABLE, gross)].sort(),
  );
}

const entry = (account: string | undefined, amount: number): string => `${account} ${amount.toFixed(2)}`;

const COLUMNS = ['Invoice', 'Supplier', 'Net', 'VAT', 'Gross'];
const rowOf = ({ number, seller, net, vat, gross }: DemoInvoice): string =>
  [number, seller.name, Number(net), Number(vat), Number(gross)].join(' | ');

/** Rows of the register, by the columns above. */
async function registered(): Promise<string[]> {
  const book = new exceljs.Workbook();
  await book.xlsx.readFile(join(installation.home, 'sheets', 'register.xlsx'));
  const rows: string[][] = [];
  book.worksheets[0]?.eachRow((row) => rows.push((row.values as exceljs.CellValue[]).slice(1).map(String)));
  const [head = [], ...body] = rows;
  return body.map((row) => COLUMNS.map((name) => row[head.indexOf(name)]).join(' | ')).sort();
}

/** Message-IDs that a supplier's mails answer. */
async function answersTo(user: string): Promise<string[]> {
  const mails = await installation.mail.read(user);
  return mails
    .map(({ inReplyTo, references }) => (references?.includes(inReplyTo ?? '-') ? (inReplyTo ?? '') : ''))
    .sort();
}
