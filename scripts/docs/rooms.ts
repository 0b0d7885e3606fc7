import { readdir } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join, relative, sep } from 'node:path';
import { z } from 'zod';
import { ROOT } from '../run.ts';

const { ROOMS } = z
  .object({ ROOMS: z.record(z.string(), z.array(z.string())) })
  .parse(createRequire(import.meta.url)('../rooms.cjs'));

/** What each top folder holds, in the order of the layers. */
const HOLDS: Readonly<Record<string, string>> = {
  packages: 'libraries that could be published on their own: `jq`',
  core: 'the language, the catalogue of functions, the model, settings and message texts; pure code',
  store: 'database schema and queries, artefacts, audit trail',
  bots: 'mailboxes, documents, forms, ledgers, tables, mail: libraries that know nothing about Temporal',
  workflows: 'the interpreter and other workflows: deterministic, with no I/O, clock or random numbers of their own',
  activities: 'one thin activity per function: the only door from workflows to the outside',
  intake: 'what comes in: mails, events, schedules, decisions, work for queues',
  installation: 'home folder, settings, secrets, keys, tools, embedded servers, rehearsal of cases',
  server: 'web pages and API, grouped by audience',
  workers: 'the composition root: opens everything and starts workers, server and watchers',
  cli: 'the command line',
  demo: 'the demo with its mail server and intranet',
  bench: 'benchmarks',
  scripts: 'tools that only developers run',
  definitions: 'automations, for authors only; no code imports them',
  tests: 'journeys, suites and test helpers; no other code imports them',
};
const NOT_CODE = /^(node_modules|\..*)$/;

/** The folders two levels deep, as a code block. */
export async function treeOf(): Promise<string> {
  const rooms = (await foldersIn('.')).filter((name) => name !== 'docs');
  const unknown = rooms.filter((room) => !(room in HOLDS));
  if (unknown.length > 0) throw new Error(`say in scripts/docs/rooms.ts what these hold: ${unknown.join(', ')}`);
  const lines = await Promise.all(
    Object.keys(HOLDS).map(async (room) => `${`${room}/`.padEnd(14)} ${(await foldersIn(room)).join('  ')}`.trimEnd()),
  );
  return ['```', ...lines, '```'].join('\n');
}

/** A row per room: what it holds and what it may import. */
export function roomTable(): string {
  const rows = Object.entries(HOLDS).map(([room, holds]) => `| \`${room}/\` | ${holds} | ${importsOf(room)} |`);
  return ['| folder | contains | may import |', '|---|---|---|', ...rows].join('\n');
}

function importsOf(room: string): string {
  const allowed = ROOMS[room];
  if (allowed === undefined) return room === 'tests' ? 'everything' : '–';
  return allowed.length === 0 ? 'nothing else in this repository' : allowed.map((name) => `\`${name}\``).join(', ');
}

/** Folders with anything in them: git leaves empty ones behind where files were moved. */
async function foldersIn(folder: string): Promise<string[]> {
  const entries = await readdir(join(ROOT, folder), { withFileTypes: true, recursive: true });
  const files = entries.filter((entry) => entry.isFile());
  const names = files.map(({ parentPath }) => relative(join(ROOT, folder), parentPath).split(sep)[0] ?? '');
  return [...new Set(names)].filter((name) => name !== '' && !NOT_CODE.test(name)).sort();
}
