import { level, type Page, type Word } from '../page/words.ts';
import type { OcrContext, OcrEngine, Recognition } from './engine.ts';
import { languageOf } from './language-of.ts';
import { FIRST_LANGUAGES, type OcrLanguage } from './languages.ts';
import { prepare, turn, type Rotation } from './prepare.ts';

/** Below this confidence of a page other rotations are tried: an upside-down page scored 62, upright ones 80 and more. */
const ROTATE_BELOW = 78;
/** A rotation that reaches this needs no further tries. */
const SURELY_UPRIGHT = 85;
/** Another rotation has to be this much better than upright to be believed. */
const ROTATION_MARGIN = 4;
/** Words of two passes are the same place when they share this part of the smaller one. */
const SAME_PLACE = 0.4;

export type RecognisedPage = {
  page: Page;
  rotation: Rotation;
  confidence: number;
  /** What the page is written in; undefined where that is not clear. */
  language?: OcrLanguage | undefined;
  /** What Polish and English data read on a page of another language; worse in its words, as good in its figures. */
  witness?: Page | undefined;
  /** Second pass in sparse mode, on request: its own words, and those of both passes united. */
  again(): Promise<{ sparse: Page; united: Page }>;
  /** What another engine reads on the same image. */
  by(engine: OcrEngine): Promise<Page>;
};

type Context = Pick<OcrContext, 'name' | 'signal'> & { onProgress?: (note: string) => void };

/** Recognises one page image: prepares it, finds its rotation, keeps the image for a second pass. */
export async function recognisePage(
  pool: OcrEngine,
  image: { bytes: Uint8Array; number: number; page?: number },
  context: Context,
): Promise<RecognisedPage> {
  const prepared = await prepare(image.bytes, context.name, image.page);
  context.onProgress?.(`page ${image.number}: recognising`);
  let best = { ...prepared, rotation: 0 as Rotation, found: await pool.recognise(prepared.png, context) };
  const sideways = isSideways(best.found);
  if (sideways || best.found.confidence < ROTATE_BELOW) {
    if (sideways) best = { ...best, found: { ...best.found, words: [], confidence: 0 } };
    for (const rotation of turnsOf(sideways, best.found.confidence)) {
      context.onProgress?.(`page ${image.number}: trying ${rotation}°`);
      const turned = await turn(prepared.png, rotation);
      const found = await pool.recognise(turned.png, context);
      if (substance(found) > substance(best.found) + (ROTATION_MARGIN * found.words.length) / 100)
        best = { ...turned, rotation, found };
      if (best.found.confidence >= SURELY_UPRIGHT) break;
    }
  }
  const { png, width, height, rotation } = best;
  const language = languageOf(best.found.words.map((word) => word.text).join(' '));
  const found = await inItsLanguage(best.found, language, () => {
    context.onProgress?.(`page ${image.number}: again in ${language}`);
    return pool.recognise(png, { ...context, ...(language && { languages: [language] }) });
  });
  const { slope } = found;
  const other = found === best.found ? undefined : best.found;
  const page: Page = { number: image.number, width, height, slope, words: level(found.words, slope, width) };
  return {
    page,
    rotation,
    confidence: found.confidence,
    language,
    witness: other && { ...page, words: level(other.words, slope, width) },
    again: async () => {
      context.onProgress?.(`page ${image.number}: second pass`);
      const sparse = await pool.recognise(png, {
        ...context,
        sparse: true,
        ...(language && { languages: [language] }),
      });
      const words = level(sparse.words, slope, width);
      return { sparse: { ...page, words }, united: { ...page, words: unite(page.words, words) } };
    },
    by: async (engine) => {
      context.onProgress?.(`page ${image.number}: second reader`);
      const other = await engine.recognise(png, context);
      return { ...page, slope: other.slope, words: level(other.words, other.slope, width) };
    },
  };
}

/** Turns worth a try. Text on its side shows by its boxes; a page that was read half well may only stand on its head. */
function turnsOf(sideways: boolean, confidence: number): readonly Rotation[] {
  if (sideways) return [90, 270];
  return confidence >= HALF_WELL ? [180] : [180, 90, 270];
}

/** Pages upside down scored up to 62, bad faxes that stood upright 73. */
const HALF_WELL = 66;

/**
 * A page in a language that the first pass does not read: the pass is made again with that language alone, which reads
 * its accents right. The first pass stays where the other one is clearly worse.
 */
async function inItsLanguage(
  first: Recognition,
  language: OcrLanguage | undefined,
  again: () => Promise<Recognition>,
): Promise<Recognition> {
  if (!language || FIRST_LANGUAGES.includes(language)) return first;
  const found = await again();
  return substance(found) < substance(first) * CLEARLY_WORSE ? first : found;
}

const CLEARLY_WORSE = 0.85;

/** The recogniser reads text that runs up or down the page all the same; its long words then stand upright in their boxes. */
function isSideways({ words }: Recognition): boolean {
  const long = words.filter((word) => word.text.length >= LONG_WORD);
  return long.length > 0 && long.filter((word) => word.height > word.width).length > long.length / 2;
}

const LONG_WORD = 4;

/** Confident words count; noise of a page upside down has many words of low confidence. */
function substance(found: Recognition): number {
  return found.words.reduce((total, word) => total + (word.text.length > 1 ? word.confidence : 0), 0);
}

/** Words of the first pass, those of the second where the first has none or is much less sure. */
export function unite(first: readonly Word[], second: readonly Word[]): Word[] {
  const added = second.filter((word) => !first.some((other) => samePlace(word, other)));
  return [...first, ...added];
}

function samePlace(a: Word, b: Word): boolean {
  const width = Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x);
  const height = Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y);
  return width > 0 && height > 0 && width * height > SAME_PLACE * Math.min(a.width * a.height, b.width * b.height);
}
