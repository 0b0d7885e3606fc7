import { glob, readFile } from 'node:fs/promises';
import { dirname, join, normalize, sep } from 'node:path';
import { ROOT } from '../run.ts';

/**
 * The layers from the bottom to the top. `definitions` held the language before `core` did; it stands here so that older
 * trees can be counted too.
 */
export const LAYERS = [
  ...['packages', 'core', 'definitions', 'store', 'bots', 'workflows', 'activities', 'intake', 'installation'],
  ...['server', 'workers', 'cli', 'demo', 'bench', 'scripts', 'tests'],
] as const;

/** An import of one room by another, with a file that makes it. `up`: against the order of the layers. */
export type Arrow = { from: string; to: string; up: boolean; file: string };

/** Matches `from '…'`, `import('…')` and `import '…'`. */
const IMPORT = /\b(?:from|import)\s*\(?\s*'(\.[^']+)'/g;

/** The arrows between the top rooms of a checkout, each once. Tests do not count: they may import everything. */
export async function arrows(root: string = ROOT): Promise<Arrow[]> {
  const found = new Map<string, Arrow>();
  for await (const file of glob(`{${LAYERS.join(',')}}/**/*.{ts,mjs,js}`, { cwd: root })) {
    const from = roomOf(file);
    if (from === 'tests' || /\.test\.ts$|node_modules/.test(file)) continue;
    for (const [, path = ''] of (await readFile(join(root, file), 'utf8')).matchAll(IMPORT)) {
      const to = roomOf(normalize(join(dirname(file), path)));
      if (to === from || !isRoom(to) || found.has(`${from} ${to}`)) continue;
      found.set(`${from} ${to}`, { from, to, up: levelOf(from) < levelOf(to), file });
    }
  }
  return [...found.values()].sort((a, b) => levelOf(a.from) - levelOf(b.from) || levelOf(a.to) - levelOf(b.to));
}

const roomOf = (file: string): string => file.split(sep)[0] ?? '';
const levelOf = (room: string): number => LAYERS.findIndex((layer) => layer === room);
const isRoom = (name: string): boolean => levelOf(name) >= 0;

if (import.meta.main) {
  const all = await arrows(process.argv[2]);
  for (const { from, to, up, file } of all) console.log(`${up ? 'UP  ' : '    '}${from} → ${to}  (${file})`);
  console.log(`${all.length} arrows, ${all.filter(({ up }) => up).length} of them up`);
}
