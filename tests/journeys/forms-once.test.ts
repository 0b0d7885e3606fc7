import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createFormRunner, FormProblem } from '../../bots/forms/index.ts';
import type { FormRunner } from '../../bots/forms/index.ts';
import { loadForm } from '../../core/forms/load.ts';
import type { Resolution } from '../../core/model/effect.ts';
import { openSmallBooks, type Manner, type SmallBooks } from '../support/small-books.ts';

/** Seconds that the bot looks for a record which is not shown. */
const PATIENCE = 1;

const formOf = ({ find = '', write = '- commit: save', fields = '' }) =>
  loadForm(
    `form: entry
title: Entry
target: { name: books, start: /, patience: ${PATIENCE}, login: [{ wait for: nobody }], signed out: Please log in }
parameters: { number: { type: text }, gross: { type: amount } }
fields:
  number: { label: Number, name: n }
  gross: { label: Gross, name: g }
  save: { button: Save }
  post: { button: Post }
  calculate: { button: Calculate }
  row: { link: '{record}' }
${fields}
find:
  steps: [{ open: / }]
  table: { id: Id, number: Number, gross: Gross, status: Status }
  match: { number: '{number}' }
  same: { gross: '{gross}' }
  record: id
${find}
write:
  - open: /new
  - fill: { number: '{number}', gross: '{gross}' }
  ${write}
confirm: { find again: true, steps: [{ press: row }] }
`,
    'entry.yaml',
  );

const SETTLES = '  settles: 1 second\n  pages: all\n';
const SAVE_THEN_POST = `- commit: { press: save, shows: { status: Draft } }
  - commit: { press: post, shows: { status: Posted } }`;

let folder: string;
let books: SmallBooks;
let runner: FormRunner;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'forms-once-'));
  books = await openSmallBooks();
  const executablePath = process.env['ZAPLECZE_CHROMIUM'] ?? '/usr/bin/chromium';
  runner = createFormRunner({ executablePath, sessionDir: folder });
});
afterEach(async () => {
  await runner.close();
  await books.close();
  await rm(folder, { recursive: true, force: true });
});

type More = {
  resolved?: Resolution | undefined;
  afterEffect?: () => Promise<void>;
  beforeEffect?: () => Promise<void>;
};

const fill = (form: ReturnType<typeof formOf>, context: More = {}) => {
  const target = { url: books.url };
  return runner.run({ form, target, key: 'FV/9', values: { number: 'FV/9', gross: '10.00' }, context });
};
const failing = async (work: Promise<unknown>): Promise<FormProblem> => {
  const error: unknown = await work.then(
    () => new Error('it went well'),
    (thrown: unknown) => thrown,
  );
  if (error instanceof FormProblem) return error;
  throw error;
};
const written = () => books.entries.filter(({ number }) => number === 'FV/9');
const times = (request: string): number => books.requests.filter((one) => one === request).length;

/** Ends the attempt once the target has had that request so many times. */
async function killedAfter(count: number, request: string): Promise<never> {
  await vi.waitUntil(() => times(request) >= count, { timeout: 10_000 });
  throw new Error('killed');
}
const be = (manner: Manner): void => void Object.assign(books.manner, manner);

