import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import sharp from 'sharp';
import { afterAll, describe, expect, it } from 'vitest';
import { errorName, ProblemError } from '../../core/model/problem.ts';
import { BOUNDS } from './bounds.ts';
import { createDocumentReader } from './index.ts';
import { CATALOG, emptyPage, pdfOf } from '../../bench/documents/make-pdf.ts';

/** Threads and decoders on two busy cores. */
const SLOW_MS = 120_000;
const reader = createDocumentReader({ workers: 1 });
afterAll(() => reader.close());

/** Reason of the refusal, as the error's text ends with it; the whole answer where nothing was refused. */
async function reasonOf(bytes: Uint8Array | string, name: string): Promise<unknown> {
  const file = { name, mediaType: '', bytes: typeof bytes === 'string' ? Buffer.from(bytes, 'latin1') : bytes };
  const error: unknown = await reader.read(file).then(
    (result) => result,
    (reason: unknown) => reason,
  );
  if (!(error instanceof ProblemError)) return error;
  expect(errorName(error.problem.type)).toBe('unreadable-document');
  expect(error.retryable).toBe(false);
  return /\(([a-z-]+)\)$/.exec(error.message)?.[1];
}

describe('PDFs that mean harm', { timeout: SLOW_MS }, () => {
  it.each([
    ['no pages', [CATALOG, '<< /Type /Pages /Kids [] /Count 0 >>'], 'no-pages'],
    ['a count of pages that are not there', [CATALOG, '<< /Type /Pages /Kids [] /Count 400 >>'], 'no-pages'],
  ])('%s', async (_, objects, reason) => {
    expect(await reasonOf(pdfOf(objects), 'x.pdf')).toBe(reason);
  });

  it('10,000 pages', async () => {
    const kids = Array.from({ length: 10_000 }, (_, index) => `${index + 3} 0 R`).join(' ');
    const pages = Array.from({ length: 10_000 }, () => emptyPage('/MediaBox [0 0 595 842]'));
    const bytes = pdfOf([CATALOG, `<< /Type /Pages /Kids [${kids}] /Count 10000 >>`, ...pages]);
    expect(await reasonOf(bytes, 'x.pdf')).toBe('too-many-pages');
  });

  it('an attached XML that is named and not there', async () => {
    const names = '/Names << /EmbeddedFiles << /Names [(a.xml) << /Type /Filespec /F (a.xml) /UF (a.xml) >>] >> >>';
    const catalog = CATALOG.replace('>>', `${names} >>`);
    const page = emptyPage('/MediaBox [0 0 595 842]');
    const bytes = pdfOf([catalog, '<< /Type /Pages /Kids [3 0 R] /Count 1 >>', page]);
    expect(await reasonOf(bytes, 'x.pdf')).toMatchObject({ kind: 'other' });
  });

  it('pages that are their own parents', async () => {
    const bytes = pdfOf([CATALOG, '<< /Type /Pages /Kids [2 0 R] /Count 1 >>']);
    expect(await reasonOf(bytes, 'x.pdf')).toMatch(/damaged|no-pages/);
  });
});

describe('pictures that mean harm', { timeout: SLOW_MS }, () => {
  it('one that says it has 50,000 × 50,000 pixels', async () => {
    const png = await sharp({ create: { width: 8, height: 8, channels: 3, background: 'white' } })
      .png()
      .toBuffer();
    png.writeUInt32BE(50_000, 16);
    png.writeUInt32BE(50_000, 20);
    expect(await reasonOf(png, 'x.png')).toMatch(/too-large|damaged/);
  });

  it('a HEIC is refused in words', async () => {
    expect(await reasonOf('\0\0\0\x18ftypheic\0\0\0\0mif1heic', 'IMG_1.HEIC')).toBe('unsupported-format');
  });

  it.each(['\x89PNG\r\n\x1a\n', '\xff\xd8\xff\xe0', 'GIF89a\x01\0\x01\0', 'II*\0\x08\0\0\0', 'RIFF\0\0\0\0WEBPVP8 '])(
    'one cut off after its first bytes: %j',
    async (head) => {
      expect(await reasonOf(head, 'x')).toBe('damaged');
    },
  );
});

