import type { Finding, Invoice } from '../../../core/model/invoice.ts';
import type { FileContent } from '../../../core/model/artefact.ts';
import { ProblemError } from '../../../core/model/problem.ts';
import { calibrate } from '../confidence/calibration.ts';
import { complete } from '../fields/complete.ts';
import { checkArithmetic } from '../checks/arithmetic.ts';
import { checkIds } from '../checks/ids.ts';
import { classify } from '../kinds/classify.ts';
import { readPages } from '../fields/read.ts';
import { weighPasses } from '../confidence/agree.ts';
import { throwIfAborted } from '../failure.ts';
import { isSure, isUncertain } from '../confidence/judge.ts';
import type { OcrEngine } from '../ocr/engine.ts';
import { applyQrFacts } from '../ocr/qr-facts.ts';
import { readQrCodes, type QrFacts } from '../ocr/qr.ts';
import { recognisePage, type RecognisedPage } from '../ocr/recognise.ts';
import type { Page } from '../page/words.ts';
import type { ReadContext, ReaderParts, ReadPart } from '../reading.ts';
import { weighSecond } from '../confidence/second-opinion.ts';
import { doubtSpelling } from '../confidence/spelling-doubt.ts';
import { renumbered, splitPages } from '../kinds/split.ts';

/** A document read from words of pages: what it is, and what was read even where it is no invoice. */
export type PagesReading = { part: Omit<ReadPart, 'pages'>; read: Invoice; text: string };

/** Reads one document from pages of words. Fields are only given where the paper is an invoice. */
export function readDocumentPages(pages: readonly Page[], how: 'pdf-text' | 'ocr'): PagesReading {
  const { invoice, paper } = readPages(pages, how === 'pdf-text');
  const lines = paper.lines.map((line) => line.text);
  const { kind, confidence } = classify(lines, invoice);
  const part = {
    kind,
    confidence,
    how: lines.length === 0 ? ('none' as const) : how,
    ...(kind === 'invoice' && { invoice }),
    uncertain: kind === 'invoice' && isUncertain(invoice),
    findings: [],
  };
  return { part, read: invoice, text: paper.text };
}

/** Fields for whose sake a second pass is worth its seconds. */
const WORTH_A_PASS = [
  'number',
  'issueDate',
  'totals.gross',
  'totals.net',
  'totals.vat',
  'seller.name',
  'seller.vatId',
  'buyer.name',
  'payment.iban',
];

/** An image of a page; `page` is its index in a file of several images. */
export type PageImage = { bytes: Uint8Array; number: number; page?: number };

/** A page image that was recognised. */
type Seen = { image: PageImage; recognised: RecognisedPage };

/** The document that some page images show. */
export type ImagesReading = { part: Omit<ReadPart, 'pages'>; seen: Seen[] };

/** Recognises page images, groups them into documents and reads each. */
export async function recogniseAndRead(
  images: readonly PageImage[],
  file: FileContent,
  context: ReadContext,
  parts: ReaderParts,
): Promise<ImagesReading[]> {
  const seen: Seen[] = [];
  for (const image of images) {
    seen.push({ image, recognised: await recognisePage(parts.pool, image, { name: file.name, ...context }) });
  }
  const groups = splitPages(
    seen.map(({ recognised }) => recognised.page),
    false,
  );
  const readings: ImagesReading[] = [];
  for (const group of groups) {
    const of = (pages: readonly Page[]) => seen.filter(({ recognised }) => pages.includes(recognised.page));
    const own = of(group.pages);
    readings.push({ part: await readSeen(own, file, context, parts), seen: [...own, ...of(group.copies)] });
  }
  return readings;
}

/** Reads recognised pages of one document, with the codes on them and the second reader where there is one. */
async function readSeen(
  seen: readonly Seen[],
  file: FileContent,
  context: ReadContext,
  { second }: ReaderParts,
): Promise<Omit<ReadPart, 'pages'>> {
  const codes: QrFacts[] = [];
  for (const { image } of seen) codes.push(await readQrCodes(image.bytes, image.page));
  const pages = seen.map(({ recognised }) => recognised);
  return readPasses(pages, Object.assign({}, ...codes), second && (() => readAgain(pages, second, file, context)));
}