describe('a form whose record does not show', () => {
  it('is pressed once, parks with pictures, and is resolved by a person either way', async () => {
    be({ hides: true });
    const form = formOf({});
    const first = await failing(fill(form));
    expect(first.problem).toMatchObject({
      title: 'done-not-confirmed',
      unconfirmed: { since: expect.any(String) as string },
    });
    expect(first.retryable).toBe(false);
    expect(first.evidence.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['entry-pressed.png', 'failure.png']),
    );
    expect((await failing(fill(form))).problem.title).toBe('done-not-confirmed');
    expect(written()).toHaveLength(1);
    const since = first.problem.unconfirmed?.since ?? '';
    const confirmed = await fill(form, { resolved: { how: 'there', since, record: '26' } });
    expect(confirmed).toMatchObject({ outcome: 'written', record: '26', confirmedBy: 'person' });
    expect(written()).toHaveLength(1);
  });

  it('is pressed again when a person says that there is none, and what was said counts once', async () => {
    be({ hides: true });
    const form = formOf({});
    const since = (await failing(fill(form))).problem.unconfirmed?.since ?? '';
    books.entries.pop();
    const resolved: Resolution = { how: 'none', since };
    expect((await failing(fill(form, { resolved }))).problem.title).toBe('done-not-confirmed');
    expect((await failing(fill(form, { resolved }))).problem.title).toBe('done-not-confirmed');
    expect(written()).toHaveLength(1);
    be({ hides: false });
    expect(await fill(form)).toMatchObject({ outcome: 'already-there', record: '26' });
  });

  it('is not pressed again where only the first of several pages was seen, whatever the form file says', async () => {
    be({ pageSize: 10, failsAfter: 1 });
    const form = formOf({ find: '  settles: 1 second\n' });
    expect((await failing(fill(form))).problem.title).toBe('communication');
    expect((await failing(fill(form))).problem.title).toBe('done-not-confirmed');
    expect(written()).toHaveLength(1);
    expect(await fill(formOf({ find: SETTLES }))).toMatchObject({ outcome: 'already-there', record: '26' });
  });

  it('is found on the last page, opened there, and known the next time', async () => {
    be({ pageSize: 10 });
    const form = formOf({ find: '  pages: all\n' });
    expect(await fill(form)).toMatchObject({ outcome: 'written', record: '26' });
    expect(await fill(form)).toMatchObject({ outcome: 'already-there', record: '26' });
    expect(written()).toHaveLength(1);
  });

  it('is pressed again by itself only on proof, and only once more', async () => {
    const form = formOf({ find: SETTLES });
    for (const presses of [1, 2]) {
      await failing(fill(form, { afterEffect: () => killedAfter(presses, 'POST /save') }));
      books.entries.splice(25);
    }
    expect((await failing(fill(form))).problem.title).toBe('done-not-confirmed');
    expect(times('POST /save')).toBe(2);
  });
});

describe('several lasting presses', () => {
  it('are looked for one by one: what was saved is posted, not saved again', async () => {
    be({ drafts: true });
    const form = formOf({ write: SAVE_THEN_POST });
    await failing(fill(form, { afterEffect: () => killedAfter(1, 'POST /save') }));
    expect(written()).toMatchObject([{ status: 'Draft' }]);
    expect(await fill(form)).toMatchObject({ outcome: 'written', readBack: { status: 'Posted' } });
    expect(written()).toMatchObject([{ status: 'Posted' }]);
    expect(await fill(form)).toMatchObject({ outcome: 'already-there' });
    expect(times('POST /post')).toBe(1);
  });
});

describe('a dry run', () => {
  const rehearse = (form: ReturnType<typeof formOf>) => {
    const target = { url: books.url };
    return runner.rehearse({ form, target, key: 'd', values: { number: 'FV/9', gross: '10.00' }, context: {} });
  };

  it('sends nothing that may change the target, though the form file calls it a press', async () => {
    const form = formOf({ write: '- press: save\n  - commit: post' });
    const { heldBack } = await rehearse(form);
    expect(heldBack).toMatch(/^POST \/save .*harmless/);
    expect(books.requests.filter((one) => one.startsWith('POST'))).toEqual([]);
  });

  it('goes on over a press that the form file calls harmless, up to the one that lasts', async () => {
    be({ calculates: true });
    const harmless = formOf({
      write: '- press: sum\n  - commit: save',
      fields: '  sum: { button: Calculate, harmless: true }',
    });
    expect(await rehearse(harmless)).toMatchObject({ outcome: 'filled' });
    expect(books.requests.filter((one) => one.startsWith('POST'))).toEqual(['POST /calculate']);
  });
});
