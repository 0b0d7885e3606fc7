import { mkdir, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { makeDemoDocuments } from './make.ts';

const USAGE = `Writes the demo's mails, one folder each, for looking at.

  node demo/documents/main.ts DIR [--chromium PATH] [--seed TEXT] [--today 2026-11-24]`;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    help: { type: 'boolean' },
    chromium: { type: 'string', default: process.env['ZAPLECZE_CHROMIUM'] ?? '/usr/bin/chromium' },
    seed: { type: 'string', default: '1' },
    today: { type: 'string' },
  },
});
const [dir] = positionals;
if (values.help || dir === undefined) {
  console.log(USAGE);
  process.exit(values.help ? 0 : 2);
}

const { chromium, seed, today } = values;
const mails = await makeDemoDocuments({ dir: join(resolve(dir), '.cache'), chromium, seed, today });
for (const [index, mail] of mails.entries()) {
  const folder = join(resolve(dir), `${index + 1}-${mail.id}`);
  await mkdir(folder, { recursive: true });
  const head = `From: ${mail.from.name} <${mail.from.email}>\nTo: ${mail.to}\nSubject: ${mail.subject}\n\n`;
  await writeFile(join(folder, 'mail.txt'), `${head}${mail.text}\n`);
  await writeFile(join(folder, 'expect.json'), JSON.stringify(mail.expect, null, 2));
  for (const file of mail.attachments) await writeFile(join(folder, file.name), file.bytes);
  console.log(folder);
}
