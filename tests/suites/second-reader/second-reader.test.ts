import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { calibrationTable, groupBy, sharesOf, sharesTable } from '../../../bench/documents/report.ts';
import { createDocumentReader } from '../../../bots/documents/index.ts';
import type { OcrEngine } from '../../../bots/documents/ocr/engine.ts';
import { createSecondReader } from '../../../bots/documents/ocr/second/second-reader.ts';
import { makeScan, POLISH } from '../../../bench/documents/make-pages.ts';
import { ensure } from '../../../installation/tools/part.ts';
import { secondReaderPart } from '../../../installation/tools/second-reader.ts';
import type { DocumentKind } from '../../../bench/documents/generate/document.ts';
import { readGenerated } from '../../../bench/documents/read-all.ts';
import { errorText } from '../../../core/model/errors.ts';

const FULL = Boolean(process.env['ZAPLECZE_FULL']);
const CHROMIUM = process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium';
/** Other documents than those of the suite `documents`. */
const SEED = Number(process.env['DOCUMENTS_SEED'] ?? 310_000);
const GENERATED = 40;
/** Two values of some four hundred. */
const MORE_WRONG = 0.005;

const missing = await ensure(secondReaderPart, console.log).then(
  () => undefined,
  (error: unknown) => errorText(error),
);
if (missing !== undefined) console.log(`skipped: ${missing}`);

describe.skipIf(missing !== undefined)('the second reader', () => {
  let engine: OcrEngine;
  let folder = '';
  beforeAll(async () => {
    folder = (await secondReaderPart.find())?.path ?? '';
    engine = createSecondReader({ folder, threads: 1 });
  });
  afterAll(() => engine.close());

  it('reads every word of a clean scan, each in its place', async () => {
    const { bytes } = await makeScan(POLISH);
    const { words, confidence, slope } = await engine.recognise(bytes, { name: 'scan.png' });
    const sorted = (texts: readonly string[]) => texts.toSorted((a, b) => a.localeCompare(b));
    expect(sorted(words.map((word) => word.text))).toEqual(sorted(POLISH.flatMap(([, , text]) => text.split(' '))));
    expect(confidence).toBeGreaterThan(90);
    expect(Math.abs(slope)).toBeLessThan(0.005);
    const scale = 200 / 72;
    const seller = words.find((word) => word.text === 'Sprzedawca');
    const [x, y] = [50 * scale, 130 * scale];
    expect(Math.abs((seller?.x ?? 0) - x)).toBeLessThan(15);
    // Text stands on its place; the letters reach above it.
    expect(seller?.y).toBeLessThan(y);
    expect((seller?.y ?? 0) + (seller?.height ?? 0)).toBeGreaterThan(y - 5);
  });

  it('gives other words of a crooked page, levelled by their slope', async () => {
    const { bytes } = await makeScan(POLISH, 1);
    const { words, slope } = await engine.recognise(bytes, { name: 'crooked.png' });
    expect(slope).toBeCloseTo(Math.tan(Math.PI / 180), 2);
    expect(words.map((word) => word.text)).toContain('FV/17/05/2026');
  });

  it('stops in the middle of a page, and reads the next one', async () => {
    const { bytes } = await makeScan(POLISH);
    const cancel = new AbortController();
    const stopped = engine.recognise(bytes, { name: 'scan.png', signal: cancel.signal });
    const waiting = engine.recognise(bytes, { name: 'scan.png', signal: cancel.signal });
    setTimeout(() => cancel.abort(), 300);
    for (const outcome of await Promise.allSettled([stopped, waiting])) {
      const reason = { problem: { type: expect.stringMatching(/timeout$/) } };
      expect(outcome).toMatchObject({ status: 'rejected', reason });
    }
    const { words } = await engine.recognise(bytes, { name: 'scan.png' });
    expect(words.map((word) => word.text)).toContain('Sprzedawca');
  });

  it('refuses what is no picture by a typed error', async () => {
    await expect(engine.recognise(Buffer.from('no picture'), { name: 'x' })).rejects.toMatchObject({
      problem: { type: expect.stringMatching(/runtime$/) },
    });
  });

  it('is asked by the reader of documents where the first is unsure, and only there', async () => {
    const reader = createDocumentReader({ workers: 1, secondReader: folder });
    const notes: string[] = [];
    const onProgress = (note: string) => notes.push(note);
    try {
      const clean = await makeScan(POLISH);
      expect((await reader.read(clean, { onProgress })).invoice?.totals.gross).toBe('1230.00');
      expect(notes.filter((note) => note.includes('second reader'))).toEqual([]);
      // Without a number a person is needed whatever is done: both readers are asked.
      const numberless = await makeScan(POLISH.filter(([, , text]) => !text.includes('FV/')));
      const { invoice } = await reader.read(numberless, { onProgress });
      expect(notes).toContain('page 1: second reader');
      expect(invoice).toMatchObject({ totals: { gross: '1230.00' }, seller: { vatId: '5260001246' } });
    } finally {
      await reader.close();
    }
  });

  it.runIf(FULL)('makes more values right on generated scans and photos, and no more wrong', async () => {
    const kinds = Array.from({ length: GENERATED }, (_, index): DocumentKind => (index % 2 === 0 ? 'scan' : 'photo'));
    const shares = [];
    for (const secondReader of [undefined, folder]) {
      const outcomes = await readGenerated(kinds, SEED, CHROMIUM, secondReader);
      const scored = outcomes.flatMap((one) => one.scored.map((value) => ({ ...value, kind: one.kind })));
      console.log(secondReader === undefined ? 'without the second reader' : 'with it');
      console.log(sharesTable('kind', new Map([...groupBy(scored, (one) => one.kind), ['all', scored]])));
      console.log(calibrationTable(outcomes.flatMap((one) => one.judged)));
      shares.push(sharesOf(scored));
    }
    const [without, withIt] = shares;
    expect(withIt?.right).toBeGreaterThan(without?.right ?? 1);
    expect(withIt?.wrong).toBeLessThanOrEqual((without?.wrong ?? 0) + MORE_WRONG);
  });
});
