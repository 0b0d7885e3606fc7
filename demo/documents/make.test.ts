import { existsSync } from 'node:fs';
import { PDFDocument, PDFName, PDFRawStream } from '@cantoo/pdf-lib';
import { createWorker } from 'tesseract.js';
import { beforeAll, describe, expect, it } from 'vitest';
import { languageFolder } from '../../bots/documents/ocr/languages.ts';
import { PDFParse } from 'pdf-parse';
import { openPdf } from '../../bots/documents/pdf/open.ts';
import { amount } from './layouts/parts.ts';
import { makeDemoDocuments } from './make.ts';
import type { DemoMail } from './model.ts';
import { tempFolder } from '../../tests/support/temp-folder.ts';

const chromium = process.env['ZAPLECZE_CHROMIUM'] ?? '/usr/bin/chromium';
/** Printing all takes 4 s on an idle machine, recognition of one page 3 s; both share two cores with other tests. */
const PATIENCE_MS = 90_000;

describe.skipIf(!existsSync(chromium))('demo documents (skipped where Chromium is not at hand)', () => {
  let dir: string;
  let mails: DemoMail[];
  const options = { chromium, seed: 'test', today: '2026-11-24' };
  const attachment = (id: string) => {
    const file = mails.find((mail) => mail.id === id)?.attachments[0];
    if (!file) throw new Error(`no attachment in ${id}`);
    return file;
  };

  beforeAll(async () => {
    dir = await tempFolder('demo-documents');
    mails = await makeDemoDocuments({ ...options, dir });
  }, PATIENCE_MS);

  it('should give one mail for each case of the demo', () => {
    expect(mails.map((mail) => [mail.id, mail.expect.outcome])).toEqual([
      ['ksef-xml', 'booked'],
      ['factur-x', 'booked'],
      ['polish-pdf', 'booked'],
      ['german-scan', 'booked'],
      ['phone-photo', 'booked'],
      ['wrong-sum', 'rejected'],
      ['duplicate', 'duplicate'],
      ['above-limit', 'booked'],
      ['newsletter', 'quarantined'],
      ['greeting', 'quarantined'],
    ]);
  });

  it('should make the same again from the folder, without a browser', async () => {
    const again = await makeDemoDocuments({ ...options, dir, chromium: '/nonexistent' });
    expect(again).toEqual(mails);
  });

  it.each(['polish-pdf', 'duplicate', 'above-limit', 'wrong-sum'])(
    'should carry number and sum as text: %s',
    async (id) => {
      const text = await pdfText(attachment(id).bytes);
      const { number = '', gross = '' } = mails.find((mail) => mail.id === id)?.expect ?? {};
      expect(text).toContain(number);
      expect(text.replaceAll('\u00a0', ' ')).toContain(amount(gross, 'pl').replaceAll('\u00a0', ' '));
    },
  );

  it('should print the duplicate anew: same invoice, other bytes', () => {
    const [first, second] = [attachment('polish-pdf'), attachment('duplicate')];
    expect(Buffer.from(first.bytes).equals(second.bytes)).toBe(false);
    expect(first.name).not.toBe(second.name);
  });

  it('should embed the CII invoice and say so in the metadata', async () => {
    const document = await PDFDocument.load(attachment('factur-x').bytes);
    const [file] = document.getAttachments();
    const metadata = document.context.lookup(document.catalog.get(PDFName.of('Metadata')));
    const xmp = metadata instanceof PDFRawStream ? Buffer.from(metadata.contents).toString('utf8') : '';
    expect([file?.name, file?.afRelationship]).toEqual(['factur-x.xml', 'Alternative']);
    expect(Buffer.from(file?.data ?? []).toString('utf8')).toContain(
      '<ram:GrandTotalAmount>1284.00</ram:GrandTotalAmount>',
    );
    expect(xmp).toContain('<fx:ConformanceLevel>EN 16931</fx:ConformanceLevel>');
  });

  it(
    'should scan without leaving text, and stay readable',
    async () => {
      const { bytes } = attachment('german-scan');
      expect(await pdfText(bytes)).toBe('');
      const text = await recognise(Buffer.from(await pdfImage(bytes)), 'pol+eng');
      for (const value of [mails[3]?.expect.number, '410,00', 'DE284173906', '02.12.2026'])
        expect(text).toContain(value);
    },
    PATIENCE_MS,
  );

  it(
    'should leave the photo readable, with effort',
    async () => {
      const text = await recognise(Buffer.from(attachment('phone-photo').bytes), 'pol+eng');
      for (const value of [mails[4]?.expect.number, '294,20', '953-207-71-89']) expect(text).toContain(value);
    },
    PATIENCE_MS,
  );
});

async function pdfText(bytes: Uint8Array): Promise<string> {
  // Another reader than the product's own, so that the two check each other.
  const parser = new PDFParse({ data: Uint8Array.from(bytes) });
  const { pages } = await parser.getText();
  await parser.destroy();
  return pages
    .map((page) => page.text)
    .join(' ')
    .trim();
}

/** The first page as a picture, long side 2339 pixels: A4 at 200 dpi. */
async function pdfImage(bytes: Uint8Array): Promise<Uint8Array> {
  const pdf = await openPdf(bytes, { name: 'test.pdf' });
  const { png } = await pdf.image(1, 2339);
  await pdf.close();
  return png;
}

async function recognise(image: Buffer, languages: string): Promise<string> {
  const worker = await createWorker(languages.split('+'), 1, {
    langPath: await languageFolder(),
    gzip: true,
    cacheMethod: 'none',
  });
  const { data } = await worker.recognize(image);
  await worker.terminate();
  return data.text;
}
