import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { functionsPage } from '../../cli/reference.ts';
import { editorSchema } from '../../core/language/editor-schema.ts';
import { ROOT } from '../run.ts';
import { decisionsPage } from './decisions.ts';
import { roomTable, treeOf } from './rooms.ts';

const ARCHITECTURE = 'docs/architecture.md';

/** Pages and files that are made of the code, wholly or between marks, by path: as they should be now. */
export async function generatedPages(): Promise<Map<string, string>> {
  const parts = { tree: await treeOf(), rooms: roomTable() };
  let architecture = await readFile(join(ROOT, ARCHITECTURE), 'utf8');
  for (const [name, text] of Object.entries(parts)) architecture = withPart(architecture, name, text);
  return new Map([
    [ARCHITECTURE, architecture],
    ['docs/decisions/README.md', await decisionsPage()],
    ['docs/functions.md', `${functionsPage()}\n`],
    ['definitions/schema.json', `${JSON.stringify(editorSchema(), null, 2)}\n`],
  ]);
}

/** @throws where the page has no marks of that name */
function withPart(page: string, name: string, text: string): string {
  const [start, end] = [`<!-- generated: ${name} -->\n`, `\n<!-- end: ${name} -->`];
  const [from, to] = [page.indexOf(start), page.indexOf(end)];
  if (from < 0 || to < from) throw new Error(`${ARCHITECTURE} has no marks for "${name}"`);
  return page.slice(0, from + start.length) + text + page.slice(to);
}
