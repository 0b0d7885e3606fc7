import { PDFDocument } from '@cantoo/pdf-lib';
import sharp from 'sharp';
import { uniform } from './random.ts';

/** A4 in PDF points. */
const A4_POINTS: [number, number] = [595.28, 841.89];

/** What an office scanner does: a skew under one degree, a grey ground, sensor noise, soft letters, strong JPEG. */
const SCAN = { skewDegrees: 0.7, ground: '#f4f4f4', noise: 16, blur: 0.6, quality: 58 };

/** What a telephone does: more noise, a little out of focus, JPEG. Perspective and shadow come from the page itself. */
const PHOTO = { noise: 26, blur: 0.7, quality: 74 };

/** Makes a picture of a page a scan: an image-only PDF of one A4 page. The same seed gives the same noise. */
export async function scan(png: Uint8Array, seed: number): Promise<Uint8Array> {
  const { width, height } = await sharp(png).metadata();
  const skewed = await sharp(png)
    .greyscale()
    .rotate(SCAN.skewDegrees, { background: SCAN.ground })
    .toBuffer({ resolveWithObject: true });
  const grey = await sharp(skewed.data)
    .extract({
      left: Math.floor((skewed.info.width - width) / 2),
      top: Math.floor((skewed.info.height - height) / 2),
      width,
      height,
    })
    .linear(0.88, 14) // No scanner sees pure white or pure black.
    .blur(SCAN.blur)
    .toColourspace('b-w')
    .raw()
    .toBuffer();
  addNoise(grey, SCAN.noise, seed);
  const jpeg = await sharp(grey, { raw: { width, height, channels: 1 } })
    .jpeg({ quality: SCAN.quality })
    .toBuffer();
  return imagePdf(jpeg);
}

/** Makes a picture a photo as a telephone sends it: a JPEG. */
export async function photo(png: Uint8Array, seed: number): Promise<Uint8Array> {
  const { data, info } = await sharp(png).removeAlpha().blur(PHOTO.blur).raw().toBuffer({ resolveWithObject: true });
  addNoise(data, PHOTO.noise, seed);
  const raw = { width: info.width, height: info.height, channels: info.channels as 3 };
  return new Uint8Array(await sharp(data, { raw }).jpeg({ quality: PHOTO.quality }).toBuffer());
}

/** Adds noise of ±`strength` (of 255), densest around 0, in place. */
function addNoise(samples: Buffer, strength: number, seed: number): void {
  const random = uniform(seed);
  for (let index = 0; index < samples.length; index++) {
    const moved = (samples[index] ?? 0) + (random() + random() - 1) * strength;
    samples[index] = Math.max(0, Math.min(255, Math.round(moved)));
  }
}

async function imagePdf(jpeg: Uint8Array): Promise<Uint8Array> {
  const pdf = await PDFDocument.create();
  const image = await pdf.embedJpg(jpeg);
  const page = pdf.addPage(A4_POINTS);
  page.drawImage(image, { x: 0, y: 0, width: page.getWidth(), height: page.getHeight() });
  pdf.setProducer('KM-3050 Scanner');
  return pdf.save();
}
