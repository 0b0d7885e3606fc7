import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { WorkflowHandle } from '@temporalio/client';
import { ApplicationFailure } from '@temporalio/common';
import { TestWorkflowEnvironment } from '@temporalio/testing';
import { bundleWorkflowCode, Runtime, Worker, type WorkflowBundle } from '@temporalio/worker';
import { parse } from 'yaml';
import { CAPABILITIES } from '../../core/catalogue/define.ts';
import type { WorkflowDefinition } from '../../core/language/types.ts';
import type { CallInfo } from '../../core/model/call.ts';
import { Problem, type ProblemError } from '../../core/model/problem.ts';
import {
  SUBSCRIBE_ACTIVITY,
  taskQueue,
  WORKFLOW_TYPE,
  type AutomationInput,
  type RunOptions,
} from '../../core/model/run.ts';

/** Stand-in for an activity, by the name of its function. */
export type Stub = (args: never, call: CallInfo) => unknown;
export type Stubs = Record<string, Stub>;

/** Dev server of a test file: its tick of 50 ms per workflow task would make hundreds of tests slow. */
const FAST_SERVER = ['transfer', 'timer', 'visibility'].flatMap((queue) => [
  '--dynamic-config-value',
  `history.${queue}ProcessorMaxPollRPS=2000`,
]);

/** Activities hear of their cancellation in the answer to a heartbeat: soon, so that tests need not wait. */
const HEARTBEAT_THROTTLE_MS = 200;

let runs = 0;

export type StartOptions = { stubs?: Stubs; serverArgs?: string[]; maxCachedWorkflows?: number };

/** A Temporal dev server with one worker for every capability, whose activities are stubs. */
export class Engine {
  readonly env: TestWorkflowEnvironment;
  readonly #workers: Worker[];
  readonly #running: Promise<void>[];
  readonly #stubs: Stubs;

  private constructor(env: TestWorkflowEnvironment, workers: Worker[], stubs: Stubs) {
    this.env = env;
    this.#workers = workers;
    this.#stubs = stubs;
    this.#running = workers.map((worker) => worker.run());
  }

  static async start({ stubs = {}, serverArgs = [], maxCachedWorkflows }: StartOptions = {}): Promise<Engine> {
    quiet();
    const env = await TestWorkflowEnvironment.createLocal({
      server: {
        executable: temporalExecutable(),
        extraArgs: [...FAST_SERVER, ...serverArgs],
        log: { format: 'pretty', level: 'error' },
      },
    });
    const live: Stubs = { [SUBSCRIBE_ACTIVITY]: () => null, ...stubs };
    const bundle = await workflowBundle();
    const activities = Object.fromEntries(Object.keys(live).map((name) => [name, caller(live, name)]));
    const workers = [];
    for (const capability of CAPABILITIES) {
      workers.push(
        await Worker.create({
          connection: env.nativeConnection,
          taskQueue: taskQueue(capability),
          activities,
          maxHeartbeatThrottleInterval: HEARTBEAT_THROTTLE_MS,
          ...(capability === 'engine' && { workflowBundle: bundle, maxCachedWorkflows }),
        }),
      );
    }
    return new Engine(env, workers, live);
  }

