import { deflateRawSync, deflateSync, constants } from 'node:zlib';
import { afterAll, describe, expect, it } from 'vitest';
import { BOUNDS } from '../../../bots/documents/bounds.ts';
import { createDocumentReader } from '../../../bots/documents/index.ts';
import { CATALOG, emptyPage, pdfOf } from '../../../bench/documents/make-pdf.ts';
import { makePdf, POLISH } from '../../../bench/documents/make-pages.ts';
import { ProblemError } from '../../../core/model/problem.ts';

const reader = createDocumentReader({ workers: 1 });
afterAll(() => reader.close());

/** Reason of the refusal, or "read". Anything but a typed error fails. */
async function outcomeOf(bytes: Uint8Array): Promise<string> {
  try {
    await reader.read({ name: 'x.pdf', mediaType: '', bytes });
    return 'read';
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    return /\(([a-z-]+)\)$/.exec(error.message)?.[1] ?? error.message;
  }
}

/** Blanks without end, packed: one block again and again, so that making it costs nothing. zlib format, RFC 1950. */
function bomb(megabytes: number): Buffer {
  const block = deflateRawSync(Buffer.alloc(16 * 1024 * 1024, ' '), { finishFlush: constants.Z_SYNC_FLUSH });
  const blocks = Array<Buffer>(Math.ceil(megabytes / 16)).fill(block);
  return Buffer.concat([Buffer.from([0x78, 0x9c]), ...blocks, Buffer.from([0x03, 0x00, 0, 0, 0, 1])]);
}

const withContent = (data: Buffer, filter: string): Buffer =>
  pdfOf([
    CATALOG,
    '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    emptyPage('/MediaBox [0 0 595 842] /Contents 4 0 R'),
    Buffer.concat([
      Buffer.from(`<< /Length ${data.length} /Filter ${filter} >>\nstream\n`),
      data,
      Buffer.from('\nendstream'),
    ]),
  ]);

describe('PDFs of absurd size', () => {
  it.each([
    ['packed once', (data: Buffer) => withContent(data, '/FlateDecode')],
    ['packed twice', (data: Buffer) => withContent(deflateSync(data), '[/FlateDecode /FlateDecode]')],
  ])('a page that unpacks without end, %s', async (_, make) => {
    const before = process.memoryUsage().rss;
    let peak = before;
    const watch = setInterval(() => (peak = Math.max(peak, process.memoryUsage().rss)), 50);
    expect(['too-large', 'too-slow']).toContain(await outcomeOf(make(bomb(10 * BOUNDS.pdfUnpackedMb))));
    clearInterval(watch);
    const grownMb = Math.round((peak - before) / 1024 / 1024);
    console.log(`memory grew by ${grownMb} MB`);
    // Buffers grow by doubling, and the old one lives while it is copied.
    expect(grownMb).toBeLessThan(3 * BOUNDS.pdfUnpackedMb);
  });

  it('a page of 50,000 × 50,000 points is drawn no larger than any other', async () => {
    const page = emptyPage('/MediaBox [0 0 50000 50000]');
    expect(await outcomeOf(pdfOf([CATALOG, '<< /Type /Pages /Kids [3 0 R] /Count 1 >>', page]))).toBe('read');
  });

  it('one cut off anywhere', async () => {
    const { bytes } = await makePdf([POLISH]);
    for (const share of [0.1, 0.5, 0.9, 0.99])
      expect(await outcomeOf(bytes.subarray(0, Math.floor(bytes.length * share)))).toMatch(
        /^(?:damaged|no-pages|read)$/,
      );
  });
});
