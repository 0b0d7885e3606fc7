import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MockActivityEnvironment } from '@temporalio/testing';
import { parse } from 'yaml';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createSheetActivities } from '../activities/sheets.ts';
import { createTableActivities } from '../activities/tables.ts';
import { appendRow } from '../bots/tables/workbook/index.ts';
import { checkDefinition } from '../core/language/check.ts';
import { loadDefinition } from '../core/language/load.ts';
import type { CatalogueActivity } from '../core/model/call.ts';
import { openStore, type Store } from '../store/index.ts';

type Example = { do: Record<string, { call: string; with: unknown }>[] };

const page = await readFile(join(import.meta.dirname, '../docs/rows-and-files.md'), 'utf8');
const blocks = [...page.matchAll(/```yaml\n([\s\S]*?)```/g)].map(([, text = '']) => text);

let home = '';
let store: Store;
let activities: Record<string, CatalogueActivity> = {};

beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'rows-and-files-'));
  store = await openStore({ dir: home });
  activities = {
    ...createSheetActivities({ folder: home }),
    ...createTableActivities({ folder: home, artefacts: store.artefacts }),
  };
  await writeFile(join(home, 'orders.csv'), 'Order;Net;Delivery\nZ/1;1 200,50;03.11.2026\nZ/2;?;04.11.2026\n');
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
};

it('should show each of these functions', () => {
  const called = blocks.flatMap((text) => (parse(text) as Example).do.flatMap((step) => Object.values(step)));
  expect(called.map(({ call }) => call)).toEqual(Object.keys(ANSWERS));
});

it.each(blocks)('should show a definition that checks, whose calls answer as told: %#', async (text) => {
  const document = 'document: { dsl: 1.0.3, namespace: docs, name: example, version: 1.0.0 }\n';
  const { loaded, findings } = loadDefinition(document + text, 'docs/rows-and-files.md');
  expect(findings).toEqual([]);
  expect(loaded && checkDefinition(loaded)).toEqual([]);
  for (const { call, with: args } of (parse(text) as Example).do.flatMap((step) => Object.values(step))) {
    const info = { hash: '', run: 'run', task: '/do/0', key: 'key' } as never;
    const answer: unknown = await new MockActivityEnvironment().run(activities[call] as never, args, info);
    expect(answer).toMatchObject(ANSWERS[call] as object);
  }
});
