import { cpus } from 'node:os';
import { scoreReading, type Score } from './score.ts';
import { createDocumentReader, type DocumentReader } from '../../bots/documents/index.ts';
import { createPrinter } from '../../demo/documents/print.ts';
import { ProblemError } from '../../core/model/problem.ts';
import { generateDocument, type DocumentKind, type GeneratedDocument } from './generate/document.ts';

/** One document, and how it was read. */
export type Outcome = Score & { seed: number; kind: DocumentKind; about: string; refused?: string; pages: number };

/** Documents that are read at the same time; each scan keeps a core busy. */
const AT_ONCE = Math.max(1, Math.min(2, cpus().length));

/** Generates documents of these kinds from one seed onwards and reads each, with the second reader where its folder is given. */
export async function readGenerated(
  kinds: readonly DocumentKind[],
  firstSeed: number,
  chromium: string,
  secondReader?: string,
): Promise<Outcome[]> {
  const browser = createPrinter(chromium);
  const reader = createDocumentReader({ workers: AT_ONCE, secondReader });
  const outcomes: Outcome[] = [];
  const waiting = kinds.map((kind, index) => ({ kind, index }));
  const work = async () => {
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      const document = await generateDocument(firstSeed + next.index, next.kind, browser);
      outcomes[next.index] = await readOne(reader, document);
    }
  };
  try {
    await Promise.all(Array.from({ length: AT_ONCE }, work));
  } finally {
    await reader.close();
    await browser.close();
  }
  return outcomes;
}

async function readOne(
  reader: DocumentReader,
  { seed, kind, about, file, truth }: GeneratedDocument,
): Promise<Outcome> {
  const expected = Object.fromEntries(
    Object.entries(truth.values).map(([field, value]) => [field, value === null ? [] : [value]]),
  );
  try {
    const { invoice, pages, how } = await reader.read(file);
    const score = scoreReading(invoice, expected, truth.unscored);
    // E-invoices are exact; they would only flatter the calibration of what is read from pages.
    return { ...score, judged: how === 'xml' ? [] : score.judged, seed, kind, about, pages: pages.length };
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    return {
      ...scoreReading(undefined, expected, truth.unscored),
      seed,
      kind,
      about,
      pages: 0,
      refused: error.message,
    };
  }
}
