import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { prepareZXingModule, writeBarcode } from 'zxing-wasm/writer';
import { Invoice } from '../../../core/model/invoice.ts';
import { applyQrFacts } from './qr-facts.ts';
import { factsOf, readQrCodes } from './qr.ts';

const LINK = 'https://qr.ksef.mf.gov.pl/invoice/5260001246/04-05-2026/UtQp9Gpc51y-u3xApZjIjgkpZ01js-J8KflSPW8WzIE';

describe('factsOf', () => {
  it.each([
    ['the verification link of KSeF', LINK, { sellerVatId: '5260001246', issueDate: '2026-05-04' }],
    [
      'a European payment',
      'BCD\n002\n1\nSCT\nCOBADEFF\nMuster GmbH\nDE89370400440532013000\nEUR119.5',
      { iban: 'DE89370400440532013000', gross: '119.50', currency: 'EUR' },
    ],
    [
      'a Polish transfer',
      '5260001246|PL|61109010140000071219812874|123000|Drukarnia|FV 17|||',
      { sellerVatId: '5260001246', iban: 'PL61109010140000071219812874', gross: '1230.00', currency: 'PLN' },
    ],
    ['anything else', 'https://example.com', {}],
  ])('reads %s', (_, text, facts) => {
    expect(factsOf(text)).toEqual(facts);
  });
});

describe('readQrCodes', () => {
  it('finds the code on a page', async () => {
    const wasm = await readFile(createRequire(import.meta.url).resolve('zxing-wasm/writer/zxing_writer.wasm'));
    prepareZXingModule({ overrides: { wasmBinary: Uint8Array.from(wasm).buffer } });
    const { image } = await writeBarcode(LINK, { format: 'QRCode', scale: 4 });
    const code = Buffer.from(await (image ?? new Blob()).arrayBuffer());
    const page = await sharp({ create: { width: 1200, height: 1700, channels: 3, background: 'white' } })
      .composite([{ input: code, left: 300, top: 900 }])
      .png()
      .toBuffer();
    expect(await readQrCodes(page)).toEqual({ sellerVatId: '5260001246', issueDate: '2026-05-04' });
  });

  it('finds nothing on a page without one', async () => {
    const page = await sharp({ create: { width: 400, height: 400, channels: 3, background: 'white' } })
      .png()
      .toBuffer();
    expect(await readQrCodes(page)).toEqual({});
  });
});

describe('applyQrFacts', () => {
  it('corrects what was misread and keeps it beside', () => {
    const invoice = Invoice.parse({ seller: { vatId: '5260001248' }, fields: { 'seller.vatId': { confidence: 0.6 } } });
    applyQrFacts(invoice, { sellerVatId: '5260001246' });
    expect(invoice.seller.vatId).toBe('5260001246');
    expect(invoice.fields['seller.vatId']).toEqual({ confidence: 0.98, alternatives: ['5260001248'] });
  });

  it('finds that a code pays another account than the page, and keeps what the text layer says', () => {
    const printed = 'DE89370400440532013000';
    const page = () => Invoice.parse({ payment: { iban: printed }, fields: { 'payment.iban': { confidence: 0.97 } } });
    const code = { iban: 'GB33BUKB20201555555555' };
    const text = page();
    expect(applyQrFacts(text, code, true)).toMatchObject([
      { rule: 'mismatch.qr', blocking: true, field: 'payment.iban', values: { code: code.iban, page: printed } },
    ]);
    expect(text.payment.iban).toBe(printed);
    expect(text.fields['payment.iban']).toEqual({ confidence: 0.8, alternatives: [code.iban] });
    expect(applyQrFacts(page(), code)).toHaveLength(1);
    expect(applyQrFacts(page(), { iban: printed }, true)).toEqual([]);
  });

  it('finds that a code asks for more than the total', () => {
    const fields = { 'totals.gross': { confidence: 0.95 } };
    const invoice = Invoice.parse({ totals: { gross: '100.00' }, fields });
    expect(applyQrFacts(invoice, { gross: '100.00' }, true)).toEqual([]);
    expect(applyQrFacts(invoice, { gross: '900.00' }, true)).toMatchObject([{ field: 'totals.gross', blocking: true }]);
  });

  it('does not take the amount of a payment for the total', () => {
    const invoice = Invoice.parse({ totals: { gross: '100.00' } });
    applyQrFacts(invoice, { gross: '50.00' });
    expect(invoice.totals.gross).toBe('100.00');
  });
});
