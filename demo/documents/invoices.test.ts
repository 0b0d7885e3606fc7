import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { isValidIBAN } from 'ibantools';
import { XmlDocument, XmlValidateError, XsdValidator } from 'libxml2-wasm';
import { xmlRegisterFsInputProviders } from 'libxml2-wasm/lib/nodejs.mjs';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { prepareZXingModule, readBarcodes } from 'zxing-wasm/reader';
import { computeLine, computeTotals } from '../intranet/calculation.ts';
import { VAT_RATES } from '../intranet/model.ts';
import { addDays, buildInvoice } from './amounts.ts';
import { BUYER, SUPPLIERS } from './companies.ts';
import { demoInvoices } from './invoices.ts';
import { crc8, ksefLink, ksefNumber } from './ksef.ts';
import { ksefXml } from './ksef-xml.ts';
import { qrSvg } from './qr.ts';

const TODAY = '2026-11-24';
const invoices = demoInvoices('test', TODAY);
const shared = process.env['ZAPLECZE_SHARED'] ?? join(import.meta.dirname, '../../../shared');
const schema = join(shared, 'corpus/ksef-fa3/xsd/FA3.xsd');

describe('companies', () => {
  it.each([BUYER, ...SUPPLIERS])('should have valid numbers: $name', ({ vatId, country, iban }) => {
    expect(isValidIBAN(iban)).toBe(true);
    if (country === 'PL') expect(nipCheckDigit(vatId)).toBe(Number(vatId.at(-1)));
  });
});

/** Check digit of a NIP: weighted sum modulo 11 (regulation on the tax register, weights 6 5 7 2 3 4 5 6 7). */
function nipCheckDigit(nip: string): number {
  return [6, 5, 7, 2, 3, 4, 5, 6, 7].reduce((total, weight, index) => total + weight * Number(nip[index]), 0) % 11;
}

describe('invoices', () => {
  it('should compute VAT per rate from the sum of its lines, rounding halves up', () => {
    const spec = {
      ...invoices.paper,
      lines: [['a', '3', 'szt.', '0.35', '23'] as const, ['b', '1', 'szt.', '0.25', '23'] as const],
    };
    expect(buildInvoice(spec)).toMatchObject({ net: '1.30', vat: '0.30', gross: '1.60' });
  });

  it('should take VAT out of gross prices', () => {
    expect(invoices.hotel).toMatchObject({ net: '374.22', vat: '35.78', gross: '410.00' });
  });

  it.each(Object.entries(invoices))(
    'should add up as the intranet computes it, unless meant not to: %s',
    (name, invoice) => {
      const lines = invoice.breakdown.map((row) => {
        const rate = VAT_RATES.find((one) => one === row.rate);
        expect(rate).toBeDefined();
        return computeLine(row.net, rate ?? '0');
      });
      const { gross } = computeTotals(lines);
      expect(gross === invoice.gross).toBe(name !== 'agency');
    },
  );

  it('should date everything from today and number by seed', () => {
    expect(Object.values(invoices).every((one) => one.issueDate < TODAY && one.dueDate >= one.issueDate)).toBe(true);
    expect(demoInvoices('other', TODAY).builders.number).not.toBe(invoices.builders.number);
    expect(demoInvoices('test', TODAY)).toEqual(invoices);
    expect(addDays('2026-12-30', 3)).toBe('2027-01-02');
  });
});

describe('KSeF', () => {
  const xml = ksefXml(invoices.machines);

  it('should compute the check byte by the catalogued CRC-8', () => {
    expect(crc8('123456789')).toBe(0xf4);
    expect(ksefNumber(invoices.machines, xml)).toMatch(/^5253901747-20261121-[\dA-F]{12}-[\dA-F]{2}$/);
  });

  it('should put the link into a QR code that can be read', async () => {
    const link = ksefLink(invoices.machines, xml);
    const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="-4 -4 53 53" width="400" height="400">${await qrSvg(link)}</svg>`;
    const { data, info } = await sharp(Buffer.from(svg))
      .flatten({ background: '#fff' })
      .ensureAlpha()
      .raw()
      .toBuffer({ resolveWithObject: true });
    const pixels = {
      data: new Uint8ClampedArray(data),
      width: info.width,
      height: info.height,
      colorSpace: 'srgb' as const,
    };
    const wasm = readFileSync(fileURLToPath(import.meta.resolve('zxing-wasm/reader/zxing_reader.wasm')));
    prepareZXingModule({ overrides: { wasmBinary: new Uint8Array(wasm).buffer } });
    expect((await readBarcodes(pixels)).map((code) => code.text)).toEqual([link]);
  });

  it.skipIf(!existsSync(schema))(
    'should be valid by the schema FA(3) (skipped where the schema is not at hand)',
    () => {
      xmlRegisterFsInputProviders();
      using schemaDocument = XmlDocument.fromBuffer(readFileSync(schema), { url: schema });
      using validator = XsdValidator.fromDoc(schemaDocument);
      for (const invoice of [invoices.paper, invoices.builders, invoices.machines]) {
        using document = XmlDocument.fromString(ksefXml(invoice));
        expect(() => validator.validate(document)).not.toThrow();
      }
      using broken = XmlDocument.fromString(xml.replace('<P_2>', '<P_2>A</P_2><P_2>'));
      expect(() => validator.validate(broken)).toThrow(XmlValidateError);
    },
  );
});
