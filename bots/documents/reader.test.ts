import { afterAll, describe, expect, it } from 'vitest';
import { PDFDocument } from '@cantoo/pdf-lib';
import sharp from 'sharp';
import type { FileContent } from '../../core/model/artefact.ts';
import { errorName, ProblemError } from '../../core/model/problem.ts';
import { createDocumentReader } from './index.ts';
import { makePdf, makeScan, POLISH, type Placed } from '../../bench/documents/make-pages.ts';

const OCR_TIMEOUT_MS = 60_000;
const reader = createDocumentReader({ workers: 1 });
afterAll(() => reader.close());

const file = (bytes: Uint8Array | string, name = 'x.pdf'): FileContent => ({
  name,
  mediaType: 'application/octet-stream',
  bytes: typeof bytes === 'string' ? Buffer.from(bytes) : bytes,
});

const INVOICE = {
  number: 'FV/17/05/2026',
  issueDate: '2026-05-04',
  dueDate: '2026-05-18',
  currency: 'PLN',
  seller: { name: 'Drukarnia Nowa sp. z o.o.', vatId: '5260001246' },
  buyer: { name: 'Hurtownia Stara S.A.', vatId: '7740001454' },
  totals: { net: '1000.00', vat: '230.00', gross: '1230.00' },
  payment: { iban: 'PL61109010140000071219812874' },
};

const GERMAN: readonly Placed[] = [
  [50, 60, 'Muster Werke GmbH · Hauptstr. 5 · 10115 Berlin'],
  [50, 90, 'Kunde AG'],
  [50, 103, 'Nebenstr. 7'],
  [50, 116, '80331 Muenchen'],
  [350, 90, 'Rechnungsnummer: RE-2026-118'],
  [350, 103, 'Rechnungsdatum: 4. Mai 2026'],
  [50, 200, 'Nettobetrag'],
  [400, 200, '1.000,00 EUR'],
  [50, 215, 'zzgl. 19 % MwSt.'],
  [400, 215, '190,00 EUR'],
  [50, 230, 'Rechnungsbetrag'],
  [400, 230, '1.190,00 EUR'],
  [50, 260, 'Zahlbar bis 18.05.2026'],
  [50, 700, 'USt-IdNr. DE136695976'],
  [250, 700, 'IBAN DE89 3704 0044 0532 0130 00'],
];

describe('reading a PDF with text', () => {
  it('reads a Polish invoice with columns', async () => {
    const result = await reader.read(await makePdf([POLISH]));
    expect(result).toMatchObject({ kind: 'invoice', how: 'pdf-text', uncertain: false, invoice: INVOICE });
    expect(result.invoice?.fields['totals.gross']).toMatchObject({ source: { page: 1 } });
  });

  it('reads a German letter without labels for its parties', async () => {
    const { invoice } = await reader.read(await makePdf([GERMAN]));
    expect(invoice).toMatchObject({
      number: 'RE-2026-118',
      issueDate: '2026-05-04',
      dueDate: '2026-05-18',
      currency: 'EUR',
      seller: { name: 'Muster Werke GmbH', vatId: 'DE136695976' },
      buyer: { name: 'Kunde AG' },
      totals: { net: '1000.00', vat: '190.00', gross: '1190.00' },
      payment: { iban: 'DE89370400440532013000' },
    });
  });

  it('is unsure of totals that contradict each other', async () => {
    const wrong = GERMAN.map(([x, y, text]): Placed => [x, y, text.replace('1.190,00', '1.290,00')]);
    const result = await reader.read(await makePdf([wrong]));
    expect(result.uncertain).toBe(true);
    expect(result.invoice?.fields['totals.gross']?.confidence).toBeLessThan(0.85);
  });

  it('gives page images that are not wider than people need', async () => {
    const { pages } = await reader.read(await makePdf([POLISH, [[50, 60, 'Ogolne warunki sprzedazy']]]));
    expect(pages.map((page) => page.name)).toEqual(['test-page-1.png', 'test-page-2.png']);
    expect((await sharp(pages[0]?.bytes).metadata()).width).toBeLessThanOrEqual(1600);
  });

  it.each<[kind: string, text: string]>([
    [
      'order',
      'Purchase order 4711. Please deliver the following goods to our warehouse by Friday, as agreed with you.',
    ],
    ['reminder', 'Mahnung. Trotz unserer Zahlungserinnerung haben Sie den offenen Betrag noch nicht bezahlt.'],
    ['statement', 'Wyciag z rachunku za maj. Saldo poczatkowe 100,00. Saldo koncowe 250,00. Zestawienie operacji.'],
    ['contract', 'Umowa najmu zawarta w Warszawie. Strony postanawiaja, co nastepuje. Umowa obowiazuje od maja.'],
    ['cv', 'Curriculum vitae. Studied economics, worked as an assistant, speaks three languages, likes hiking.'],
  ])('tells a paper of kind %s from an invoice', async (kind, text) => {
    const lines = text.split('. ').map((line, index): Placed => [50, 60 + index * 16, line]);
    const result = await reader.read(await makePdf([lines]));
    expect(result.kind).toBe(kind);
    expect(result.invoice).toBeUndefined();
  });
});

