/**
 * `npm run bench:documents [-- CORPUS] [--generated COUNT] [--pages COUNT] [--second-reader]`: how well and how fast
 * documents are read.
 * With `--calibrate COUNT` it reads that many documents of other seeds and prints what confidences are made of, no more.
 *
 * Accuracy by field and kind, wrong, abstained and calibration, on an evaluation corpus (folders with `doc.*` and
 * `truth.json`) where there is one and on generated documents; CPU seconds a page of one pass and of both, beside
 * native tesseract in the same run (`scripts/services/tesseract.sh` installs it); peak memory of a long scan.
 * With `--second-reader`, accuracy with it (its process's CPU seconds, some 1.7 a page that it is asked for, not counted).
 */
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { secondReaderFolder } from '../../installation/tools/second-reader.ts';
import type { DocumentKind } from './generate/document.ts';
import { readGenerated } from './read-all.ts';
import { knotsOf, knotsTable } from './calibrate.ts';
import { readCorpus, type Reading } from './corpus.ts';
import { peakOfLongScan } from './memory.ts';
import { calibrationTable, groupBy, sharesTable } from './report.ts';
import { measureSpeed, speedTable } from './speed.ts';

/** Of generated documents: e-invoices and text PDFs cost nearly nothing, pictures cost the time. */
const MIX: readonly DocumentKind[] = ['xml', 'pdf-text', 'pdf-text', 'scan', 'pdf-text', 'photo', 'pdf-text', 'scan'];
const FIRST_SEED = 70_000;
/** Seeds of documents that confidences are derived from; none of them is ever measured. */
const CALIBRATION_SEED = 3_000_000;

const { values, positionals } = parseArgs({
  options: {
    generated: { type: 'string', default: '40' },
    pages: { type: 'string', default: '200' },
    'second-reader': { type: 'boolean', default: false },
    'speed-pages': { type: 'string', default: '6' },
    calibrate: { type: 'string' },
  },
  allowPositionals: true,
});
const chromium = process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium';
const secondReader = values['second-reader'] ? secondReaderFolder : undefined;
const corpus = resolve(positionals[0] ?? join(import.meta.dirname, '../../../shared/corpus/invoices'));

if (values.calibrate !== undefined) {
  const readings = await readGenerated(kindsOf(Number(values.calibrate)), CALIBRATION_SEED, chromium, secondReader);
  console.log(knotsTable(knotsOf(readings.flatMap((one) => one.judged))));
  process.exit(0);
}

if (existsSync(corpus)) report(`evaluation corpus ${corpus}`, await readCorpus(corpus, secondReader));
else console.log(`no evaluation corpus at ${corpus}`);

const generated = Number(values.generated);
if (generated > 0) {
  const readings = await readGenerated(kindsOf(generated), FIRST_SEED, chromium, secondReader);
  report(`${generated} generated documents`, readings);
}
const speedPages = Number(values['speed-pages']);
if (speedPages > 0) console.log(`\n${speedTable(await measureSpeed(speedPages, FIRST_SEED, chromium))}`);
const pages = Number(values.pages);
if (pages > 0) {
  const { peakMb, seconds, outcome } = await peakOfLongScan(pages);
  console.log(`\na scan of ${pages} pages: peak memory ${peakMb} MB, ${seconds} s, ${outcome}`);
}

function kindsOf(count: number): DocumentKind[] {
  return Array.from({ length: count }, (_, index) => MIX[index % MIX.length] ?? 'pdf-text');
}

function report(title: string, readings: readonly Reading[]): void {
  const all = readings.flatMap((one) => one.scored.map((scored) => ({ ...scored, kind: one.kind })));
  const cpu = groupBy(readings, (one) => one.kind);
  const seconds = (kind: string) => {
    const of = cpu.get(kind) ?? readings;
    const used = of.reduce((sum, one) => sum + (one.cpu ?? 0), 0);
    return used > 0 ? (used / of.reduce((sum, one) => sum + Math.max(1, one.pages), 0)).toFixed(2) : '';
  };
  console.log(`\n${title}`);
  console.log(
    sharesTable('kind', new Map([...groupBy(all, (one) => one.kind), ['all', all]]), {
      head: 'CPU s/page',
      of: seconds,
    }),
  );
  console.log(
    sharesTable(
      'field',
      groupBy(all, (one) => one.field),
    ),
  );
  console.log(calibrationTable(readings.flatMap((one) => one.judged)));
}
