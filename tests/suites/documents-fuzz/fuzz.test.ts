import fc from 'fast-check';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { checkInvoice, createDocumentReader } from '../../../bots/documents/index.ts';
import { makePdf, POLISH } from '../../../bench/documents/make-pages.ts';
import { ublXml } from '../../../bench/documents/generate/xml.ts';
import { inventContent } from '../../../bench/documents/generate/invoice.ts';
import { errorName, ProblemError } from '../../../core/model/problem.ts';
import { SEED, seeded } from '../../../bench/random.ts';

/** Inputs in all, and the share of each format: XML is nearly free, a PDF takes a thread, a picture a recognition. */
const INPUTS = process.env['ZAPLECZE_FULL'] ? 2_000 : 100;
const SHARES = { xml: 0.7, pdf: 0.21, png: 0.03, jpeg: 0.03, tiff: 0.03 } as const;
/** One input may take this long on two busy cores; more is a hang. */
const DEADLINE_MS = 60_000;
/** Memory of the process, the recogniser's 300 MB included. */
const MOST_MB = 1_500;

const reader = createDocumentReader({ workers: 1 });
afterAll(() => reader.close());

const changes = (original: Uint8Array, most: number) =>
  fc.array(fc.tuple(fc.nat(original.length - 1), fc.oneof(fc.nat(255), fc.integer({ min: 0x20, max: 0x7a }))), {
    minLength: 1,
    maxLength: most,
  });

/** Bytes with some replaced, a stretch doubled, moved or zeroed, and perhaps the end cut off. */
const mutate = (original: Uint8Array) =>
  fc
    .record({
      // A sign or two leave a file nearly whole and reach deep into its reader; many break it at its head.
      changes: fc.oneof({ weight: 3, arbitrary: changes(original, 2) }, changes(original, 40)),
      stretch: fc.tuple(fc.nat(original.length - 1), fc.nat(64), fc.constantFrom('none', 'double', 'zero', 'cut')),
      length: fc.oneof(
        { weight: 3, arbitrary: fc.constant(original.length) },
        fc.integer({ min: 1, max: original.length }),
      ),
    })
    .map(({ changes, stretch: [at, size, how], length }) => {
      const bytes = Uint8Array.from(original);
      for (const [place, value] of changes) bytes[place] = value;
      const [head, middle, tail] = [bytes.subarray(0, at), bytes.subarray(at, at + size), bytes.subarray(at + size)];
      const changed = {
        none: [head, middle, tail],
        double: [head, middle, middle, tail],
        zero: [head, middle.map(() => 0), tail],
        cut: [head, tail],
      };
      return Buffer.concat(changed[how]).subarray(0, length);
    });

/** Values that no e-invoice should hold and that its bytes alone hardly ever come to. */
const ODD_VALUES = [
  '',
  ' ',
  '-1',
  '0.00',
  '1e9',
  'NaN',
  '9'.repeat(40),
  '1,5',
  '2026-02-31',
  '0000-00-00',
  'PL00',
  '%',
  'ł'.repeat(9_999),
];

/** A well-formed XML with some of its values replaced: it gets past the parser, into what reads and checks it. */
const oddValues = (original: Uint8Array) => {
  const parts = Buffer.from(original)
    .toString('utf8')
    .split(/(?<=>)([^<>]+)(?=<)/);
  const value = fc.oneof(
    fc.constantFrom(...ODD_VALUES),
    fc.string({ maxLength: 40 }).map((text) => text.replace(/[\p{C}<>&]/gu, '?')),
  );
  return fc
    .array(fc.tuple(fc.nat(Math.floor(parts.length / 2) - 1), value), { minLength: 1, maxLength: 6 })
    .map((changed) => {
      const mutated = [...parts];
      for (const [index, text] of changed) mutated[2 * index + 1] = text;
      return Buffer.from(mutated.join(''));
    });
};

/** Damaged bytes; of XML as often odd values. */
const damaged = (format: string, original: Uint8Array) =>
  format === 'xml' ? fc.oneof(mutate(original), oddValues(original)) : mutate(original);

/** Reads or refuses within the deadline; anything but a typed error fails. */
async function readsOrRefuses(bytes: Uint8Array, name: string, outcomes: Map<string, number>): Promise<void> {
  const started = performance.now();
  let outcome = 'read';
  try {
    const { invoice } = await reader.read({ name, mediaType: '', bytes }, { signal: AbortSignal.timeout(DEADLINE_MS) });
    // What was read is checked as every invoice is, whatever its values.
    if (invoice) checkInvoice(invoice, { today: '2026-11-24' });
  } catch (error) {
    expect(error).toBeInstanceOf(ProblemError);
    outcome =
      /\(([a-z-]+)\)$/.exec((error as ProblemError).message)?.[1] ?? errorName((error as ProblemError).problem.type);
  }
  expect(outcome, 'within the deadline').not.toBe('timeout');
  expect(performance.now() - started).toBeLessThan(DEADLINE_MS + 5_000);
  outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
}

describe('damaged documents are read or refused in words', () => {
  const originals = new Map<string, Uint8Array>();

  beforeAll(async () => {
    const small = sharp({ create: { width: 240, height: 90, channels: 3, background: '#ffffff' } }).composite([
      {
        input: Buffer.from(
          '<svg width="240" height="90"><text x="8" y="50" font-size="22">Total 12.30 EUR</text></svg>',
        ),
      },
    ]);
    originals.set('png', await small.clone().png().toBuffer());
    originals.set('jpeg', await small.clone().jpeg().toBuffer());
    originals.set('tiff', await small.clone().tiff({ compression: 'lzw' }).toBuffer());
    originals.set('pdf', (await makePdf([POLISH], { 'factur-x.xml': '<CrossIndustryInvoice/>' })).bytes);
    originals.set('xml', Buffer.from(ublXml(inventContent(seeded(SEED), 'invoice'))));
  });

  it.each(Object.entries(SHARES))('%s', async (format, share) => {
    const outcomes = new Map<string, number>();
    const original = originals.get(format) ?? new Uint8Array();
    await fc.assert(
      fc.asyncProperty(damaged(format, original), (bytes) => readsOrRefuses(bytes, `x.${format}`, outcomes)),
      { numRuns: Math.ceil(INPUTS * share), seed: SEED, endOnFailure: true },
    );
    const peak = Math.round(process.resourceUsage().maxRSS / 1024);
    console.log(
      `${format}: ${[...outcomes].map(([outcome, count]) => `${outcome} ${count}`).join(', ')}; peak ${peak} MB`,
    );
    expect(peak).toBeLessThan(MOST_MB);
    // The recogniser and the decoder of PDFs still work.
    expect((await reader.read(await makePdf([POLISH]))).invoice?.totals.gross).toBe('1230.00');
  });
});
