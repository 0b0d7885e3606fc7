import { mkdir, mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { applicationException, businessException } from '../../core/model/problem.ts';
import {
  type DropHandler,
  type DroppedFile,
  openLocalPlace,
  type Place,
  type PlaceEvent,
  watchPlace,
} from './index.ts';

let folder = '';
let accepted: DroppedFile[] = [];
let events: PlaceEvent[] = [];
let stops: (() => Promise<void>)[] = [];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'watch-'));
  await mkdir(join(folder, 'in'));
  [accepted, events, stops] = [[], [], []];
});
afterEach(async () => {
  for (const stop of stops) await stop();
  await rm(folder, { recursive: true, force: true });
});

const noteOf: DropHandler['noteOf'] = ({ reason }) => ({
  name: '.reason.txt',
  mediaType: 'text/plain',
  bytes: new TextEncoder().encode(reason),
});

/** Looks ten times a second; a file has rested after `restSeconds`. */
function watch(
  accept: DropHandler['accept'] = () => Promise.resolve({ folder: 'done' }),
  { restSeconds = 0.2, open = () => openLocalPlace(folder) } = {},
): void {
  const stopping = new AbortController();
  const watching = watchPlace({
    name: 'orders',
    settings: { folder: 'in', done: 'done', failed: 'failed', pollSeconds: 0.1, restSeconds },
    open: () => Promise.resolve(open()),
    handler: {
      noteOf,
      accept: (file) => {
        accepted.push(file);
        return accept(file);
      },
    },
    onEvent: (event) => events.push(event),
    signal: stopping.signal,
  });
  stops.push(() => {
    stopping.abort();
    return watching;
  });
}

const drop = (name: string, text = name) => writeFile(join(folder, 'in', name), text);
const inside = (name: string) => readdir(join(folder, name)).catch(() => []);
const until = (look: () => Promise<void>) => vi.waitFor(look, { timeout: 15_000, interval: 50 });

it('should take each file once and move it, under a free name where it came before', async () => {
  watch();
  await drop('a.csv');
  await until(async () => expect(await inside('done')).toEqual(['a.csv']));
  await drop('a.csv', 'another');
  await until(async () => expect(await inside('done')).toEqual(['a (2).csv', 'a.csv']));
  expect(accepted.map(({ place, path, name, size }) => [place, path, name, size])).toEqual([
    ['orders', 'in/a.csv', 'a.csv', 5],
    ['orders', 'in/a.csv', 'a.csv', 7],
  ]);
  expect(await inside('in')).toEqual([]);
});

it('should wait for a file that is still being written, and pass over unfinished names', async () => {
  watch(undefined, { restSeconds: 2 });
  await drop('upload.csv.part');
  let text = '';
  for (let line = 0; line < 12; line += 1) {
    text += `${line};x\n`;
    await drop('slow.csv', text);
    await new Promise((done) => setTimeout(done, 250));
    expect(accepted).toEqual([]);
  }
  await until(async () => expect(await inside('done')).toEqual(['slow.csv']));
  expect(new TextDecoder().decode(accepted[0]?.bytes)).toBe(text);
  await rename(join(folder, 'in/upload.csv.part'), join(folder, 'in/upload.csv'));
  await until(async () => expect(await inside('done')).toEqual(['slow.csv', 'upload.csv']));
});

it('should move what nothing takes aside, with a note beside it', async () => {
  watch(({ name }) =>
    name === 'bad.csv'
      ? Promise.reject(businessException('unreadable', 'the file has no rows'))
      : Promise.resolve({ folder: 'failed', reason: 'nobody wants it' }),
  );
  await drop('bad.csv');
  await drop('b.csv');
  await until(async () =>
    expect(await inside('failed')).toEqual(['b.csv', 'b.csv.reason.txt', 'bad.csv', 'bad.csv.reason.txt']),
  );
  expect(await readFile(join(folder, 'failed/b.csv.reason.txt'), 'utf8')).toBe('nobody wants it');
  expect(await readFile(join(folder, 'failed/bad.csv.reason.txt'), 'utf8')).toBe('the file has no rows');
});

it('should leave a file where it is while the outside fails, and take it later', async () => {
  let down = true;
  watch(() =>
    down
      ? Promise.reject(applicationException('communication', 'the store is away'))
      : Promise.resolve({ folder: 'done' }),
  );
  await drop('a.csv');
  await until(() => Promise.resolve(expect(events).toContainEqual(expect.objectContaining({ type: 'not-taken' }))));
  expect(await inside('in')).toEqual(['a.csv']);
  down = false;
  await until(async () => expect(await inside('done')).toEqual(['a.csv']));
});

it('should report a folder that vanished, and go on once it is back', async () => {
  watch();
  await rename(join(folder, 'in'), join(folder, 'away'));
  await until(() => Promise.resolve(expect(events.at(-1)).toMatchObject({ type: 'unreachable', place: 'orders' })));
  expect(events.at(-1)).toMatchObject({ detail: expect.stringContaining('there is no folder "in"') as string });
  await rename(join(folder, 'away'), join(folder, 'in'));
  await drop('a.csv');
  await until(async () => expect(await inside('done')).toEqual(['a.csv']));
  expect(events.map(({ type }) => type)).toContain('reachable');
});

it('should let two workers share a folder: no file is lost, and none lies in two folders', async () => {
  watch();
  watch();
  const names = Array.from({ length: 60 }, (_, at) => `f${String(at).padStart(2, '0')}.csv`);
  for (const name of names) await drop(name);
  await until(async () => expect(await inside('in')).toEqual([]));
  for (const stop of stops.splice(0)) await stop();
  expect((await inside('done')).filter((name) => !name.includes('('))).toEqual(names);
  expect(new Set(accepted.map(({ name }) => name))).toEqual(new Set(names));
  expect((await inside('done')).length).toBe(60);
});

it('should hold up no other file for one that it may not read', async () => {
  const refused = Object.assign(new Error('permission denied'), { code: 'EACCES' });
  const open = (): Place => {
    const place = openLocalPlace(folder);
    return { ...place, get: (path, most) => (path === 'in/a.csv' ? Promise.reject(refused) : place.get(path, most)) };
  };
  watch(undefined, { open });
  await drop('a.csv');
  await drop('z.csv');
  await until(async () => expect(await inside('done')).toEqual(['z.csv']));
  expect(events).toContainEqual(expect.objectContaining({ type: 'not-taken', path: 'in/a.csv' }));
});
