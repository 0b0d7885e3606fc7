import { createWorker, OEM, PSM, type Worker } from 'tesseract.js';
import { BOUNDS } from '../bounds.ts';
import { cancelled, throwIfAborted } from '../failure.ts';
import { withDeadline } from './deadline.ts';
import type { OcrEngine, Recognition } from './engine.ts';
import { FIRST_LANGUAGES, languageFolder } from './languages.ts';

/** Tesseract judges sizes by this; the preparation scales pages to about it. */
const DPI = '300';

/** A recogniser, and the languages that it reads at present. */
type Recogniser = { worker: Worker; languages: string };

/**
 * A pool of recognisers. Starts no worker before the first page; `size` workers at most, each some 200 MB. A pass that is
 * cancelled or takes too long ends its worker; the next one starts afresh.
 */
export function createOcrPool(size: number, tessdataCache?: string): OcrEngine {
  const idle: Recogniser[] = [];
  const queue: (() => void)[] = [];
  let busy = 0;
  let closed = false;
  const take = async (languages: string): Promise<Recogniser> => {
    while (busy >= size) await new Promise<void>((resolve) => queue.push(resolve));
    busy += 1;
    try {
      const ready = idle.findIndex((one) => one.languages === languages);
      const [found] = ready >= 0 ? idle.splice(ready, 1) : idle.splice(0, 1);
      return found ?? { worker: await startWorker(languages, tessdataCache), languages };
    } catch (error) {
      release(undefined);
      throw error;
    }
  };
  const release = (one: Recogniser | undefined) => {
    if (one && closed) void one.worker.terminate();
    else if (one) idle.push(one);
    busy -= 1;
    queue.shift()?.();
  };
  return {
    recognise: async (png, { name, signal, sparse = false, languages = FIRST_LANGUAGES }) => {
      throwIfAborted(signal, name);
      const one = await take(languages.join('+'));
      const { worker } = one;
      let ended = false;
      const end = async () => {
        ended = true;
        // A call just begun is sent first: the library throws where nobody can catch once the thread is gone.
        await new Promise(setImmediate);
        await worker.terminate();
      };
      // A thread that is ended still delivers its last answer; the call after it must not be made.
      const goOn = () => {
        if (ended) throw cancelled(name);
      };
      try {
        // The page may have waited long for its worker.
        throwIfAborted(signal, name);
        return await withDeadline(recogniseWith(one, languages.join('+'), png, sparse, goOn), name, signal, end);
      } finally {
        release(ended ? undefined : one);
      }
    },
    close: async () => {
      closed = true;
      await Promise.all(idle.splice(0).map(({ worker }) => worker.terminate()));
    },
  };
}

async function startWorker(languages: string, tessdataCache: string | undefined): Promise<Worker> {
  const langPath = await languageFolder(tessdataCache);
  return createWorker(languages, OEM.LSTM_ONLY, {
    langPath,
    gzip: true,
    cacheMethod: 'none',
    // Without a handler the library throws where nobody can catch; the failing call rejects anyway.
    errorHandler: () => undefined,
  });
}

async function recogniseWith(
  one: Recogniser,
  languages: string,
  png: Uint8Array,
  sparse: boolean,
  goOn: () => void,
): Promise<Recognition> {
  const { worker } = one;
  if (one.languages !== languages) {
    // Forgotten first: a change that fails half way leaves nothing that the next page could rely on.
    one.languages = '';
    await worker.reinitialize(languages);
    one.languages = languages;
    goOn();
  }
  await worker.setParameters({
    tessedit_pageseg_mode: sparse ? PSM.SPARSE_TEXT : PSM.AUTO,
    user_defined_dpi: DPI,
    // What the recogniser tells of each page is no concern of the process's output.
    debug_file: '/dev/null',
  });
  goOn();
  const { data } = await worker.recognize(Buffer.from(png), {}, { blocks: true, text: false });
  const lines = (data.blocks ?? []).flatMap((block) => block.paragraphs).flatMap((paragraph) => paragraph.lines);
  const words = lines.flatMap((line) => line.words);
  return {
    confidence: data.confidence,
    slope: medianSlope(lines.map((line) => line.baseline)),
    words: words
      .filter((word) => word.text.trim() !== '')
      .slice(0, BOUNDS.pageWords)
      .map(({ text, confidence, bbox }) => ({
        text: text.trim(),
        x: bbox.x0,
        y: bbox.y0,
        width: bbox.x1 - bbox.x0,
        height: bbox.y1 - bbox.y0,
        confidence: confidence / 100,
      })),
  };
}

/** A baseline shorter than this many pixels says nothing of the page's slope. */
const LEAST_BASELINE = 150;
/** Steeper lines are no lines of an upright page. */
const STEEPEST = 0.12;

function medianSlope(baselines: readonly { x0: number; y0: number; x1: number; y1: number }[]): number {
  const slopes = baselines
    .filter(({ x0, x1 }) => x1 - x0 > LEAST_BASELINE)
    .map(({ x0, y0, x1, y1 }) => (y1 - y0) / (x1 - x0))
    .filter((slope) => Math.abs(slope) < STEEPEST)
    .sort((a, b) => a - b);
  return slopes[Math.floor(slopes.length / 2)] ?? 0;
}
