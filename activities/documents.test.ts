import { PDFDocument } from '@cantoo/pdf-lib';
import { MockActivityEnvironment } from '@temporalio/testing';
import { afterAll, expect, it } from 'vitest';
import { createDocumentReader } from '../bots/documents/index.ts';
import { makePdf, POLISH } from '../bench/documents/make-pages.ts';
import { documentClassify } from '../core/catalogue/document-classify.ts';
import { documentRead } from '../core/catalogue/document-read.ts';
import { createDocumentActivities } from './documents.ts';

const reader = createDocumentReader();
afterAll(() => reader.close());

const file = { id: `sha256:${'0'.repeat(64)}`, name: 'locked.pdf', mediaType: 'application/pdf', size: 1 };
const call = {
  run: 'r',
  definition: { namespace: 'n', name: 'd', version: '1.0.0', hash: 'h' },
  task: '/do/0',
  key: 'k',
};

/** A PDF that needs the password "secret". */
async function lockedPdf(): Promise<Uint8Array> {
  const pdf = await PDFDocument.create();
  pdf.addPage().drawText('Dear Sirs, the meeting is on Friday.', { x: 60, y: 700, size: 12 });
  pdf.encrypt({ userPassword: 'secret', ownerPassword: 'owner' });
  return pdf.save();
}

async function read(passwords?: () => Promise<readonly string[]>): Promise<unknown> {
  const bytes = await lockedPdf();
  const activities = createDocumentActivities({
    reader,
    artefacts: {
      get: () => Promise.resolve({ name: file.name, mediaType: file.mediaType, bytes }),
      put: ({ name, mediaType, bytes: { length } }) => Promise.resolve({ ...file, name, mediaType, size: length }),
    },
    ...(passwords && { passwords }),
  });
  const activity = activities[documentRead.name];
  if (!activity) throw new Error('no document.read');
  return new MockActivityEnvironment().run(activity, { file }, call);
}

it('should open an encrypted PDF with a password of the settings, and else say how to give one', async () => {
  await expect(read()).rejects.toThrow('documents.passwords in zaplecze.yaml');
  await expect(read(() => Promise.resolve(['wrong']))).rejects.toThrow('none of the given passwords opens it');
  expect(await read(() => Promise.resolve(['wrong', 'secret']))).toMatchObject({ kind: 'other' });
});

it('should weigh what it read against what is known of the supplier', async () => {
  const { bytes } = await makePdf([POLISH]);
  const accounts = [{ value: 'PL27114020040000300201355387', times: 3 }];
  const asked: string[] = [];
  const activities = createDocumentActivities({
    reader,
    artefacts: {
      get: () => Promise.resolve({ name: file.name, mediaType: file.mediaType, bytes }),
      put: ({ name, mediaType }) => Promise.resolve({ ...file, name, mediaType }),
    },
    memoryOf: (vatId) => {
      asked.push(vatId);
      return Promise.resolve({ documents: 3, names: [], accounts, numbers: [], corrected: [] });
    },
  });
  const activity = activities[documentRead.name];
  if (!activity) throw new Error('no document.read');
  const result: unknown = await new MockActivityEnvironment().run(activity, { file }, call);
  expect(asked).toEqual(['5260001246']);
  expect(result).toMatchObject({ uncertain: true, findings: [{ rule: 'supplier.account-changed', blocking: true }] });
});

it('should say what a document is without reading it into fields', async () => {
  const classify = async (bytes: Uint8Array) => {
    const activities = createDocumentActivities({
      reader,
      artefacts: {
        get: () => Promise.resolve({ name: file.name, mediaType: file.mediaType, bytes }),
        put: () => Promise.reject(new Error('nothing is stored')),
      },
    });
    const activity = activities[documentClassify.name];
    if (!activity) throw new Error('no document.classify');
    return new MockActivityEnvironment().run(activity, { file }, call);
  };
  const { bytes } = await makePdf([POLISH]);
  expect(await classify(bytes)).toEqual({ kind: 'invoice', confidence: expect.any(Number), invoiceKind: 'invoice' });
  const xml =
    '<CrossIndustryInvoice><ExchangedDocument><TypeCode>381</TypeCode></ExchangedDocument></CrossIndustryInvoice>';
  expect(await classify(Buffer.from(xml))).toEqual({ kind: 'invoice', confidence: 1, invoiceKind: 'credit-note' });
  const letter = await makePdf([
    [
      [60, 80, 'Wezwanie do zaplaty'],
      [60, 120, 'Prosimy o zaplate faktury FV/1/2026 w terminie siedmiu dni.'],
    ],
  ]);
  expect(await classify(letter.bytes)).toMatchObject({ kind: 'reminder' });
});
