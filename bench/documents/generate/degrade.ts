import { PDFDocument } from '@cantoo/pdf-lib';
import sharp from 'sharp';
import type { Printer } from '../../../demo/documents/print.ts';
import type { RandomSource } from '../../random.ts';

/** A4 in PDF points. */
const A4_POINTS: [number, number] = [595.28, 841.89];
const PAPERS = ['#ffffff', '#ffffff', '#ffffff', '#fff7d6', '#e6f2ff', '#ffe9ec', '#eaeaea'] as const;
/** Quarter turns of a page; most lie right. */
const TURNS = [0, 0, 0, 0, 0, 0, 90, 180, 270] as const;

/** What a scanner or a telephone did to a page. */
export type Damage = {
  dpi: number;
  paper: string;
  blur: number;
  noise: number;
  skew: number;
  turn: number;
  quality: number;
  shadow: boolean;
};

/** Damages of an office scanner: low resolution, skew, a page laid in wrong. */
export function scannerDamage(random: RandomSource): Damage {
  return {
    dpi: random.pick([130, 150, 170, 200, 200, 240, 300]),
    paper: random.pick(PAPERS),
    blur: random.chance(0.5) ? random.between(0.3, 0.9) : 0,
    noise: random.chance(0.6) ? random.between(4, 28) : 0,
    skew: random.chance(0.6) ? random.between(-1.6, 1.6) : 0,
    turn: random.pick(TURNS),
    quality: 35 + random.below(50),
    shadow: random.chance(0.15),
  };
}

/** Damages of a telephone: shadows, a soft picture, more of everything. */
export function cameraDamage(random: RandomSource): Damage {
  return {
    dpi: random.pick([150, 180, 200, 220]),
    paper: random.pick(PAPERS),
    blur: random.between(0.3, 0.9),
    noise: random.between(6, 30),
    skew: random.between(-2.5, 2.5),
    turn: random.pick(TURNS),
    quality: 55 + random.below(35),
    shadow: random.chance(0.6),
  };
}

/** A screen shot or an export: clean, often small. */
export function exportDamage(random: RandomSource): Damage {
  const dpi = random.pick([96, 110, 130, 150, 200]);
  return { dpi, paper: '#ffffff', blur: 0, noise: 0, skew: 0, turn: 0, quality: 90, shadow: false };
}

/** Does the damage to a picture of a page; a JPEG. */
export async function damaged(png: Uint8Array, damage: Damage, random: RandomSource): Promise<Uint8Array> {
  const size = await sizeOf(png);
  const tinted = await sharp(png)
    .flatten({ background: '#ffffff' })
    .composite([
      { input: { create: { ...size, channels: 3, background: damage.paper } }, blend: 'multiply' },
      ...(damage.shadow ? [{ input: shadowOf(size, random), blend: 'multiply' as const }] : []),
    ])
    .toBuffer();
  const skewed = await sharp(tinted)
    .rotate(damage.skew, { background: random.pick(['#f2f2f2', '#333333', '#ffffff']) })
    .toBuffer();
  const soft = damage.blur > 0 ? await sharp(skewed).blur(damage.blur).toBuffer() : skewed;
  const raw = await sharp(soft)
    .rotate(damage.turn)
    .removeAlpha()
    .linear(0.9, 12)
    .raw()
    .toBuffer({ resolveWithObject: true });
  if (damage.noise > 0) addNoise(raw.data, damage.noise, random);
  const { width, height, channels } = raw.info;
  return sharp(raw.data, { raw: { width, height, channels: channels as 3 } })
    .jpeg({ quality: damage.quality })
    .toBuffer();
}

async function sizeOf(png: Uint8Array): Promise<{ width: number; height: number }> {
  const { width, height } = await sharp(png).metadata();
  return { width, height };
}

/** A soft shadow that falls over a part of the page, and the dark edge of a fold. */
function shadowOf({ width, height }: { width: number; height: number }, random: RandomSource): Buffer {
  const [x1, x2] = [random.below(100), random.below(100)];
  const dark = 120 + random.below(80);
  const fold = height * random.between(0.3, 0.7);
  return Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"><defs>
    <linearGradient id="s" x1="${x1}%" y1="0%" x2="${x2}%" y2="100%"><stop offset="20%" stop-color="#fff"/>
    <stop offset="100%" stop-color="rgb(${dark},${dark},${dark})"/></linearGradient></defs>
    <rect width="100%" height="100%" fill="url(#s)"/><rect y="${fold}" width="100%" height="3" fill="#bbb"/></svg>`);
}

/** Noise of ±`strength` of 255, densest around 0, in place. */
function addNoise(samples: Buffer, strength: number, random: RandomSource): void {
  for (let index = 0; index < samples.length; index += 1) {
    const moved = (samples[index] ?? 0) + (random.between(0, 1) + random.between(0, 1) - 1) * strength;
    samples[index] = Math.max(0, Math.min(255, Math.round(moved)));
  }
}

/** The page on a desk, seen a little from the side. */
export async function onDesk(png: Uint8Array, printer: Printer, random: RandomSource): Promise<Uint8Array> {
  const { width, height } = await sizeOf(png);
  const [x, y] = [random.between(-5, 5), random.between(-5, 5)];
  const desk = random.pick(['#6b5a48', '#3d4148', '#8b8f94', '#d9d4cb']);
  const size = { width: Math.round(width * 1.12), height: Math.round(height * 1.08) };
  const html = `<body style="margin:0;background:${desk};display:grid;place-items:center;height:100vh;overflow:hidden">
    <img style="transform:perspective(${height * 2}px) rotateX(${x}deg) rotateY(${y}deg);box-shadow:0 8px 30px #0008"
    src="data:image/png;base64,${Buffer.from(png).toString('base64')}"></body>`;
  return printer.picture(html, { ...size, scale: 1 });
}

/** An image-only PDF of one page, turned as the picture is. */
export async function imagePdf(jpeg: Uint8Array): Promise<Uint8Array> {
  const pdf = await PDFDocument.create();
  const image = await pdf.embedJpg(jpeg);
  const size: [number, number] = image.width > image.height ? [A4_POINTS[1], A4_POINTS[0]] : A4_POINTS;
  const page = pdf.addPage(size);
  page.drawImage(image, { x: 0, y: 0, width: page.getWidth(), height: page.getHeight() });
  return pdf.save();
}
