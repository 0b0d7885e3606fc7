import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import type { Part } from './part.ts';

const require = createRequire(import.meta.url);
/** Languages that documents are read in; each is one npm package of the lockfile. */
const LANGUAGES = ['pol', 'eng', 'deu', 'fra', 'ita', 'nld', 'por', 'spa'];

/** Data of the OCR engine: they come with the npm packages, nothing is downloaded at run time. */
export const tessdataPart: Part = {
  name: 'OCR language data',
  purpose: 'scans and photos are read with it',
  mend: 'run npm ci: the data are npm packages',
  async find() {
    try {
      const paths = LANGUAGES.map((language) => require.resolve(`@tesseract.js-data/${language}/package.json`));
      return { path: dirname(paths[0] ?? ''), version: LANGUAGES.join('+'), how: 'npm packages' };
    } catch {
      return undefined;
    }
  },
  install() {
    return Promise.reject(new Error(`OCR language data is missing. To fix: ${tessdataPart.mend}.`));
  },
};
