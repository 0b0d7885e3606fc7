import { NativeConnection, Worker } from '@temporalio/worker';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createFormActivities } from '../../activities/forms.ts';
import { createQueueActivities, createWorkActivity } from '../../activities/queue.ts';
import type { FormRequest, FormResult, FormRunner } from '../../bots/forms/index.ts';
import { loadForm } from '../../core/forms/load.ts';
import { findFunction } from '../../core/catalogue/catalogue.ts';
import type { CatalogueActivity } from '../../core/model/call.ts';
import type { Artefact, FileContent } from '../../core/model/artefact.ts';
import { applicationException } from '../../core/model/problem.ts';
import { taskQueue } from '../../core/model/run.ts';
import { createQueues } from '../../intake/queues.ts';
import { Engine, eventually, failure } from '../../tests/support/temporal.ts';
import { Items, freshQueue } from './items.ts';

const FORM = `form: note
title: Note
effect: none
target: { name: portal, start: /, login: [{ press: save }], signed out: Log in }
parameters: {}
fields: { save: { button: Save } }
write: [{ press: save }]
`;

/** Rounds of four forms within which the server gives something to each of two workers. */
const MOST_ROUNDS = 25;

/** What a run was seen doing at the target. */
type Session = { worker: string; key: string };
let sessions: Session[] = [];
let atOnce = 0;
let mostAtOnce = 0;
let behave: (request: FormRequest) => void = () => undefined;
let engine: Engine;
let second: Worker;
let secondConnection: NativeConnection;
let secondRuns: Promise<void>;

/** Files in memory: two workers share a store. */
const files: FileContent[] = [];
const artefacts = {
  put(file: FileContent): Promise<Artefact> {
    const { name, mediaType, bytes } = file;
    const id = `sha256:${(files.push(file) - 1).toString(16).padStart(64, '0')}`;
    return Promise.resolve({ id, name, mediaType, size: bytes.length });
  },
  get(id: string): Promise<FileContent> {
    const file = files[Number.parseInt(id.slice('sha256:'.length), 16)];
    return file ? Promise.resolve(file) : Promise.reject(new Error(`no file ${id}`));
  },
};
const form = () => Promise.resolve(loadForm(FORM, 'note.yaml'));

/** A form runner of a process of its own, which does not know what the other one does. */
function runnerOf(worker: string): FormRunner {
  const use = async <T>(request: FormRequest, result: T): Promise<T> => {
    behave(request);
    sessions.push({ worker, key: request.key });
    atOnce += 1;
    mostAtOnce = Math.max(mostAtOnce, atOnce);
    await new Promise((resolve) => setTimeout(resolve, 30));
    atOnce -= 1;
    return result;
  };
  const written: FormResult = { outcome: 'written', readBack: {}, proof: [], drift: [] };
  return {
    run: (request) => use(request, { ...written, record: `R-${request.key}` }),
    visit: (request) => use(request, { fields: [], proof: [], drift: [] }),
    find: (request) => use(request, undefined),
    rehearse: (request) => use(request, { outcome: 'filled' as const, proof: [], drift: [] }),
    close: () => Promise.resolve(),
  };
}

function activitiesOf(worker: string): Record<string, CatalogueActivity> {
  const target = () => Promise.resolve({ url: 'http://portal.example/', user: 'bot' });
  const forms = createFormActivities({ runner: runnerOf(worker), target, form, artefacts });
  return { ...forms, ...createWorkActivity(forms, artefacts) };
}

beforeAll(async () => {
  let queues: ReturnType<typeof createQueues> | undefined;
  const later = () => queues ?? createQueues(engine.env.client);
  const asking = createQueueActivities({
    queues: { add: (...args) => later().add(...args), withdraw: (...args) => later().withdraw(...args) },
    targets: {
      ledger: () => {
        throw new Error('no ledger here');
      },
      form,
    },
    artefacts,
  });
  engine = await Engine.start({ stubs: { ...asking, ...activitiesOf('first') } });
  queues = createQueues(engine.env.client);
  // As another process would have it.
  secondConnection = await NativeConnection.connect({ address: engine.env.address });
  second = await Worker.create({
    connection: secondConnection,
    taskQueue: taskQueue('browser'),
    activities: activitiesOf('second'),
  });
  secondRuns = second.run();
});
afterAll(async () => {
  second.shutdown();
  await secondRuns;
  await secondConnection.close();
  await engine.stop();
});

