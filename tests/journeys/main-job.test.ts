import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Browser, chromium } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { demoInvoices } from '../../demo/documents/invoices.ts';
import { ksefXml } from '../../demo/documents/ksef-xml.ts';
import { classicLayout } from '../../demo/documents/layouts/classic.ts';
import type { DemoInvoice } from '../../demo/documents/model.ts';
import { createPrinter } from '../../demo/documents/print.ts';
import type { FileContent } from '../../core/model/artefact.ts';
import { expectBookedOnce, registered, rowOf } from '../support/books.ts';
import { CHROMIUM, type Installation, noMainJob, startInstallation } from '../support/main-job.ts';
import type { ZapleczeProcess } from '../support/processes.ts';
import { eventually } from '../support/temporal.ts';

/** Reading, asking, posting: on two busy cores each is done within this. */
const STEP_LIMIT_MS = 120_000;
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

    const booked = await outcomeOf('ksef');
    expect(booked).toMatchObject({ outcome: 'booked', number: paper.number });
    await expectPicture(booked.proof?.[0]?.id);
    expect(await outcomeOf('pdf')).toMatchObject({ outcome: 'booked', number: builders.number });
    expect(await outcomeOf('again')).toMatchObject({ outcome: 'duplicate', number: builders.number });
    for (const invoice of [paper, builders]) await expectBookedOnce(installation.ledger, invoice);
    expect(installation.proxy.postings()).toBe(2);
    expect(await registered(installation.home)).toEqual([paper, builders].map(rowOf).sort());
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
    await expectBookedOnce(installation.ledger, paper);
    worker = await installation.startBrowserWorker();
    const outcome = await outcomeOf('killed');
    const entry = await expectBookedOnce(installation.ledger, paper);
    expect(outcome).toMatchObject({ outcome: 'booked', record: String(entry.id) });
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

const Outcome = z.looseObject({ outcome: z.string(), proof: z.array(z.object({ id: z.string() })).optional() });
const Run = z.object({
  status: z.string(),
  progress: z.object({ incidents: z.array(z.unknown()) }).optional(),
  output: z.object({ documents: z.array(Outcome) }).optional(),
});

/** What became of the one document of a mail. */
async function outcomeOf(id: string): Promise<z.infer<typeof Outcome>> {
  const run = await eventually(async () => (await installation.runsOf(messageId(id)))[0], STEP_LIMIT_MS);
  const ended = await eventually(async () => {
    const found = Run.parse(await installation.api('GET', `/runs/${encodeURIComponent(run)}`));
    const { incidents = [] } = found.progress ?? {};
    if (incidents.length > 0) throw new Error(`the run of ${id} is parked: ${JSON.stringify(incidents)}`);
    return found.status === 'running' ? undefined : found;
  }, STEP_LIMIT_MS);
  const [document, ...others] = ended.output?.documents ?? [];
  if (!document || others.length > 0) throw new Error(`one document was sent: ${JSON.stringify(ended)}`);
  return document;
}

/** The picture of the posting is kept, as PNG. */
async function expectPicture(artefact = 'no artefact'): Promise<void> {
  const bytes = Buffer.from(await installation.file(`/artefacts/${artefact}`));
  expect(bytes.subarray(1, 4).toString()).toBe('PNG');
  if (process.env['ZAPLECZE_PICTURES']) writeFileSync(join(process.env['ZAPLECZE_PICTURES'], 'main-job.png'), bytes);
}

/** Message-IDs that a supplier's mails answer. */
async function answersTo(user: string): Promise<string[]> {
  const mails = await installation.mail.read(user);
  return mails
    .map(({ inReplyTo, references }) => (references?.includes(inReplyTo ?? '-') ? (inReplyTo ?? '') : ''))
    .sort();
}
