import { Context } from '@temporalio/activity';
import { Worker } from '@temporalio/worker';
import { CAPABILITIES } from '../../core/catalogue/define.ts';
import type { WorkflowDefinition } from '../../core/language/types.ts';
import type { CallInfo } from '../../core/model/call.ts';
import {
  MESSAGES,
  taskQueue,
  WORKFLOW_TYPE,
  type AutomationInput,
  type Progress,
  type Rehearsal,
} from '../../core/model/run.ts';
import type { Client } from '@temporalio/client';
import { problemOf, type Played } from './played.ts';
import { bundleWorkflows } from '../bundle-workflows.ts';
import { openServer } from './server.ts';

/** A whole run in a rehearsal takes its calls' time, some milliseconds each; one that takes longer hangs. */
const RUN_TIMEOUT = '60 seconds';

/** What takes the place of the outside: gives the result of a call, or throws. */
export type Actor = (name: string, args: unknown, call: CallInfo) => unknown;

export type Play = {
  definition: WorkflowDefinition;
  hash: string;
  input: unknown;
  rehearsal: Rehearsal;
  actor: Actor;
};

export type Stage = { play(play: Play): Promise<Played>; close(): Promise<void> };

/**
 * Opens a stage: the interpreter itself on a Temporal server of its own that is thrown away at the end. Every
 * activity of every capability is an actor: nothing outside is touched. Plays may go on side by side.
 */
export async function openStage(temporalExecutable: string): Promise<Stage> {
  const server = await openServer(temporalExecutable);
  const actors = new Map<string, Actor>();
  const workflowBundle = await bundleWorkflows();
  const workers: Worker[] = [];
  for (const capability of CAPABILITIES) {
    const options = { connection: server.connection, taskQueue: taskQueue(capability) };
    const activities = { default: (args: unknown, call: CallInfo) => act(actors, args, call) };
    workers.push(await Worker.create({ ...options, activities, ...(capability === 'engine' && { workflowBundle }) }));
  }
  const running = workers.map((worker) => worker.run());
  return {
    play: (play) => perform(server.client, actors, play),
    async close() {
      for (const worker of workers) worker.shutdown();
      await Promise.all(running);
      await server.close();
    },
  };
}

/** A child's id begins with its parent's: the actor of the whole play answers for both. */
async function act(actors: ReadonlyMap<string, Actor>, args: unknown, call: CallInfo): Promise<unknown> {
  const actor = actors.get(call.run.split(':')[0] ?? '');
  if (!actor) throw new Error(`no play ${call.run}`);
  return (await actor(Context.current().info.activityType, args, call)) ?? null;
}

async function perform(client: Client, actors: Map<string, Actor>, play: Play): Promise<Played> {
  const { definition, hash, input, rehearsal, actor } = play;
  const id = `rehearsal-${actors.size + 1}`;
  actors.set(id, actor);
  const args: AutomationInput = {
    definition,
    hash,
    input,
    options: { onFault: 'fail', rehearsal },
  };
  const handle = await client.workflow.start(WORKFLOW_TYPE, {
    workflowId: id,
    taskQueue: taskQueue('engine'),
    args: [args],
    workflowExecutionTimeout: RUN_TIMEOUT,
  });
  const ended = await handle.result().then(
    (output: unknown) => ({ output }),
    (error: unknown) => ({ fault: problemOf(error) }),
  );
  return { ...ended, progress: await handle.query<Progress>(MESSAGES.progress) };
}