const fill = (key: string, more: object = {}) =>
  engine.begin({ do: [{ fill: { call: 'form.fill', with: { form: 'note', key, values: {}, ...more } } }] });
const check = () => engine.begin({ do: [{ look: { call: 'form.check', with: { form: 'note' } } }] });
const queues = () => createQueues(engine.env.client);

it('should have one session at a target, however many runs and workers there are', async () => {
  const runs = await Promise.all([...Array.from({ length: 15 }, (_, i) => fill(`N${i}`)), check()]);
  const results = await Promise.all(runs.map((run) => run.result()));
  expect(results.slice(0, -1)).toMatchObject(Array.from({ length: 15 }, (_, i) => ({ record: `R-N${i}` })));
  expect(results.at(-1)).toMatchObject({ ok: true });
  expect(sessions.map(({ key }) => key).sort()).toEqual(
    [...Array.from({ length: 15 }, (_, i) => `N${i}`), 'form.check'].sort(),
  );
  const workers = () => new Set(sessions.map(({ worker }) => worker));
  // Which worker gets a task is the server's affair; soon both have had one.
  for (let more = 0; workers().size < 2 && more < MOST_ROUNDS; more += 1) {
    const round = await Promise.all(['a', 'b', 'c', 'd'].map((key) => fill(`${key}${more}`)));
    await Promise.all(round.map((run) => run.result()));
  }
  expect(workers()).toEqual(new Set(['first', 'second']));
  expect(mostAtOnce).toBe(1);
});

it('should take what is urgent first, and a check last', async () => {
  sessions = [];
  await queues().pause('portal', { by: 'anna', reason: 'stock-taking' });
  const runs = [
    await check(),
    await fill('later', { due: '2026-12-02' }),
    await fill('sooner', { due: '2026-12-01' }),
    await fill('urgent', { priority: 'high' }),
  ];
  await eventually(async () => ((await queues().show('portal')).items.length === 4 ? true : undefined));
  await queues().resume('portal');
  await Promise.all(runs.map((run) => run.result()));
  expect(sessions.map(({ key }) => key)).toEqual(['urgent', 'sooner', 'later', 'form.check']);
});

it('should stay while its target is down, tell an operator, and go on by itself when it is back', async () => {
  const down = applicationException('communication', 'http://portal.example/ does not answer');
  let looks = 0;
  behave = () => {
    looks += 1;
    if (looks <= 2) throw failure(down);
  };
  const run = await fill('patient');
  const seen = await eventually(async () => {
    const view = await queues().show('portal');
    return view.state === 'target-down' ? view : undefined;
  });
  expect(seen).toMatchObject({
    problem: { detail: 'http://portal.example/ does not answer' },
    items: [{ attempts: 0 }],
  });
  // Nobody does anything: the pauses are 2 s and 4 s.
  expect(await run.result()).toMatchObject({ record: 'R-patient' });
  expect(looks).toBe(3);
});

it('should neither lose an item nor give it back in an hour of outage', () => {
  const items = new Items(freshQueue('portal'));
  const call = { run: 'r', key: 'k' } as Parameters<typeof items.add>[0]['call'];
  const args = `sha256:${'0'.repeat(64)}`;
  items.add({ id: '1', function: 'form.fill', reference: 'a', title: 'a', priority: 'normal', args, call }, 0);
  const { problem } = applicationException('communication', 'down');
  let now = 0;
  let looks = 0;
  while (now < 60 * 60_000) {
    expect(items.next(now)).toBeDefined();
    looks += 1;
    expect(items.noteOutage(problem, now)).toBeLessThan(60 * 60_000);
    now += items.wakesIn(now) ?? 0;
  }
  expect(looks).toBeLessThan(findFunction('form.fill')!.limits.attempts * 5);
  expect(items.next(now)?.attempts).toBe(0);
});
