import sharp from 'sharp';
import { afterAll, describe, expect, it } from 'vitest';
import { createDocumentReader } from '../../../bots/documents/index.ts';
import { makeScan, POLISH } from '../../../bench/documents/make-pages.ts';
import { errorName, ProblemError } from '../../../core/model/problem.ts';

/** Pictures that scanners, telephones and print shops send, beside plain JPEG and PNG. All show the same invoice. */
const FORMATS: readonly (readonly [name: string, make: (png: Uint8Array) => Promise<Buffer>])[] = [
  ['a sparse page as JPEG', (png) => sharp(png).flatten({ background: '#fff' }).jpeg({ quality: 80 }).toBuffer()],
  ['a JPEG in CMYK', (png) => sharp(png).toColourspace('cmyk').jpeg().toBuffer()],
  ['a TIFF in CMYK', (png) => sharp(png).toColourspace('cmyk').tiff({ compression: 'lzw' }).toBuffer()],
  ['a PNG of 16 bits', (png) => sharp(png).toColourspace('rgb16').png().toBuffer()],
  ['a TIFF of one bit', (png) => sharp(png).greyscale().threshold().tiff({ bitdepth: 1 }).toBuffer()],
  ['an animated GIF, by its first frame', (png) => animated(png)],
  ['a WebP', (png) => sharp(png).webp({ lossless: true }).toBuffer()],
];

const reader = createDocumentReader({ workers: 1 });
afterAll(() => reader.close());

/** The invoice, then an empty frame. */
async function animated(png: Uint8Array): Promise<Buffer> {
  const { width, height } = await sharp(png).metadata();
  const empty = await sharp({ create: { width, height, channels: 3, background: 'white' } })
    .png()
    .toBuffer();
  return sharp([Buffer.from(png), empty], { join: { animated: true } })
    .gif()
    .toBuffer();
}

describe('pictures of other kinds', () => {
  it.each(FORMATS)('%s is read right', async (_, make) => {
    const { bytes } = await makeScan(POLISH);
    const { how, invoice } = await reader.read({ name: 'x', mediaType: '', bytes: await make(bytes) });
    expect(how).toBe('ocr');
    expect(invoice).toMatchObject({ totals: { gross: '1230.00' }, payment: { iban: 'PL61109010140000071219812874' } });
  });

  it('a TIFF of two pages is read to its end', async () => {
    const [head, tail] = await Promise.all([makeScan(POLISH.slice(0, 10)), makeScan(POLISH.slice(10))]);
    const pages = [Buffer.from(head.bytes), Buffer.from(tail.bytes)];
    const bytes = await sharp(pages, { join: { animated: true } })
      .tiff({ compression: 'lzw' })
      .toBuffer();
    expect((await sharp(bytes).metadata()).pages).toBe(2);
    const { invoice, pages: images } = await reader.read({ name: 'x.tiff', mediaType: '', bytes });
    expect(images).toHaveLength(2);
    expect(invoice).toMatchObject({ number: 'FV/17/05/2026', totals: { gross: '1230.00' } });
  });
});

/** What is told when the first page goes to the recogniser. */
const FIRST_NOTE = 'page 1: recognising';
/** A page more would take seconds; ending a thread takes none. Wide, for a busy machine. */
const STOPS_WITHIN_MS = 5_000;

describe('long work', () => {
  it('tells each page, and stops at the deadline of its caller', async () => {
    const scan = await makeScan(POLISH);
    const bytes = await sharp(Array(8).fill(Buffer.from(scan.bytes)) as Buffer[], { join: { animated: true } })
      .tiff({ compression: 'lzw' })
      .toBuffer();
    const notes: string[] = [];
    const caller = new AbortController();
    let over = Number.NaN;
    const onProgress = (note: string): void => {
      notes.push(note);
      // Over while the first page is being recognised, on a fast machine as on a slow one.
      if (note !== FIRST_NOTE) return;
      setTimeout(() => {
        over = performance.now();
        caller.abort(new DOMException('the deadline is over', 'TimeoutError'));
      });
    };
    const file = { name: 'x.tiff', mediaType: '', bytes };
    const failure: unknown = await reader
      .read(file, { signal: caller.signal, onProgress })
      .catch((error: unknown) => error);
    expect(failure instanceof ProblemError && errorName(failure.problem.type)).toBe('timeout');
    expect(performance.now() - over).toBeLessThan(STOPS_WITHIN_MS);
    expect(notes).toContain(FIRST_NOTE);
  });
});
