import sharp, { type Sharp } from 'sharp';
import { BOUNDS } from '../bounds.ts';
import { unreadable } from '../failure.ts';
import { errorText } from '../../../core/model/errors.ts';

export type Rotation = 0 | 90 | 180 | 270;

/** One decoder thread per image: the pool of recognisers already fills the machine. */
sharp.concurrency(1);

/** Opens an image within the limit of pixels. `page` counts from 0 (TIFF). */
export function openImage(bytes: Uint8Array, page = 0): Sharp {
  return sharp(bytes, { limitInputPixels: BOUNDS.imagePixels, page, failOn: 'error' });
}

/** Pages of an image file: several in a TIFF, one for anything else (a GIF's frames are no pages). */
export async function imagePages(bytes: Uint8Array, name: string): Promise<number> {
  try {
    const { pages = 1, format, width, height } = await openImage(bytes).metadata();
    if (width * height > BOUNDS.imagePixels)
      throw unreadable('too-large', name, `the image has ${width} × ${height} pixels`);
    return format === 'tiff' ? pages : 1;
  } catch (error) {
    throw asUnreadable(error, name);
  }
}

/**
 * Share of the pixels that becomes white. Black is the darkest there is: the letters of a sparse page are less than one per
 * cent of it, and the usual first percentile would then be the paper's own noise, drawn out until nothing is read.
 */
const WHITE = 0.99;
/** Levels are counted on a page of this long side: at full size that cost as much as half a pass of the recogniser. */
const COUNTED_SIDE = 1000;
/** A page of one shade has nothing to draw out. */
const LEAST_CONTRAST = 8;

/** Factor and offset that draw a page's greys out from black to white. */
async function contrastOf(bytes: Uint8Array, page: number): Promise<{ factor: number; offset: number }> {
  const grey = await openImage(bytes, page)
    .flatten({ background: '#ffffff' })
    .greyscale()
    .toColourspace('b-w')
    .resize({ width: COUNTED_SIDE, height: COUNTED_SIDE, fit: 'inside', withoutEnlargement: true })
    .raw()
    .toBuffer();
  const counts = new Uint32Array(256);
  for (const level of grey) counts[level] = (counts[level] ?? 0) + 1;
  const black = counts.findIndex((count) => count > 0);
  let [white, below] = [255, 0];
  for (const [level, count] of counts.entries()) {
    below += count;
    white = level;
    if (below >= WHITE * grey.length) break;
  }
  if (white - black < LEAST_CONTRAST) return { factor: 1, offset: 0 };
  const factor = 255 / (white - black);
  return { factor, offset: -black * factor };
}

/** What the recogniser sees best: upright by EXIF, no transparency, grey, long side at about 300 dpi of A4. */
export async function prepare(
  bytes: Uint8Array,
  name: string,
  page = 0,
): Promise<{ png: Uint8Array; width: number; height: number }> {
  try {
    const { factor, offset } = await contrastOf(bytes, page);
    const { data, info } = await openImage(bytes, page)
      .rotate()
      .flatten({ background: '#ffffff' })
      .greyscale()
      .toColourspace('b-w')
      .resize({ width: BOUNDS.ocrLongSide, height: BOUNDS.ocrLongSide, fit: 'inside', kernel: 'lanczos3' })
      .linear(factor, offset)
      .png({ compressionLevel: 1 })
      .toBuffer({ resolveWithObject: true });
    return { png: data, width: info.width, height: info.height };
  } catch (error) {
    throw asUnreadable(error, name);
  }
}

/** Turns a prepared page clockwise. */
export async function turn(
  png: Uint8Array,
  rotation: Rotation,
): Promise<{ png: Uint8Array; width: number; height: number }> {
  const { data, info } = await sharp(png)
    .rotate(rotation)
    .png({ compressionLevel: 1 })
    .toBuffer({ resolveWithObject: true });
  return { png: data, width: info.width, height: info.height };
}

/** A page image for people: upright, at most so wide, PNG. */
export async function forPeople(bytes: Uint8Array, name: string, rotation: Rotation, page = 0): Promise<Uint8Array> {
  try {
    const upright = await openImage(bytes, page).rotate().flatten({ background: '#ffffff' }).png().toBuffer();
    return await sharp(upright)
      .rotate(rotation)
      .resize({ width: BOUNDS.pageImageWidth, withoutEnlargement: true })
      .png({ compressionLevel: 8, palette: true, colours: 64 })
      .toBuffer();
  } catch (error) {
    throw asUnreadable(error, name);
  }
}

function asUnreadable(error: unknown, name: string): unknown {
  const detail = errorText(error);
  return error instanceof Error && error.name === 'ProblemError'
    ? error
    : unreadable('damaged', name, `the image cannot be decoded: ${detail}`, error);
}
