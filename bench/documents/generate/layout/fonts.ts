import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

/** Font packages by their family; what they lack (weights, signs) comes from the system's fonts. */
const PACKAGES: Readonly<Record<string, string>> = {
  Lato: 'lato',
  'PT Serif': 'pt-serif',
  'Courier Prime': 'courier-prime',
  'Roboto Condensed': 'roboto-condensed',
  'Josefin Sans': 'josefin-sans',
};

/** Families to choose from: those of the packages, and the two that Chromium's own packages bring. */
export const FAMILIES = [
  ...Object.keys(PACKAGES),
  'Liberation Sans',
  'Liberation Serif',
  'Liberation Sans',
  'Lato',
] as const;

const RANGES = {
  latin: 'U+0000-00FF,U+2000-206F,U+20AC,U+2122',
  'latin-ext': 'U+0100-02BA,U+1E00-1E9F,U+20A0-20AB,U+2113',
} as const;

const faces = new Map<string, string>();

/** CSS that brings a family along in the page itself, so that every machine prints the same. */
export function fontFaces(family: string): string {
  const name = PACKAGES[family];
  if (name === undefined) return '';
  const known = faces.get(family);
  if (known !== undefined) return known;
  const folder = join(dirname(createRequire(import.meta.url).resolve(`@fontsource/${name}/package.json`)), 'files');
  const css = (['latin', 'latin-ext'] as const)
    .flatMap((subset) => [400, 700].map((weight) => ({ subset, weight })))
    .map(({ subset, weight }) => {
      const data = readFileSync(join(folder, `${name}-${subset}-${weight}-normal.woff2`)).toString('base64');
      return `@font-face{font-family:"${family}";font-weight:${weight};src:url(data:font/woff2;base64,${data});unicode-range:${RANGES[subset]}}`;
    })
    .join('');
  faces.set(family, css);
  return css;
}
