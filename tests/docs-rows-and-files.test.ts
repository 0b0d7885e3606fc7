import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MockActivityEnvironment } from '@temporalio/testing';
import { parse } from 'yaml';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createFileActivities } from '../activities/files.ts';
import { createRecordActivities } from '../activities/records.ts';
import { createSheetActivities } from '../activities/sheets.ts';
import { createTableActivities } from '../activities/tables.ts';
import { openLocalPlace } from '../bots/places/index.ts';
import { appendRow } from '../bots/tables/workbook/index.ts';
import { checkDefinition } from '../core/language/check/index.ts';
import { loadDefinition } from '../core/language/load.ts';
import type { CatalogueActivity } from '../core/model/call.ts';
import { Settings } from '../core/settings/settings.ts';
import { openStore, type Store } from '../store/index.ts';

type Example = { do: Record<string, { call: string; with: unknown }>[] };

const page = await readFile(join(import.meta.dirname, '../docs/rows-and-files.md'), 'utf8');
const yaml = [...page.matchAll(/```yaml\n([\s\S]*?)```/g)].map(([, text = '']) => text);
const settings = yaml.filter((text) => text.startsWith('places:'));
/** What starts by an event is played in a journey. */
const scheduled = yaml.filter((text) => text.startsWith('schedule:'));
const tables = yaml.filter((text) => text.startsWith('title:'));
const blocks = yaml.filter((text) => text.startsWith('do:'));

let home = '';
let store: Store;
let activities: Record<string, CatalogueActivity> = {};

beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'rows-and-files-'));
  store = await openStore({ dir: home });
  const place = (name: string) => Promise.resolve(openLocalPlace(join(home, name)));
  activities = {
    ...createSheetActivities({ folder: home }),
    ...createTableActivities({ folder: home, artefacts: store.artefacts, place }),
    ...createRecordActivities({
      records: store.records,
      definitionFile: (_, path) => Promise.resolve(path === 'records/balances.yaml' ? tables[0] : undefined),
    }),
    ...createFileActivities({ place, artefacts: store.artefacts, puts: store.filePuts }),
  };
  await writeFile(join(home, 'orders.csv'), 'Order;Net;Delivery\nZ/1;1 200,50;03.11.2026\nZ/2;?;04.11.2026\n');
  await mkdir(join(home, 'bank/out'), { recursive: true });
  await writeFile(join(home, 'bank/out/statement.csv'), 'a;b\n');
  const row = { Number: 'U/2026/7', State: 'open', Until: '2026-12-31' };
  await appendRow({ path: join(home, 'contracts.xlsx'), key: 'U/2026/7', row });
}, 30_000);
afterAll(async () => {
  await store.close();
  await rm(home, { recursive: true, force: true });
});

/** What each call on the page answers with the files above. */
const ANSWERS: Readonly<Record<string, unknown>> = {
  'table.read': {
    rows: [{ line: 2, Order: 'Z/1', Net: '1200.50', Delivery: '2026-11-03' }],
    faults: [{ row: 3, column: 'Net', value: '?' }],
    encoding: 'utf-8',
    delimiter: ';',
  },
  'table.write': { rows: 1, file: { name: 'report.xlsx' } },
  'sheet.update': { row: 2, outcome: 'written' },
  'file.list': { files: [{ name: 'statement.csv', path: 'out/statement.csv', size: 4 }] },
  'file.get': { file: { name: 'statement.csv', size: 4 } },
  'record.put': { values: { Person: 'anna@firma.example', Year: '2026' } },
  'record.find': { first: { version: 1, values: { Days: '26' } } },
  'file.put': { place: 'bank', path: 'in/copy-of-statement.csv', outcome: 'written' },
};

it.each(settings)('should show settings that are taken: %#', (text) => {
  const rest = {
    company: { name: 'Test' },
    publicUrl: 'http://127.0.0.1:1',
    smtp: { host: 'h', port: 25, from: 'a@b.example' },
  };
  expect(Settings.safeParse({ ...rest, ...(parse(text) as object) }).error?.issues).toBeUndefined();
});

it('should show each of these functions', () => {
  const called = blocks.flatMap((text) => (parse(text) as Example).do.flatMap((step) => Object.values(step)));
  expect(new Set(called.map(({ call }) => call))).toEqual(new Set(Object.keys(ANSWERS)));
});

it.each([...blocks, ...scheduled])('should show a definition that checks: %#', (text) => {
  const document = 'document: { dsl: 1.0.3, namespace: docs, name: example, version: 1.0.0 }\n';
  const { loaded, findings } = loadDefinition(document + text, 'docs/rows-and-files.md');
  expect(findings).toEqual([]);
  expect(loaded && checkDefinition(loaded, { files: { 'records/balances.yaml': tables[0] ?? '' } })).toEqual([]);
});

let calls = 0;

function passedOn(call: string, last: object): object {
  if (call === 'file.put') return last;
  return call === 'record.put' && 'first' in last ? { version: (last.first as { version: number }).version } : {};
}

it.each(blocks)('should show calls that answer as told: %#', async (text) => {
  let last: object = {};
  for (const { call, with: written } of (parse(text) as Example).do.flatMap((step) => Object.values(step))) {
    // What the page passes on by an expression is the file that the call before answered.
    const args = { ...(written as object), ...passedOn(call, last) };
    calls += 1;
    const definition = { namespace: 'docs', name: 'example', version: '1.0.0', hash: 'h' };
    const info = { definition, run: 'run', task: '/do/0', key: `call ${calls}` } as never;
    const answer: unknown = await new MockActivityEnvironment().run(activities[call] as never, args, info);
    expect(answer).toMatchObject(ANSWERS[call] as object);
    last = answer as object;
  }
});
