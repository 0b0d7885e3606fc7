import { z } from 'zod';
import type { WorkflowDefinition } from '../language/types.ts';
import type { CloudEvent } from '../events/cloud-event.ts';
import type { LifecycleEvents } from './lifecycle.ts';
import { Problem } from './problem.ts';

/** Name of the one workflow type. */
export const WORKFLOW_TYPE = 'automation';

/** Name of the workflow type that keeps `schedule.after`: starts a definition again some time after each completion. */
export const REPEAT_TYPE = 'repeat';

/** Task queue of a capability, for example zaplecze-documents. Workflows themselves run on the engine's queue. */
export const taskQueue = (capability: string): string => `zaplecze-${capability}`;

/** How a run behaves, as whoever starts it says. */
export type RunOptions = {
  /** `park`: an exception from outside that no `try` catches waits for an operator. `fail`: it ends the run. */
  onFault: 'park' | 'fail';
  /** Write `ZapleczeState` and `ZapleczeDefinition`; only where the Temporal namespace has them registered. */
  searchAttributes?: boolean;
  /** Lifecycle events that the run publishes; none where absent. */
  lifecycle?: LifecycleEvents;
  /** Also an event for each change of status, of the runs and tasks that `lifecycle` names. */
  lifecycleStatus?: boolean;
  /** The run is a rehearsal (a test of a definition, a simulation): never set on an installation. */
  rehearsal?: Rehearsal;
};

/**
 * How a rehearsal differs from a run: flow functions are called as activities, as every other function is, so that they
 * can be answered; time passes by itself wherever nothing but time is waited for, days within milliseconds.
 */
export type Rehearsal = {
  /** When the run begins by its own clock, milliseconds of the epoch; without it, now. */
  startsAt?: number;
  /** Events that arrive while the run goes on, each so many milliseconds after its start by its own clock. */
  events: { atMs: number; event: CloudEvent }[];
};

/** The one argument of the workflow. */
export type AutomationInput = {
  definition: WorkflowDefinition;
  /** Content hash of the definition. */
  hash: string;
  input: unknown;
  options: RunOptions;
  /** Where the run was when it continued as new. Written and read by the workflow alone. */
  resume?: unknown;
};

/** Argument of the update `migrate`: the version that the run is to go on in. */
export type MigrateRequest = Pick<AutomationInput, 'definition' | 'hash'>;

/** What `repeat` starts, how long after each completion it starts it again, and how runs and their lists name it. */
export type RepeatInput = {
  start: AutomationInput;
  afterMs: number;
  /** First part of the ids of the runs, for example finance.dunning. */
  name: string;
  memo: Record<string, string>;
  /** When the run before ended, milliseconds of the epoch. Written and read by the workflow alone. */
  endedAt?: number;
};

/** Search attributes of a run, both of type Keyword. */
export const SEARCH_ATTRIBUTES = { state: 'ZapleczeState', definition: 'ZapleczeDefinition' } as const;

/** Names of the workflow's signals, updates and queries. */
export const MESSAGES = {
  event: 'event',
  messages: 'messages',
  suspend: 'suspend',
  resume: 'resume',
  cancel: 'cancel',
  operate: 'operate',
  migrate: 'migrate',
  replace: 'replace',
  progress: 'progress',
} as const;

/** Activity of an emitted event. */
export const PUBLISH_ACTIVITY = 'event.publish';
/** Activity of lifecycle events: `{ events }`, published in their order. */
export const LIFECYCLE_ACTIVITY = 'event.lifecycle';
/** Activity by which a run says which events it wants: `{ key, types }`; no types stand for any. */
export const SUBSCRIBE_ACTIVITY = 'event.subscribe';
/** Activity that finds a deployed definition: `{ namespace, name, version }` to `{ definition, hash }`. */
export const FIND_DEFINITION_ACTIVITY = 'definition.find';
/** Activity that reads an external resource: `{ endpoint }` to its parsed content. */
export const READ_RESOURCE_ACTIVITY = 'resource.read';
/** Scheme of addresses of functions that are shipped: `library:rate.find/1.0.0`. */
export const LIBRARY_SCHEME = 'library:';
/** Activity of `run: script | shell | container`; it refuses what the operator does not allow. */
export const RUN_PROCESS_ACTIVITY = 'run.process';

/** What one task is doing, for tables and consoles. */
export const TaskState = z.object({
  task: z.string().describe('Name of the task'),
  reference: z.string().describe('JSON pointer, for example /do/2/book'),
  status: z.enum(['running', 'waiting', 'completed', 'faulted', 'skipped', 'parked', 'cancelled']),
  startedAt: z.iso.datetime(),
  endedAt: z.iso.datetime().optional(),
  queue: z.string().optional().describe('The target queue in which it is waiting'),
  waitsFor: z.string().optional().describe('While waiting: what for, in words'),
  choice: z.string().optional().describe('For a switch: the name of the case that was chosen'),
});
export type TaskState = z.infer<typeof TaskState>;

/** A run parked for an operator: what failed and with which input. */
export const Incident = z.object({
  id: z.string(),
  reference: z.string(),
  problem: Problem,
  input: z.unknown(),
  with: z.unknown().optional().describe('For a call: the arguments it failed with, which an operator may change'),
  since: z.iso.datetime(),
});
export type Incident = z.infer<typeof Incident>;

/** What an operator may do with a parked task. */
export const OperatorAct = z.discriminatedUnion('act', [
  z.object({
    act: z.literal('retry'),
    incident: z.string(),
    with: z.unknown().optional().describe('Changed arguments'),
  }),
  z.object({ act: z.literal('skip'), incident: z.string(), output: z.unknown().optional() }),
  z.object({
    act: z.literal('confirm'),
    incident: z.string(),
    record: z.string().optional().describe('Number that the target gave it'),
    output: z.unknown().optional().describe('Of a call by a protocol: what it would have answered'),
  }),
  z.object({ act: z.literal('none'), incident: z.string() }),
  z.object({ act: z.literal('end'), incident: z.string(), reason: z.string() }),
]);
export type OperatorAct = z.infer<typeof OperatorAct>;

/** What an operator may do with a run as a whole. */
export const Control = z.strictObject({
  act: z.enum(['suspend', 'resume', 'cancel']),
  reason: z.string().optional().describe('For the audit trail'),
});
export type Control = z.infer<typeof Control>;

/** Answer of the workflow query `progress`. */
export const Progress = z.object({
  definition: z.object({ namespace: z.string(), name: z.string(), version: z.string(), hash: z.string() }),
  status: z.enum(['running', 'waiting', 'suspended', 'parked', 'completed', 'faulted', 'cancelled']),
  tasks: z.array(TaskState).describe('Tasks in the order in which they started, newest last; limited in number'),
  incidents: z.array(Incident),
});
export type Progress = z.infer<typeof Progress>;