  /** Replaces a stub that was there at the start. */
  stub(name: string, stub: Stub): void {
    if (!(name in this.#stubs)) throw new Error(`stub ${name} must be named at the start`);
    this.#stubs[name] = stub;
  }

  /** Starts a run of a definition, given as an object or as YAML. */
  async begin(
    definition: string | object,
    input: unknown = {},
    options: Partial<RunOptions> & { id?: string } = {},
  ): Promise<WorkflowHandle> {
    const { id = `test-${process.pid}-${++runs}`, ...rest } = options;
    const args: AutomationInput = {
      definition: toDefinition(definition),
      hash: 'sha256:test',
      input,
      options: { onFault: 'fail', ...rest },
    };
    return this.env.client.workflow.start(WORKFLOW_TYPE, {
      workflowId: id,
      taskQueue: taskQueue('engine'),
      args: [args],
    });
  }

  /** Runs a definition to its end: the output. */
  async run(definition: string | object, input: unknown = {}, options: Partial<RunOptions> = {}): Promise<unknown> {
    const handle = await this.begin(definition, input, options);
    return handle.result();
  }

  /** Runs a definition that faults: the problem. */
  async fault(definition: string | object, input: unknown = {}, options: Partial<RunOptions> = {}): Promise<Problem> {
    const handle = await this.begin(definition, input, options);
    return problemOf(handle);
  }

  async stop(): Promise<void> {
    for (const worker of this.#workers) worker.shutdown();
    await Promise.all(this.#running);
    await this.env.teardown();
  }
}

/** The problem that a run faulted with. Throws where it did not. */
export async function problemOf(handle: WorkflowHandle): Promise<Problem> {
  const ended = await handle.result().then(
    (output: unknown) => ({ output }),
    (error: unknown) => ({ error }),
  );
  if ('output' in ended)
    throw new Error(`the run completed with ${JSON.stringify(ended.output)}, a fault was expected`);
  const cause = ended.error instanceof Error ? ended.error.cause : undefined;
  if (cause instanceof ApplicationFailure) return Problem.parse(cause.details?.[0]);
  throw ended.error;
}

/** A definition from a whole YAML text or from its `do` (and what else it has) alone. */
export function toDefinition(definition: string | object): WorkflowDefinition {
  const parsed: unknown = typeof definition === 'string' ? parse(definition) : definition;
  const document = { dsl: '1.0.3', namespace: 'test', name: 'test', version: '1.0.0' };
  return { document, ...(parsed as object) } as WorkflowDefinition;
}

/** An activity failure as the activities' own wrapper makes it. */
export function failure({ problem, retryable }: ProblemError): ApplicationFailure {
  return ApplicationFailure.create({
    message: problem.detail ?? problem.type,
    type: problem.type,
    nonRetryable: !retryable,
    details: [problem],
  });
}

/** Polls until `look` gives something; fails after `withinMs`. */
export async function eventually<T>(look: () => Promise<T | undefined>, withinMs = 20_000): Promise<T> {
  const end = Date.now() + withinMs;
  for (;;) {
    const found = await look();
    if (found !== undefined) return found;
    if (Date.now() > end) throw new Error(`nothing came within ${withinMs} ms`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** The Temporal CLI: ZAPLECZE_TEMPORAL, or where the set-up puts it. */
export function temporalExecutable(): { type: 'existing-path'; path: string } | { type: 'cached-download' } {
  const path = process.env['ZAPLECZE_TEMPORAL'] ?? join(homedir(), '.cache', 'zaplecze', 'tools', 'temporal');
  return existsSync(path) ? { type: 'existing-path', path } : { type: 'cached-download' };
}

let bundled: Promise<WorkflowBundle> | undefined;

/** The workflow code, bundled once per process. */
export function workflowBundle(): Promise<WorkflowBundle> {
  const fileOf = (name: string): string => fileURLToPath(new URL(`../../workflows/${name}`, import.meta.url));
  const workflowsPath = fileOf('automation.ts');
  const workflowInterceptorModules = [fileOf('refuse-clear.ts')];
  bundled ??= bundleWorkflowCode({ workflowsPath, workflowInterceptorModules, logger: silentLogger });
  return bundled;
}

const nothing = (): void => undefined;
const silentLogger = { log: nothing, trace: nothing, debug: nothing, info: nothing, warn: nothing, error: nothing };
let silenced = false;

/** No logs of workers, unless ZAPLECZE_LOG asks for them. */
export function quiet(): void {
  if (silenced) return;
  silenced = true;
  Runtime.install({ logger: process.env['ZAPLECZE_LOG'] ? undefined : silentLogger });
}

function caller(stubs: Stubs, name: string): (args: never, call: CallInfo) => Promise<unknown> {
  return async (args, call) => stubs[name]?.(args, call);
}
