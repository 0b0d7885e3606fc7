import { fork } from 'node:child_process';
import { PDFDocument } from '@cantoo/pdf-lib';
import { createDocumentReader } from '../../bots/documents/index.ts';
import { ProblemError } from '../../core/model/problem.ts';
import { makeScan, POLISH } from './make-pages.ts';
import sharp from 'sharp';

export type Peak = { peakMb: number; seconds: number; outcome: string };

/** Reads a scan of so many pages in a process of its own and tells its greatest resident memory. */
export function peakOfLongScan(pages: number): Promise<Peak> {
  return new Promise((resolve, reject) => {
    const child = fork(import.meta.filename, [String(pages)], { stdio: 'inherit' });
    child.on('message', (peak) => resolve(peak as Peak));
    child.on('error', reject);
    child.on('exit', (code) => reject(new Error(`the reader of a long scan ended with ${code}`)));
  });
}

/** A PDF whose pages are pictures of their own, as a scanner writes them: 200 dpi, colour. */
async function longScan(pages: number): Promise<Uint8Array> {
  const { bytes } = await makeScan(POLISH);
  const pdf = await PDFDocument.create();
  for (let number = 1; number <= pages; number += 1) {
    const jpeg = await sharp(bytes)
      .modulate({ brightness: 1 - number / 10_000 })
      .jpeg({ quality: 70 })
      .toBuffer();
    const image = await pdf.embedJpg(jpeg);
    pdf.addPage([595, 842]).drawImage(image, { x: 0, y: 0, width: 595, height: 842 });
  }
  return pdf.save();
}

if (process.send) {
  const bytes = await longScan(Number(process.argv[2]));
  const reader = createDocumentReader({ workers: 1 });
  const started = performance.now();
  const outcome = await reader.read({ name: 'long.pdf', mediaType: 'application/pdf', bytes }).then(
    ({ invoice, pages }) => `gross ${invoice?.totals.gross ?? 'unknown'}, ${pages.length} page images`,
    (error: unknown) => {
      if (error instanceof ProblemError) return error.message;
      throw error;
    },
  );
  await reader.close();
  // resourceUsage gives kilobytes: the greatest resident set of the whole process, threads and all.
  const peakMb = Math.round(process.resourceUsage().maxRSS / 1024);
  process.send({ peakMb, seconds: Math.round((performance.now() - started) / 1000), outcome } satisfies Peak);
  process.disconnect();
}
