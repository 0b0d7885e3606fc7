import { glob, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ROOT } from './run.ts';

/**
 * `npm run english -- [COUNT] [SEED]`: draws English sentences that users read, each with its file, for somebody to read
 * aloud. The same count and seed draw the same sentences from the same text.
 */
const TEXTS: Readonly<Record<'code' | 'mails' | 'pages', readonly string[]>> = {
  code: [
    '{server,activities}/**/messages/**/*.ts',
    'core/messages/*.ts',
    'core/catalogue/**/*.ts',
    'cli/{program,form-program,queue-program,program-access,program-parts}.ts',
    'cli/programs/*.ts',
  ],
  mails: ['definitions/**/mails/*.en.yaml'],
  pages: ['README.md', 'CONTRIBUTING.md', 'CHANGELOG.md', 'docs/*.md'],
};
/** Made of the catalogue, which is drawn from already. */
const GENERATED = /docs\/functions\.md$/;
const NOT_ENGLISH = /\.test\.ts$|\.pl\.ts$|\/pl\.ts$/;
const POLISH = /[ąćęłńśźż]/i;
/** Shorter texts are labels. */
const MIN_WORDS = 4;
const DEFAULTS = { count: 50, seed: 1 };

type Sentence = { file: string; text: string };

const [count, seed] = process.argv.slice(2).map(Number);
const all = (await Promise.all([fromCode(), fromMails(), fromPages()])).flat();
for (const { file, text } of draw(all, count ?? DEFAULTS.count, seed ?? DEFAULTS.seed))
  console.log(`${file}\n    ${text}`);
console.log(`\nof ${all.length} sentences`);

async function fromCode(): Promise<Sentence[]> {
  return collect(TEXTS.code, (source) =>
    [...withoutComments(source).matchAll(/'((?:[^'\\\n]|\\.)+)'|`((?:[^`\\]|\\.)+)`/g)].flatMap(
      ([, quoted, template]) => sentences((quoted ?? template ?? '').replaceAll('\\n', '\n')),
    ),
  );
}

async function fromMails(): Promise<Sentence[]> {
  return collect(TEXTS.mails, (source) => sentences(source.replaceAll(/^\w+: (\|\n)?/gm, '')));
}

/** Sentences of paragraphs, list items and cells; code, headings and links' addresses are left out. */
async function fromPages(): Promise<Sentence[]> {
  return collect(TEXTS.pages, (source) =>
    source
      .replaceAll(/^```[\s\S]*?^```/gm, '')
      .replaceAll(/^(#.*| {4}\S.*|\|[-| :]+\|)$/gm, '')
      .replaceAll(/\]\([^)]*\)/g, ']')
      .split(/\n\s*\n|\n(?=\s*(?:-|\d+\.) )|\||\n(?=\|)/)
      .flatMap((block) => sentences(block.replaceAll('\n', ' ').replace(/^\s*(?:-|\d+\.) /, ''))),
  );
}

async function collect(patterns: readonly string[], read: (source: string) => string[]): Promise<Sentence[]> {
  const files: string[] = [];
  for await (const file of glob([...patterns], { cwd: ROOT })) files.push(file);
  const found: Sentence[] = [];
  for (const file of files.sort()) {
    if (GENERATED.test(file) || NOT_ENGLISH.test(file)) continue;
    found.push(...read(await readFile(join(ROOT, file), 'utf8')).map((text) => ({ file, text })));
  }
  return found;
}

function sentences(text: string): string[] {
  return text
    .split(/(?<=[.!?:])\s+(?=\p{Lu})|\n\n/u)
    .map((sentence) => sentence.replaceAll(/\s+/g, ' ').trim())
    .filter((sentence) => sentence.split(' ').length >= MIN_WORDS && !POLISH.test(sentence));
}

function withoutComments(source: string): string {
  return source.replaceAll(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$|^import .*$/gm, '');
}

/** Without putting back. The generator is mulberry32. */
function draw(from: readonly Sentence[], howMany: number, start: number): Sentence[] {
  const left = [...from];
  let state = start >>> 0;
  const random = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  return Array.from({ length: Math.min(howMany, left.length) }, () =>
    left.splice(Math.floor(random() * left.length), 1),
  ).flat();
}
