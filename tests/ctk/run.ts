import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { deliverToRun } from '../../activities/calls/asyncapi/deliver.ts';
import { createCallActivities } from '../../activities/calls/index.ts';
import { createProcessActivities } from '../../activities/processes.ts';
import { callDeps } from '../support/calls.ts';
import { Engine, type Stubs } from '../support/temporal.ts';
import { parseFeature, type Scenario } from './features.ts';
import { startStandIns } from './stand-ins.ts';
import { perform, type World } from './steps.ts';

/**
 * Runs the Gherkin features of a folder against the engine: `npm run ctk -- DIR`; without DIR, the project's own.
 * Prints a line for each scenario and `N passed, N failed`; exits with 1 where one failed.
 */
async function main(): Promise<number> {
  const folder = process.argv[2] ?? join(import.meta.dirname, 'features');
  const scenarios = await readScenarios(folder);
  const standIns = await startStandIns();
  const deployed = new Map<string, object>();
  const engine = await Engine.start({ stubs: stubs(standIns.fetch, deployed) });
  let failed = 0;
  try {
    for (const scenario of scenarios) {
      const error = await attempt(engine, deployed, scenario);
      if (error) failed++;
      console.log(`${error ? 'failed' : 'passed'}  ${scenario.feature}: ${scenario.name}`);
      if (error) console.log(`        ${error.message}`);
    }
  } finally {
    await engine.stop();
    standIns.close();
  }
  console.log(`${scenarios.length - failed} passed, ${failed} failed`);
  return failed > 0 || scenarios.length === 0 ? 1 : 0;
}

async function readScenarios(folder: string): Promise<Scenario[]> {
  const files = (await readdir(folder)).filter((name) => name.endsWith('.feature')).toSorted();
  const texts = await Promise.all(files.map((name) => readFile(join(folder, name), 'utf8')));
  return texts.flatMap(parseFeature);
}

/** Real calls over HTTP, to the stand-ins; everything else of the outside is stubbed. */
function stubs(fetch: typeof globalThis.fetch, deployed: Map<string, object>): Stubs {
  return {
    ...createCallActivities(callDeps({ fetch, deliver: deliverToRun })),
    ...createProcessActivities({ ...callDeps({ fetch }), processes: { allow: ['script'], volumes: [], path: '' } }),
    'event.publish': () => null,
    'definition.find': ({ name }: { name: string }) => ({ definition: deployed.get(name), hash: 'sha256:ctk' }),
  };
}

async function attempt(engine: Engine, deployed: Map<string, object>, { steps }: Scenario): Promise<Error | undefined> {
  deployed.clear();
  const world: World = { engine, deployed, input: {}, events: [], startedAt: 0 };
  try {
    for (const step of steps) await perform(world, step);
    return undefined;
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
}

process.exitCode = await main();
