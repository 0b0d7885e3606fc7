/** `node tests/suites/documents/make.ts SEED KIND [FOLDER]`: makes one generated document again, with its truth. */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createPrinter } from '../../demo/documents/print.ts';
import { generateDocument, type DocumentKind } from './generate/document.ts';

const [seed = '1', kind = 'pdf-text', folder = '.'] = process.argv.slice(2);
const browser = createPrinter(process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium');
try {
  // The generator refuses a kind that it does not know.
  const { about, file, truth } = await generateDocument(Number(seed), kind as DocumentKind, browser);
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, `${seed}-${file.name}`), file.bytes);
  await writeFile(join(folder, `${seed}-truth.json`), JSON.stringify(truth, null, 2));
  console.log(about);
} finally {
  await browser.close();
}
