import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createOcrPool } from '../../bots/documents/ocr/pool.ts';
import { recognisePage } from '../../bots/documents/ocr/recognise.ts';
import { createPrinter } from '../../demo/documents/print.ts';
import { generateDocument } from './generate/document.ts';

/** CPU seconds of one page, each way. `native` is absent where tesseract is not installed. */
export type PageCost = { onePass: number; bothPasses: number; native: number | undefined };

/** Recognises photos: one pass (with its tries of rotation), then the sparse one, then native tesseract on one thread. */
export async function measureSpeed(pages: number, firstSeed: number, chromium: string): Promise<PageCost[]> {
  const browser = createPrinter(chromium);
  const pool = createOcrPool(1);
  const costs: PageCost[] = [];
  try {
    for (let seed = firstSeed; costs.length < pages; seed += 1) {
      const { file } = await generateDocument(seed, 'photo', browser);
      // The first page starts the recogniser, which is no cost of a page.
      if (seed === firstSeed) await recognisePage(pool, { bytes: file.bytes, number: 1 }, { name: file.name });
      const start = process.cpuUsage();
      const page = await recognisePage(pool, { bytes: file.bytes, number: 1 }, { name: file.name });
      const onePass = seconds(process.cpuUsage(start));
      await page.again();
      costs.push({ onePass, bothPasses: seconds(process.cpuUsage(start)), native: nativeSeconds(file.bytes) });
    }
  } finally {
    await pool.close();
    await browser.close();
  }
  return costs;
}

const seconds = ({ user, system }: NodeJS.CpuUsage): number => (user + system) / 1e6;

/** User and system seconds of native tesseract, as the shell counts them. */
function nativeSeconds(image: Uint8Array): number | undefined {
  const dir = mkdtempSync(join(tmpdir(), 'bench-'));
  try {
    writeFileSync(join(dir, 'page.jpg'), image);
    const command = `TIMEFORMAT='%U %S'; time tesseract ${join(dir, 'page.jpg')} ${join(dir, 'out')} --dpi 300 >/dev/null 2>&1`;
    const run = spawnSync('bash', ['-c', command], {
      encoding: 'utf8',
      env: { ...process.env, OMP_THREAD_LIMIT: '1' },
    });
    const [user, system] = run.stderr.trim().split(' ').map(Number);
    return run.status === 0 && user !== undefined && system !== undefined ? user + system : undefined;
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}

/** Means, and how many times native tesseract's cost each way takes. */
export function speedTable(costs: readonly PageCost[]): string {
  const mean = (of: (cost: PageCost) => number | undefined) => {
    const known = costs.map(of).filter((one) => one !== undefined);
    return known.length > 0 ? known.reduce((sum, one) => sum + one, 0) / known.length : undefined;
  };
  const native = mean((cost) => cost.native);
  const row = (name: string, value: number | undefined) =>
    `${name.padEnd(34)} ${value === undefined ? 'not installed' : value.toFixed(2).padStart(6)}${value !== undefined && native ? `  ×${(value / native).toFixed(1)}` : ''}`;
  return [
    `CPU seconds a page, ${costs.length} photos`,
    row(
      'one pass, with tries of rotation',
      mean((cost) => cost.onePass),
    ),
    row(
      'both passes',
      mean((cost) => cost.bothPasses),
    ),
    row('native tesseract, one pass', native),
  ].join('\n');
}
