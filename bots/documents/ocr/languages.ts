import { randomUUID } from 'node:crypto';
import { access, copyFile, mkdir, rename } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { applicationException } from '../../../core/model/problem.ts';

/** Language data that the recogniser has, by the names that it gives them. */
export const LANGUAGES = ['pol', 'eng', 'deu', 'fra', 'ita', 'nld', 'por', 'spa'] as const;
export type OcrLanguage = (typeof LANGUAGES)[number];

/**
 * What a page is read with before its language is known. More languages at once read accents worse than the one right
 * language alone ("Ibafiez" stays beside Spanish data), and cost more: see docs/decisions/0061-languages-of-scans.md.
 */
export const FIRST_LANGUAGES: readonly OcrLanguage[] = ['pol', 'eng'];
/** Build of the language data: the same recall as the plain one at a third of its size. */
const BUILD = '4.0.0_best_int';

/** Where the data are gathered unless the caller names a folder. */
const DEFAULT_FOLDER = join(tmpdir(), `zaplecze-tessdata-${BUILD}`);

/**
 * A folder with the language data, gathered from the npm packages: the recogniser wants all of them in one place.
 * Nothing is downloaded. Throws an application exception `configuration` where a package is missing.
 */
export async function languageFolder(folder: string = DEFAULT_FOLDER): Promise<string> {
  await mkdir(folder, { recursive: true });
  for (const language of LANGUAGES) {
    const target = join(folder, `${language}.traineddata.gz`);
    if (await exists(target)) continue;
    // Another process may gather the same data at the same moment: each writes its own file and renames it.
    const own = `${target}.${randomUUID()}`;
    await copyFile(sourceOf(language), own);
    await rename(own, target);
  }
  return folder;
}

function sourceOf(language: string): string {
  try {
    const manifest = createRequire(import.meta.url).resolve(`@tesseract.js-data/${language}/package.json`);
    return join(dirname(manifest), BUILD, `${language}.traineddata.gz`);
  } catch (error) {
    const detail = `the recogniser's data for "${language}" are missing; run "npm ci"`;
    throw applicationException('configuration', detail, { cause: error });
  }
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
