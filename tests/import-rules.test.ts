import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';

const ROOT = join(import.meta.dirname, '..');
/** The tool starts a process of its own. */
const CRUISE_MS = 60_000;
type Table = Record<string, string[]>;
const { ROOMS, BOTS, SERVER } = createRequire(import.meta.url)('../scripts/rooms.cjs') as Record<string, Table>;

/** Every import from one room to another that is not in the table, as the rule that must fire, and the rest. */
function pairsOf(table: Table | undefined, under: string): { from: string; to: string; rule: string | undefined }[] {
  return Object.entries(table ?? {}).flatMap(([from, allowed]) =>
    Object.keys(table ?? {})
      .filter((to) => to !== from)
      .map((to) => ({
        from: `${under}${from}`,
        to: `${under}${to}`,
        rule: allowed.includes(to) ? undefined : `${under}${from}-imports`,
      })),
  );
}

const pairs = [...pairsOf(ROOMS, ''), ...pairsOf(BOTS, 'bots/'), ...pairsOf(SERVER, 'server/')];
const single = [
  { from: 'core', to: 'definitions', rule: 'core-imports' },
  { from: 'server', to: 'tests', rule: 'server-imports' },
];

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'zaplecze-rules-'));
  await symlink(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
  await plant('core/own.ts', "import { Client } from '@temporalio/client';\nexport const own = Client;\n");
  await plant('workflows/own.ts', "import { readFileSync } from 'node:fs';\nexport const own = readFileSync;\n");
  await plant('packages/jq/inside.ts', 'export const inside = 1;\n');
  await plant('packages/jq/index.ts', 'export const index = 1;\n');
  await plant('core/inside.ts', "import { inside } from '../packages/jq/inside.ts';\nexport const own = inside;\n");
  for (const { from, to } of [...pairs, ...single]) {
    const target = to === 'packages' ? 'packages/jq/index.ts' : `${to}/target.ts`;
    if (to !== 'packages') await plant(target, 'export const target = 1;\n');
    const file = `${from}/to-${to.replace('/', '-')}.ts`;
    await plant(file, `import * as target from '${relative(dirname(file), target)}';\nexport const own = target;\n`);
  }
});
afterAll(() => rm(folder, { recursive: true }));

it('should hold every room to its table', { timeout: CRUISE_MS }, async () => {
  const found = await violations();
  for (const { from, to, rule } of [...pairs, ...single]) {
    const file = `${from}/to-${to.replace('/', '-')}.ts`;
    expect([file, found.get(file)]).toEqual([file, rule]);
  }
  expect(found.get('core/own.ts')).toBe('bots-know-no-temporal');
  expect(found.get('workflows/own.ts')).toBe('workflows-are-deterministic');
  expect(found.get('core/inside.ts')).toBe('packages-stand-alone');
});

async function plant(file: string, text: string): Promise<void> {
  await mkdir(join(folder, dirname(file)), { recursive: true });
  await writeFile(join(folder, file), text);
}

/** The rule that each file breaks. */
async function violations(): Promise<Map<string, string>> {
  const tool = join(ROOT, 'node_modules', '.bin', 'depcruise');
  const rooms = [...Object.keys(ROOMS ?? {}), 'definitions', 'tests'].map((room) => `${room}/**/*.ts`);
  const args = ['--config', join(ROOT, '.dependency-cruiser.cjs'), '--output-type', 'json', ...rooms];
  const printed = await new Promise<string>((done) =>
    execFile(tool, args, { cwd: folder, maxBuffer: 1e8 }, (_error, stdout) => done(stdout)),
  );
  const { summary } = JSON.parse(printed) as { summary: { violations: { from: string; rule: { name: string } }[] } };
  return new Map(summary.violations.map(({ from, rule }) => [from, rule.name]));
}
