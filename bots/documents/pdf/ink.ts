import { createCanvas } from '@napi-rs/canvas';
import { OPS, type PDFPageProxy } from 'pdfjs-dist/legacy/build/pdf.mjs';
import type { PdfPageInk } from './protocol.ts';

/** Dots a point: a stroke of 6 pt print is still a dot wide. */
const SCALE = 1.5;
/** Text that changes its ground by less than this, of 255, is not seen: grey of 95 % on white, cream on yellow. */
const LEAST_CONTRAST = 14;
/** What the eye makes of red, green and blue (ITU-R BT.601). */
const [RED, GREEN, BLUE] = [0.299, 0.587, 0.114];

const SHOW: ReadonlySet<number> = new Set([
  OPS.showText,
  OPS.showSpacedText,
  OPS.nextLineShowText,
  OPS.nextLineSetSpacingShowText,
]);

/**
 * Where the page's own text can be seen: the page is drawn with its text and without it, and where both pictures are
 * alike there is no text for a reader, however it was hidden (white on white, render mode 3, no opacity, under a box or a
 * picture drawn later, clipped away, in a layer that is off, off the page).
 *
 * Text of annotations stays in both: it is not part of what `getTextContent` gives.
 */
export async function inkOf(page: PDFPageProxy, maxPixels: number): Promise<PdfPageInk> {
  const base = page.getViewport({ scale: 1 });
  const scale = Math.min(SCALE, Math.sqrt(maxPixels / (base.width * base.height)));
  const full = await draw(page, scale);
  const isText = textOperations(operationsOf(page));
  const bare = await draw(page, scale, (index) => !isText[index]);
  const dots = new Uint8Array(full.width * full.height);
  for (let dot = 0, at = 0; dot < dots.length; dot += 1, at += 4) {
    const change = (part: number): number => Math.abs((full.data[at + part] ?? 0) - (bare.data[at + part] ?? 0));
    if (change(0) * RED + change(1) * GREEN + change(2) * BLUE >= LEAST_CONTRAST) dots[dot] = 1;
  }
  return { scale, width: full.width, height: full.height, dots };
}

type Drawn = { operatorList?: { fnArray: readonly number[] } };

/**
 * The operations that the page was just drawn by. `getOperatorList` gives others: it leaves out the joining of images, so
 * that its places are not those that `operationsFilter` is asked about. pdf.js (pinned) keeps the right ones to itself.
 */
function operationsOf(page: PDFPageProxy): readonly number[] {
  const states = (page as unknown as Partial<Record<string, ReadonlyMap<string, Drawn>>>)['_intentStates'];
  const [drawn] = [...(states?.values() ?? [])].flatMap((state) => state.operatorList ?? []);
  if (!drawn) throw new Error('pdf.js no longer keeps the operations of a drawn page: see ink.ts');
  return drawn.fnArray;
}

function textOperations(operations: readonly number[]): boolean[] {
  let annotations = 0;
  return operations.map((operation) => {
    if (operation === OPS.beginAnnotation) annotations += 1;
    if (operation === OPS.endAnnotation) annotations -= 1;
    return annotations === 0 && SHOW.has(operation);
  });
}

async function draw(
  page: PDFPageProxy,
  scale: number,
  operationsFilter?: (index: number) => boolean,
): Promise<{ width: number; height: number; data: Uint8ClampedArray }> {
  const viewport = page.getViewport({ scale });
  const [width, height] = [Math.max(1, Math.floor(viewport.width)), Math.max(1, Math.floor(viewport.height))];
  const canvas = createCanvas(width, height);
  // pdf.js names the browser's types; this canvas has the same drawing surface.
  const target = canvas as unknown as HTMLCanvasElement;
  await page.render({ canvas: target, viewport, background: 'white', ...(operationsFilter && { operationsFilter }) })
    .promise;
  return { width, height, data: canvas.getContext('2d').getImageData(0, 0, width, height).data };
}
