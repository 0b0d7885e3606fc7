/**
 * The thread in which pdf.js runs: a document made to hang or to eat memory ends this thread, never the process.
 * Asked by `open.ts` over messages; of the bot it knows `ink.ts` alone.
 */
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { parentPort } from 'node:worker_threads';
import { createCanvas } from '@napi-rs/canvas';
import {
  getDocument,
  PasswordResponses,
  Util,
  VerbosityLevel,
  type PDFDocumentProxy,
} from 'pdfjs-dist/legacy/build/pdf.mjs';
import { inkOf } from './ink.ts';
import type {
  PdfAnswers,
  PdfFailure,
  PdfPageImage,
  PdfPageInk,
  PdfPageText,
  PdfReply,
  PdfRequest,
  TextRun,
} from './protocol.ts';
import { errorText } from '../../../core/model/errors.ts';

const assets = dirname(createRequire(import.meta.url).resolve('pdfjs-dist/package.json'));
let document: PDFDocumentProxy | undefined;

class PdfError extends Error {
  readonly failure: PdfFailure;
  constructor(failure: PdfFailure, detail: string, cause?: unknown) {
    super(detail, { cause });
    this.failure = failure;
  }
}

async function open(bytes: Uint8Array, passwords: readonly string[]): Promise<PdfAnswers['open']> {
  const task = getDocument({
    data: bytes,
    isEvalSupported: false,
    verbosity: VerbosityLevel.ERRORS,
    standardFontDataUrl: `${join(assets, 'standard_fonts')}/`,
    cMapUrl: `${join(assets, 'cmaps')}/`,
    cMapPacked: true,
    wasmUrl: `${join(assets, 'wasm')}/`,
  });
  let tried = 0;
  let locked: PdfFailure | undefined;
  task.onPassword = (retry: (password: string | Error) => void, reason: number) => {
    const next = passwords[tried];
    tried += 1;
    // pdf.js wraps the error that it is given here, so the reason is kept beside it.
    if (next === undefined) locked = reason === PasswordResponses.NEED_PASSWORD ? 'encrypted' : 'wrong-password';
    retry(next ?? new Error('no password opens the PDF'));
  };
  try {
    document = await task.promise;
  } catch (error) {
    throw new PdfError(locked ?? 'damaged', messageOf(error), error);
  }
  if (document.numPages < 1) throw new PdfError('no-pages', 'the PDF has no pages');
  return { pages: document.numPages };
}

function messageOf(error: unknown): string {
  return errorText(error);
}

function opened(): PDFDocumentProxy {
  if (!document) throw new PdfError('damaged', 'the PDF is not open');
  return document;
}

async function text(number: number): Promise<PdfPageText> {
  const page = await opened().getPage(number);
  const viewport = page.getViewport({ scale: 1 });
  const content = await page.getTextContent({ disableNormalization: false });
  const runs: TextRun[] = [];
  for (const item of content.items) {
    if (!('str' in item) || item.str.trim() === '') continue;
    const matrix = Util.transform(viewport.transform, item.transform);
    const [a = 0, b = 0, c = 0, d = 0, x = 0, y = 0] = matrix;
    const size = Math.hypot(c, d) || item.height;
    const upright = Math.abs(b) <= Math.abs(a) / 4 && a > 0;
    if (upright) runs.push({ text: item.str, x, y: y - size, width: item.width, height: size });
  }
  page.cleanup();
  return { width: viewport.width, height: viewport.height, runs };
}

async function image(number: number, longSide: number, maxPixels: number): Promise<PdfPageImage> {
  const page = await opened().getPage(number);
  const base = page.getViewport({ scale: 1 });
  const wanted = longSide / Math.max(base.width, base.height);
  const allowed = Math.sqrt(maxPixels / (base.width * base.height));
  const viewport = page.getViewport({ scale: Math.min(wanted, allowed) });
  const [width, height] = [Math.max(1, Math.floor(viewport.width)), Math.max(1, Math.floor(viewport.height))];
  const canvas = createCanvas(width, height);
  // pdf.js names the browser's types; this canvas has the same drawing surface.
  await page.render({ canvas: canvas as unknown as HTMLCanvasElement, viewport, background: 'white' }).promise;
  const png = await canvas.encode('png');
  page.cleanup();
  return { width, height, png };
}

async function ink(number: number, maxPixels: number): Promise<PdfPageInk> {
  const page = await opened().getPage(number);
  const found = await inkOf(page, maxPixels);
  page.cleanup();
  return found;
}

async function attachments(max: number): Promise<PdfAnswers['attachments']> {
  // A damaged file names attachments that it does not hold: pdf.js then gives null for their content.
  const found = (await opened().getAttachments()) as Record<
    string,
    { filename: string; content: Uint8Array | null }
  > | null;
  return Object.values(found ?? {})
    .slice(0, max)
    .flatMap(({ filename, content }) => (content ? [{ name: filename, bytes: content }] : []));
}

function answer(request: PdfRequest): Promise<PdfAnswers[PdfRequest['op']]> {
  if (request.op === 'open') return open(request.bytes, request.passwords);
  if (request.op === 'text') return text(request.page);
  if (request.op === 'ink') return ink(request.page, request.maxPixels);
  if (request.op === 'image') return image(request.page, request.longSide, request.maxPixels);
  return attachments(request.max);
}

parentPort?.on('message', ({ id, request }: { id: number; request: PdfRequest }) => {
  const reply = (message: PdfReply) => parentPort?.postMessage(message);
  answer(request).then(
    (ok) => reply({ id, ok }),
    (error: unknown) =>
      reply({ id, failure: error instanceof PdfError ? error.failure : 'damaged', detail: messageOf(error) }),
  );
});