describe('XML that means harm', () => {
  const invoice = (prolog: string, text = '1') =>
    `<?xml version="1.0"?>${prolog}<Faktura xmlns="http://crd.gov.pl/wzor/2025/06/25/13775/"><Fa><P_2>${text}</P_2></Fa></Faktura>`;

  it('reaches for no file and no address', async () => {
    let asked = 0;
    const server = createServer((_, response) => {
      asked += 1;
      response.end('<x/>');
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/x`;
    for (const prolog of [
      `<!DOCTYPE Faktura SYSTEM "${url}.dtd">`,
      `<!DOCTYPE Faktura [<!ENTITY x SYSTEM "${url}">]>`,
      '<!DOCTYPE Faktura [<!ENTITY x SYSTEM "file:///etc/hostname">]>',
      `<!DOCTYPE Faktura [<!ENTITY % p SYSTEM "${url}"> %p;]>`,
    ])
      expect(await reasonOf(invoice(prolog, '&x;'), 'x.xml')).toBe('forbidden-xml');
    // Neither an include nor a schema's address is followed.
    const include = `<x xmlns:xi="http://www.w3.org/2001/XInclude"><xi:include href="${url}"/></x>`;
    expect(await reasonOf(include, 'x.xml')).toMatchObject({ kind: 'other' });
    server.close();
    expect(asked).toBe(0);
  });

  it('a billion laughs', async () => {
    const laughs = Array.from({ length: 9 }, (_, index) => `<!ENTITY l${index + 1} "${`&l${index};`.repeat(10)}">`);
    const prolog = `<!DOCTYPE x [<!ENTITY l0 "lol">${laughs.join('')}]>`;
    expect(await reasonOf(invoice(prolog, '&l9;'), 'x.xml')).toBe('forbidden-xml');
  });

  it('a tree too deep, and one too broad', async () => {
    expect(await reasonOf(`${'<a>'.repeat(5000)}${'</a>'.repeat(5000)}`, 'x.xml')).toMatch(/too-large|damaged/);
    expect(await reasonOf(`<a>${'<b/>'.repeat(BOUNDS.xmlElements)}</a>`, 'x.xml')).toBe('too-large');
  });

  it('an encoding that it is not in', async () => {
    expect(await reasonOf(Buffer.from(invoice('', 'Łódź'), 'latin1'), 'x.xml')).not.toBe('unsupported-format');
    const wrong = invoice('', 'x').replace('?>', ' encoding="utf-8"?>').replace('>x<', '>\xa3\xf3d\xbc<');
    expect(await reasonOf(Buffer.from(wrong, 'latin1'), 'x.xml')).toBe('damaged');
    const unknown = invoice('').replace('?>', ' encoding="x-klingon"?>');
    expect(await reasonOf(Buffer.from(unknown), 'x.xml')).toBe('damaged');
  });

  it('is read in the encodings that it may have', async () => {
    const xml = invoice('', 'Ł/1');
    const utf16 = Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(xml, 'utf16le')]);
    expect(await reasonOf(utf16, 'x.xml')).toMatchObject({ invoice: { number: 'Ł/1' } });
    const latin2 = Buffer.from(xml.replace('?>', ' encoding="iso-8859-2"?>').replace('Ł', '\xa3'), 'latin1');
    expect(await reasonOf(latin2, 'x.xml')).toMatchObject({ invoice: { number: 'Ł/1' } });
  });
});

describe('what is no document', () => {
  it.each([
    ['nothing', '', 'empty'],
    ['a program under the name of a PDF', 'MZ\x90\0\x03', 'not-a-document'],
    ['the EICAR test virus', 'X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*', 'not-a-document'],
    ['an archive', 'PK\x03\x04\x14\0', 'not-a-document'],
    ['zeros', '\0'.repeat(4096), 'unsupported-format'],
  ])('%s', async (_, bytes, reason) => {
    expect(await reasonOf(bytes, 'invoice.pdf')).toBe(reason);
  });
});
