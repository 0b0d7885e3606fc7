import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import type { FileContent } from '../../definitions/model/artefact.ts';
import { ProblemError } from '../../definitions/model/problem.ts';
import { createDocumentReader } from './index.ts';
import { makePdf, POLISH } from './testing.ts';

const FUZZ_TIMEOUT_MS = 120_000;
/** Each run of a PDF starts a thread; XML runs are nearly free. */
const PDF_RUNS = Number(process.env['FUZZ_RUNS'] ?? 25);
const XML_RUNS = PDF_RUNS * 20;

const reader = createDocumentReader({ workers: 1 });
afterAll(() => reader.close());

/** Bytes with some of them replaced, and perhaps the end cut off. */
const mutate = (original: Uint8Array) =>
  fc
    .record({
      changes: fc.array(fc.tuple(fc.nat(original.length - 1), fc.nat(255)), { minLength: 1, maxLength: 30 }),
      length: fc.oneof(fc.constant(original.length), fc.integer({ min: 1, max: original.length })),
    })
    .map(({ changes, length }) => {
      const bytes = Uint8Array.from(original);
      for (const [at, value] of changes) bytes[at] = value;
      return bytes.subarray(0, length);
    });

const readsOrRefuses = async (file: FileContent): Promise<void> => {
  try {
    expect((await reader.read(file, { signal: AbortSignal.timeout(20_000) })).confidence).toBeGreaterThanOrEqual(0);
  } catch (error) {
    expect(error).toBeInstanceOf(ProblemError);
  }
};

describe('damaged files', () => {
  it('are read or refused: PDF', { timeout: FUZZ_TIMEOUT_MS }, async () => {
    const { bytes } = await makePdf([POLISH.slice(0, 6)]);
    await fc.assert(
      fc.asyncProperty(mutate(bytes), (mutant) => readsOrRefuses({ name: 'x.pdf', mediaType: '', bytes: mutant })),
      { numRuns: PDF_RUNS },
    );
  });

  it('are read or refused: XML', { timeout: FUZZ_TIMEOUT_MS }, async () => {
    const xml =
      '<?xml version="1.0"?><Faktura xmlns="http://crd.gov.pl/wzor/2025/06/25/13775/"><Fa><P_2>1</P_2><P_15>9.99</P_15></Fa></Faktura>';
    await fc.assert(
      fc.asyncProperty(mutate(Buffer.from(xml)), (mutant) =>
        readsOrRefuses({ name: 'x.xml', mediaType: '', bytes: mutant }),
      ),
      { numRuns: XML_RUNS },
    );
  });
});
