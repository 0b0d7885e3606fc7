import sharp from 'sharp';
import type { Word } from '../../page/words.ts';
import type { Recognition } from '../engine.ts';
import { signsOf, wordsOf } from './decode.ts';
import { type Grey, linesOn, type TextLine } from './lines.ts';
import type { Models } from './model.ts';
import { STRIP_HEIGHT, type Strip, stripOf } from './strip.ts';

/** Long side of the picture in which lines are looked for: with 1,280 nothing more is found, for half as much time again. */
const DETECTOR_SIDE = 960;
/** The detector halves its picture five times. */
const DETECTOR_STEP = 32;
const CHANNELS = 3;
/** Strips of similar width are read together, as many as fit: larger batches are no faster and take more memory. */
const BATCH = { strips: 8, width: 4000 } as const;

/** Reads a prepared page: finds its lines, reads each, and cuts them into words. */
export async function readPage(png: Uint8Array, models: Models): Promise<Recognition> {
  const page = await decode(png);
  const lines = await detect(page, models);
  const words: Word[] = [];
  for (const batch of batchesOf(lines.map((line) => stripOf(page, line))))
    words.push(...(await readStrips(batch, models)));
  const sum = words.reduce((total, word) => total + word.confidence, 0);
  return { words, confidence: words.length > 0 ? (100 * sum) / words.length : 0, slope: slopeOf(lines) };
}

async function decode(png: Uint8Array): Promise<Grey> {
  const { data, info } = await sharp(png).toColourspace('b-w').raw().toBuffer({ resolveWithObject: true });
  return { data, width: info.width, height: info.height };
}

async function detect(page: Grey, models: Models): Promise<TextLine[]> {
  const scale = DETECTOR_SIDE / Math.max(page.width, page.height);
  const side = (pixels: number) => Math.max(1, Math.round((pixels * scale) / DETECTOR_STEP)) * DETECTOR_STEP;
  const [width, height] = [side(page.width), side(page.height)];
  const small = await sharp(page.data, { raw: { width: page.width, height: page.height, channels: 1 } })
    .resize(width, height, { fit: 'fill' })
    .toColourspace('b-w')
    .raw()
    .toBuffer();
  const grey = Float32Array.from(small, (value) => value / 127.5 - 1);
  const pixels = new Float32Array(CHANNELS * grey.length);
  for (let channel = 0; channel < CHANNELS; channel += 1) pixels.set(grey, channel * grey.length);
  const { data } = await models.detect(pixels, [1, CHANNELS, height, width]);
  return linesOn({ data, width, height }, { x: page.width / width, y: page.height / height });
}

/** Groups strips of similar width. */
export function batchesOf(strips: readonly Strip[]): Strip[][] {
  const batches: Strip[][] = [];
  for (const strip of [...strips].sort((a, b) => a.width - b.width)) {
    const batch = batches.at(-1);
    const fits = batch && batch.length < BATCH.strips && strip.width * (batch.length + 1) <= BATCH.width;
    if (fits) batch.push(strip);
    else batches.push([strip]);
  }
  return batches;
}

async function readStrips(strips: readonly Strip[], { recognise, classes }: Models): Promise<Word[]> {
  const width = Math.max(...strips.map((strip) => strip.width));
  const plane = width * STRIP_HEIGHT;
  // Narrower strips are padded at their right with 0, the middle grey.
  const pixels = new Float32Array(strips.length * CHANNELS * plane);
  for (const [index, strip] of strips.entries()) {
    for (let row = 0; row < STRIP_HEIGHT; row += 1) {
      const from = strip.data.subarray(row * strip.width, (row + 1) * strip.width);
      for (let channel = 0; channel < CHANNELS; channel += 1)
        pixels.set(from, (index * CHANNELS + channel) * plane + row * width);
    }
  }
  const { data, dims } = await recognise(pixels, [strips.length, CHANNELS, STRIP_HEIGHT, width]);
  const [, count = 0, perStep = 0] = dims;
  return strips.flatMap((strip, index) => {
    const steps = { data, offset: index * count * perStep, count, classes: perStep };
    return wordsOf(signsOf(steps, classes), strip.line, strip.width / width);
  });
}

/** Median slope of the lines whose slope can be told. */
function slopeOf(lines: readonly TextLine[]): number {
  const slopes = lines.map((line) => line.slope).filter((slope) => slope !== 0);
  slopes.sort((a, b) => a - b);
  return slopes[Math.floor(slopes.length / 2)] ?? 0;
}