/**
 * Reads one document from the passes of its pages and what its codes say: where something is missing or unsure, from a
 * second pass in sparse mode, and where that is not enough, with `hearSecond`, another engine's reading.
 */
export async function readPasses(
  pages: readonly Pick<RecognisedPage, 'page' | 'witness' | 'again'>[],
  facts: QrFacts,
  hearSecond?: () => Promise<PagesReading | undefined>,
): Promise<Omit<ReadPart, 'pages'>> {
  const first = readDocumentPages(renumbered(pages.map(({ page }) => page)), 'ocr');
  const found = applyQrFacts(first.read, facts);
  const settled = isSettled(first);
  const best = settled ? first : await readTwice(pages, first);
  doubtSpelling(best.read, best.text);
  const asks = hearSecond && MAY_BE_INVOICE.has(best.part.kind) && !(isSettled(best) && isSound(best));
  const second = asks ? await hearSecond() : undefined;
  if (settled && !second) return judged(best, found);
  const heard = second ? withSecond(best, second) : best;
  return judged(heard, [...(settled ? found : []), ...applyQrFacts(heard.read, facts)]);
}

/** True when sums and check digits hold. */
const isSound = ({ read }: PagesReading): boolean => checkArithmetic(read).length + checkIds(read).length === 0;

/** Kinds for which another engine is worth its seconds; a page that was hardly read at all is of no kind. */
const MAY_BE_INVOICE: ReadonlySet<string> = new Set(['invoice', 'other']);

/** What two engines read together; where only the second could read an invoice at all, its reading alone. */
function withSecond(first: PagesReading, second: PagesReading): PagesReading {
  if (first.part.kind !== 'invoice' && second.part.kind === 'invoice') return second;
  weighSecond(first.read, second.read);
  return first;
}

async function readTwice(
  pages: readonly Pick<RecognisedPage, 'page' | 'witness' | 'again'>[],
  first: PagesReading,
): Promise<PagesReading> {
  const again: { sparse: Page; united: Page }[] = [];
  for (const page of pages) again.push(await page.again());
  const united = readDocumentPages(renumbered(again.map((one) => one.united)), 'ocr');
  const sparse = readDocumentPages(renumbered(again.map((one) => one.sparse)), 'ocr');
  const witness = pages.some((one) => one.witness)
    ? readDocumentPages(renumbered(pages.map((one) => one.witness ?? one.page)), 'ocr').read
    : undefined;
  weighPasses(united.read, [first.read, sparse.read], united.text, witness);
  return united;
}

const isSettled = ({ read }: PagesReading): boolean => WORTH_A_PASS.every((field) => isSure(read, field));

/** The document as the second reader sees it. It may fail: then what was read before is kept. */
async function readAgain(
  pages: readonly RecognisedPage[],
  second: OcrEngine,
  file: FileContent,
  context: ReadContext,
): Promise<PagesReading | undefined> {
  try {
    const seen: Page[] = [];
    for (const page of pages) seen.push(await page.by(second));
    return readDocumentPages(renumbered(seen), 'ocr');
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    throwIfAborted(context.signal, file.name);
    context.onProgress?.(`${error.message}; what was read before is kept`);
    return undefined;
  }
}

/** What codes on page images say, added to a document that was read from the text of its pages. */
export async function withCodes(
  reading: PagesReading,
  images: readonly FileContent[],
): Promise<Omit<ReadPart, 'pages'>> {
  const codes: QrFacts[] = [];
  for (const { bytes } of images) codes.push(await readQrCodes(bytes));
  return judgedText(reading, Object.assign({}, ...codes));
}

/** A reading of a text layer with what the codes beside it say. */
export function judgedText(reading: PagesReading, facts: QrFacts): Omit<ReadPart, 'pages'> {
  return judged(reading, applyQrFacts(reading.read, facts, true));
}

/** `uncertain` anew, after passes and codes have changed scores, which become confidences; findings are an invoice's. */
function judged({ part, read }: PagesReading, found: Finding[]): Omit<ReadPart, 'pages'> {
  complete(read);
  const unsure = isUncertain(read);
  calibrate(read);
  if (part.kind !== 'invoice') return { ...part, uncertain: false };
  const findings = [...part.findings, ...found];
  return { ...part, findings, uncertain: unsure || findings.some((finding) => finding.blocking) };
}
