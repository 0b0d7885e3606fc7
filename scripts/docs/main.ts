import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ROOT } from '../run.ts';
import { generatedPages } from './generated.ts';

/** `npm run docs`: rewrites the pages and parts of pages that are made of the code. */
for (const [path, text] of await generatedPages()) {
  await writeFile(join(ROOT, path), text);
  console.log(path);
}
