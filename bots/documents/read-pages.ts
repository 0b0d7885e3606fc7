import type { Invoice } from '../../definitions/model/invoice.ts';
import type { FileContent } from '../../definitions/model/artefact.ts';
import { classify } from './classify.ts';
import { readPages } from './fields/read.ts';
import { weighPasses } from './agree.ts';
import { isSure, isUncertain } from './judge.ts';
import { applyQrFacts } from './ocr/qr-facts.ts';
import { readQrCodes, type QrFacts } from './ocr/qr.ts';
import { recognisePage, type RecognisedPage } from './ocr/recognise.ts';
import type { Page } from './page/words.ts';
import type { ReadContext, ReaderParts, ReadResult } from './reading.ts';

/** A result from pages of words, without page images. Fields are only given where the paper is an invoice. */
export function resultOf(
  pages: readonly Page[],
  how: 'pdf-text' | 'ocr',
): ReadResult & { read: Invoice; text: string } {
  const { invoice, paper } = readPages(pages, how === 'pdf-text');
  const lines = paper.lines.map((line) => line.text);
  const { kind, confidence } = classify(lines, invoice);
  return {
    kind,
    confidence,
    how: lines.length === 0 ? 'none' : how,
    ...(kind === 'invoice' && { invoice }),
    uncertain: kind === 'invoice' && isUncertain(invoice),
    findings: [],
    pages: [],
    read: invoice,
    text: paper.text,
  };
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

/** Recognises page images and reads them; a second pass in sparse mode where something is missing or unsure. */
export async function recogniseAndRead(
  images: readonly { bytes: Uint8Array; number: number; page?: number }[],
  file: FileContent,
  context: ReadContext,
  parts: ReaderParts,
): Promise<{ result: ReturnType<typeof resultOf>; recognised: RecognisedPage[] }> {
  const step = { name: file.name, ...context };
  const recognised: RecognisedPage[] = [];
  for (const image of images) recognised.push(await recognisePage(parts.pool, image, step));
  const codes: QrFacts[] = [];
  for (const image of images) codes.push(await readQrCodes(image.bytes, image.page));
  const facts: QrFacts = Object.assign({}, ...codes);
  const first = resultOf(
    recognised.map((one) => one.page),
    'ocr',
  );
  applyQrFacts(first.read, facts);
  if (WORTH_A_PASS.every((field) => isSure(first.read, field))) return { result: judged(first), recognised };
  const again: { sparse: Page; united: Page }[] = [];
  for (const one of recognised) again.push(await one.again());
  const united = resultOf(
    again.map((one) => one.united),
    'ocr',
  );
  const sparse = resultOf(
    again.map((one) => one.sparse),
    'ocr',
  );
  weighPasses(united.read, [first.read, sparse.read], united.text);
  applyQrFacts(united.read, facts);
  return { result: judged(united), recognised };
}

/** `uncertain` anew, after passes and codes have changed confidences. */
function judged(result: ReturnType<typeof resultOf>): ReturnType<typeof resultOf> {
  return { ...result, uncertain: result.kind === 'invoice' && isUncertain(result.read) };
}
