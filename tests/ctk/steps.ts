import assert from 'node:assert/strict';
import type { WorkflowHandle } from '@temporalio/client';
import { parse } from 'yaml';
import { errorName, type Problem } from '../../core/model/problem.ts';
import { MESSAGES, type Progress } from '../../core/model/run.ts';
import { problemOf, toDefinition, type Engine } from '../support/temporal.ts';
import type { Step } from './features.ts';

/** One scenario while it runs. */
export type World = {
  engine: Engine;
  deployed: Map<string, object>;
  definition?: object;
  input: unknown;
  events: object[];
  handle?: WorkflowHandle;
  startedAt: number;
};

type Match = Record<string, string>;
type Definition = (world: World, match: Match, document: unknown) => Promise<void> | void;

/** A run's events arrive with its start: a listen finds them whenever it begins. */
async function execute(world: World): Promise<void> {
  assert(world.definition, 'no workflow is given');
  world.startedAt = Date.now();
  world.handle = await world.engine.begin(world.definition, world.input);
  for (const [index, event] of world.events.entries()) {
    const envelope = { specversion: '1.0', id: `${index}`, source: '/ctk', ...event };
    await world.handle.signal(MESSAGES.event, envelope);
  }
}

const running = ({ handle }: World): WorkflowHandle => handle ?? assert.fail('no workflow is running');
const output = (world: World): Promise<unknown> => running(world).result();
const fault = (world: World): Promise<Problem> => problemOf(running(world));

async function order(world: World): Promise<string[]> {
  await running(world).result();
  const progress = await running(world).query<Progress>(MESSAGES.progress);
  return progress.tasks.filter(({ status }) => status !== 'skipped').map(({ task }) => task);
}

/** Value at a path of dots; fails where there is none. */
function at(value: unknown, path: string): unknown {
  return path.split('.').reduce<unknown>((node, key) => {
    assert(typeof node === 'object' && node !== null && key in node, `"${path}" is not in ${JSON.stringify(value)}`);
    return Reflect.get(node, key);
  }, value);
}

/** Types of errors are compared by their last segment; the rest must be equal. */
function assertProblem(actual: Problem, expected: unknown): void {
  assert(typeof expected === 'object' && expected !== null);
  for (const [key, value] of Object.entries(expected)) {
    const found: unknown = at(actual, key);
    if (key === 'type') assert.equal(errorName(String(found)), errorName(String(value)));
    else assert.deepEqual(found, value);
  }
}

/** The step language of the specification's conformance kit, and below it what the kit has no steps for. */
const STEPS: [RegExp, Definition][] = [
  [
    /^(given )?a workflow with definition:$/,
    (world, _, document) => void (world.definition = toDefinition(document as object)),
  ],
  [/^(given )?the workflow input is:$/, (world, _, document) => void (world.input = document)],
  [/^the workflow is executed$/, execute],
  [/^the workflow should complete$/, async (world) => void (await output(world))],
  [
    /^the workflow should complete with output:$/,
    async (world, _, document) => assert.deepEqual(await output(world), document),
  ],
  [/^the workflow should fault$/, async (world) => void (await fault(world))],
  [
    /^the workflow should fault with error:$/,
    async (world, _, document) => assertProblem(await fault(world), document),
  ],
  [
    /^the workflow output should have properties (?<paths>.+)$/,
    async (world, { paths = '' }) => {
      const value = await output(world);
      for (const [, path = ''] of paths.matchAll(/'([^']+)'/g)) at(value, path);
    },
  ],
  [
    /^the workflow output should have a '(?<path>[^']+)' property with value:$/,
    async (world, { path = '' }, document) => assert.deepEqual(at(await output(world), path), document),
  ],
  [
    /^the workflow output should have a '(?<path>[^']+)' property containing (?<count>\d+) items$/,
    async (world, { path = '', count }) => {
      const items = at(await output(world), path);
      assert(Array.isArray(items), `${path} is not a list`);
      assert.equal(items.length, Number(count));
    },
  ],
  [/^(?<task>\w+) should run first$/, async (world, { task }) => assert.equal((await order(world))[0], task)],
  [/^(?<task>\w+) should run last$/, async (world, { task }) => assert.equal((await order(world)).at(-1), task)],
  [
    /^(?<task>\w+) should run after (?<before>\w+)$/,
    async (world, { task = '', before = '' }) => {
      const tasks = await order(world);
      assert(tasks.includes(task) && tasks.includes(before), `${task} or ${before} did not run`);
      assert(tasks.lastIndexOf(task) > tasks.indexOf(before), `${task} ran before ${before}`);
    },
  ],

  [/^(given )?a deployed workflow with definition:$/, (world, _, document) => deploy(world, document)],
  [/^(given )?the events:$/, (world, _, document) => void (world.events = document as object[])],
  [/^(?<task>\w+) should not run$/, async (world, { task = '' }) => assert(!(await order(world)).includes(task))],
  [
    /^(?<task>\w+) should run (?<count>\d+) times$/,
    async (world, { task, count }) => {
      const times = (await order(world)).filter((name) => name === task).length;
      assert.equal(times, Number(count));
    },
  ],
  [
    /^the workflow should take at least (?<ms>\d+) milliseconds$/,
    async (world, { ms }) => {
      await output(world);
      assert(Date.now() - world.startedAt >= Number(ms));
    },
  ],
];

function deploy(world: World, document: unknown): void {
  const definition = toDefinition(document as object);
  world.deployed.set(definition.document.name, definition);
}

/** Does one step. Throws where it does not hold, or where nothing understands it. */
export async function perform(world: World, { text, document }: Step): Promise<void> {
  for (const [pattern, definition] of STEPS) {
    const match = pattern.exec(text);
    if (!match) continue;
    await definition(world, match.groups ?? {}, document === undefined ? undefined : parse(document));
    return;
  }
  throw new Error(`no step reads "${text}"`);
}
