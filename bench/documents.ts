/**
 * `npm run bench:documents -- FOLDER`: reads every document of an evaluation corpus (folders with `doc.*` and
 * `truth.json`), and prints per kind how many values are right, wrong and abstained, how well confidences are
 * calibrated, and CPU seconds a page beside native tesseract (one thread) where it is installed.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createDocumentReader, isSure, type ReadResult } from '../bots/documents/index.ts';
import { FLAT_FIELDS } from '../cli/commands/read.ts';
import { sameValue } from './documents/same-value.ts';

type Truth = Record<string, string | null> & { kind: string; unscored: string[]; alt: Record<string, string[]> };
type Score = { right: number; wrong: number; abstained: number; pages: number; cpu: number };
type Judged = { confidence: number; right: boolean };

const BINS = [0, 0.5, 0.7, 0.85, 0.95, 1.01] as const;

const folder = resolve(process.argv[2] ?? join(import.meta.dirname, '../../shared/corpus/invoices'));
if (!existsSync(folder)) {
  console.error(`no evaluation corpus at ${folder}; give its folder as an argument`);
  process.exit(2);
}

const byKind = new Map<string, Score>();
const judged: Judged[] = [];
let native = { pages: 0, cpu: 0 };
const reader = createDocumentReader({ workers: 1 });
for (const id of readdirSync(folder).sort()) {
  const truthFile = join(folder, id, 'truth.json');
  if (!existsSync(truthFile)) continue;
  const truth = JSON.parse(readFileSync(truthFile, 'utf8')) as Truth;
  const name = readdirSync(join(folder, id)).find((one) => one.startsWith('doc.'));
  if (!name) continue;
  const before = process.cpuUsage();
  const result = await reader.read({ name, mediaType: '', bytes: readFileSync(join(folder, id, name)) });
  const used = process.cpuUsage(before);
  const score = byKind.get(truth.kind) ?? { right: 0, wrong: 0, abstained: 0, pages: 0, cpu: 0 };
  byKind.set(truth.kind, score);
  score.pages += Math.max(1, result.pages.length);
  score.cpu += (used.user + used.system) / 1e6;
  judge(result, truth, score);
  if (result.how === 'ocr') native = addNative(native, result);
}
await reader.close();
print();

function judge({ invoice }: ReadResult, truth: Truth, score: Score): void {
  for (const [field, path, of] of FLAT_FIELDS) {
    const wanted = truth[field];
    if (wanted === null || wanted === undefined || truth.unscored.includes(field)) continue;
    const value = invoice && of(invoice);
    const right =
      value !== undefined && [wanted, ...(truth.alt[field] ?? [])].some((one) => sameValue(field, one, value));
    if (invoice && value !== undefined) judged.push({ confidence: invoice.fields[path]?.confidence ?? 0, right });
    if (!invoice || value === undefined || !isSure(invoice, path)) score.abstained += 1;
    else if (right) score.right += 1;
    else score.wrong += 1;
  }
}

/** Seconds of native tesseract on one thread on the same page images; nothing is added where it is not installed. */
function addNative(sum: typeof native, { pages }: ReadResult): typeof native {
  const dir = mkdtempSync(join(tmpdir(), 'bench-'));
  try {
    for (const page of pages) {
      const image = join(dir, page.name);
      writeFileSync(image, page.bytes);
      const started = performance.now();
      const run = spawnSync('tesseract', [image, '-', '--dpi', '300'], {
        env: { ...process.env, OMP_THREAD_LIMIT: '1' },
      });
      if (run.error || run.status !== 0) return sum;
      sum = { pages: sum.pages + 1, cpu: sum.cpu + (performance.now() - started) / 1000 };
    }
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
  return sum;
}

function print(): void {
  const percent = (part: number, whole: number) => `${((100 * part) / Math.max(1, whole)).toFixed(1)} %`.padStart(8);
  console.log('kind        values    right    wrong abstained  CPU s/page');
  for (const [kind, { right, wrong, abstained, pages, cpu }] of byKind) {
    const all = right + wrong + abstained;
    const shares = [right, wrong, abstained].map((part) => percent(part, all)).join(' ');
    console.log(`${kind.padEnd(11)} ${String(all).padStart(6)} ${shares}  ${(cpu / pages).toFixed(2).padStart(10)}`);
  }
  console.log('\nconfidence   values   expected  observed');
  for (const [index, low] of BINS.slice(0, -1).entries()) {
    const high = BINS[index + 1] ?? 1;
    const inside = judged.filter(({ confidence }) => confidence >= low && confidence < high);
    const mean = inside.reduce((sum, { confidence }) => sum + confidence, 0);
    const right = inside.filter((one) => one.right).length;
    const range = `${low.toFixed(2)}–${Math.min(1, high).toFixed(2)}`;
    console.log(
      `${range.padEnd(12)} ${String(inside.length).padStart(6)}   ${percent(mean, inside.length)}  ${percent(right, inside.length)}`,
    );
  }
  if (native.pages > 0) console.log(`\nnative tesseract, one pass: ${(native.cpu / native.pages).toFixed(2)} s a page`);
}