describe('reading attached XML', () => {
  const xml = (gross: string) => `<CrossIndustryInvoice><ExchangedDocument><ID>FV/17/05/2026</ID>
    <IssueDateTime><DateTimeString format="102">20260504</DateTimeString></IssueDateTime></ExchangedDocument>
    <SupplyChainTradeTransaction><ApplicableHeaderTradeAgreement><SellerTradeParty><Name>Drukarnia Nowa</Name></SellerTradeParty></ApplicableHeaderTradeAgreement>
    <ApplicableHeaderTradeSettlement><InvoiceCurrencyCode>PLN</InvoiceCurrencyCode>
    <SpecifiedTradeSettlementHeaderMonetarySummation><GrandTotalAmount>${gross}</GrandTotalAmount></SpecifiedTradeSettlementHeaderMonetarySummation>
    </ApplicableHeaderTradeSettlement></SupplyChainTradeTransaction></CrossIndustryInvoice>`;

  it('prefers it to the page', async () => {
    const result = await reader.read(await makePdf([POLISH], { 'factur-x.xml': xml('1230.00') }));
    expect(result).toMatchObject({ how: 'xml', invoice: { seller: { name: 'Drukarnia Nowa' } } });
    expect(result.findings.filter((finding) => finding.blocking)).toEqual([]);
  });

  it('finds that XML and page differ', async () => {
    const result = await reader.read(await makePdf([POLISH], { 'factur-x.xml': xml('9230.00') }));
    expect(result.uncertain).toBe(true);
    expect(result.findings.filter((finding) => finding.blocking)).toMatchObject([
      { rule: 'mismatch.xml-page', blocking: true, field: 'totals.gross', values: { xml: '9230.00', page: '1230.00' } },
    ]);
  });
});

describe('reading a scan', () => {
  it('reads a page that lies on its side', { timeout: OCR_TIMEOUT_MS }, async () => {
    const notes: string[] = [];
    const result = await reader.read(await makeScan(POLISH, 90), { onProgress: (note) => notes.push(note) });
    expect(result).toMatchObject({
      kind: 'invoice',
      how: 'ocr',
      invoice: { totals: INVOICE.totals, payment: INVOICE.payment },
    });
    expect(notes).toContain('page 1: recognising');
  });

  it('stops at once when it is cancelled', { timeout: OCR_TIMEOUT_MS }, async () => {
    const scan = await makeScan(POLISH);
    const caller = new AbortController();
    let cancelledAt = Number.NaN;
    // In the middle of the recognition, on a fast machine as on a slow one.
    const onProgress = (note: string): void => {
      if (note !== 'page 1: recognising') return;
      setTimeout(() => {
        cancelledAt = Date.now();
        caller.abort();
      });
    };
    const reading = reader.read(scan, { signal: caller.signal, onProgress });
    await expect(reading).rejects.toMatchObject({ problem: { title: 'timeout' } });
    expect(Date.now() - cancelledAt).toBeLessThan(3000);
  });
});

describe('refusing what cannot be read', () => {
  const reasonOf = async (content: FileContent) => {
    const error: unknown = await reader.read(content).then(
      () => 'was read',
      (reason: unknown) => reason,
    );
    if (!(error instanceof ProblemError)) return error;
    expect(errorName(error.problem.type)).toBe('unreadable-document');
    expect(error.retryable).toBe(false);
    return /\(([a-z-]+)\)$/.exec(error.message)?.[1];
  };

  it.each([
    ['an empty file', '', 'empty'],
    ['a program called invoice.pdf', 'MZ\x90\0', 'not-a-document'],
    ['the EICAR test file', 'X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR', 'not-a-document'],
    ['plain text', 'hello', 'unsupported-format'],
    ['a web page', '<!DOCTYPE html><html></html>', 'unsupported-format'],
    ['a truncated PDF', '%PDF-1.7\n1 0 obj\n<<', 'damaged'],
    ['a truncated PNG', '\x89PNG\r\n\x1a\n', 'damaged'],
  ])('refuses %s', async (_, text, reason) => {
    expect(await reasonOf(file(Buffer.from(text, 'latin1')))).toBe(reason);
  });

  it('refuses an image of absurd size before decoding it', async () => {
    const huge = await sharp({
      create: { width: 20_000, height: 20_000, channels: 3, background: 'white' },
      limitInputPixels: false,
    })
      .png()
      .toBuffer();
    expect(await reasonOf(file(huge, 'huge.png'))).toMatch(/damaged|too-large/);
  });

  it('asks for the password of an encrypted PDF, and opens it with the right one', async () => {
    const pdf = await PDFDocument.load((await makePdf([POLISH])).bytes);
    pdf.encrypt({ userPassword: 'secret', ownerPassword: 'owner' });
    const locked = file(await pdf.save());
    expect(await reasonOf(locked)).toBe('encrypted');
    const opened = await reader.read(locked, { passwords: ['wrong', 'secret'] });
    expect(opened.invoice?.number).toBe(INVOICE.number);
  });
});
