import { z } from 'zod';
import { ArtefactId } from './artefact.ts';
import { CallInfo } from './call.ts';
import { Problem } from './problem.ts';

/** Name of the workflow type behind a work queue. */
export const QUEUE_WORKFLOW_TYPE = 'workQueue';

/** Workflow id of a queue. Names of targets and ledgers hold no colon. */
export const queueWorkflowId = (name: string): string => `queue:${name}`;

/** What comes first: an invoice that somebody waits for, and reading, goes before the others. */
export const Priority = z.enum(['high', 'normal', 'low']);
export type Priority = z.infer<typeof Priority>;

/** One piece of work for a target. Its arguments are an artefact: histories carry no invoices. */
export const QueueItem = z.object({
  id: z.string().describe('Created by the run for each request'),
  function: z.string().describe('Function of the catalogue, for example ledger.post'),
  reference: z.string().describe('Business key: if the same work is requested twice at the same time, it is done once'),
  title: z.string().describe('For people: what and for whom'),
  priority: Priority,
  due: z.iso.date().optional().describe('The item due first goes first'),
  args: ArtefactId,
  call: CallInfo,
});
export type QueueItem = z.infer<typeof QueueItem>;

/** What the queue tells the run that asked. `full`: it takes no more for now. */
export const QueueAnswer = z.discriminatedUnion('answer', [
  z.object({ answer: z.literal('done'), id: z.string(), result: z.unknown() }),
  z.object({ answer: z.literal('failed'), id: z.string(), problem: Problem }),
  z.object({ answer: z.literal('full'), id: z.string() }),
]);
export type QueueAnswer = z.infer<typeof QueueAnswer>;

/** Names of the queue's signals and of its query. */
export const QUEUE_MESSAGES = {
  add: 'add',
  withdraw: 'withdraw',
  pause: 'pause',
  resume: 'resume',
  retry: 'retry',
  view: 'view',
} as const;

/** Signal by which a run hears of its item. */
export const QUEUE_ANSWER_SIGNAL = 'queue.answer';

/** Activities behind the queue. Definitions cannot call them. */
export const QUEUE_ACTIVITIES = { add: 'queue.add', withdraw: 'queue.withdraw', work: 'queue.work' } as const;

/** Argument of `queue.add`: which function with what, as the definition says it. */
export const AddToQueue = z.object({
  id: z.string(),
  function: z.string(),
  args: z.unknown(),
  call: CallInfo,
});
export const AddedToQueue = z.object({ queue: z.string() });

/** Argument of `queue.withdraw`. */
export const WithdrawFromQueue = z.object({ queue: z.string(), id: z.string() });

/** Argument of `queue.work`. */
export const WorkItem = z.object({ function: z.string(), args: ArtefactId });

export const PauseRequest = z.object({ by: z.string(), reason: z.string() });
export type PauseRequest = z.infer<typeof PauseRequest>;

/** One item as people see it. */
export const QueueItemView = QueueItem.omit({ args: true, call: true }).extend({
  run: z.string(),
  state: z.enum(['running', 'waiting', 'done', 'failed', 'withdrawn']),
  attempts: z.number().int(),
  addedAt: z.iso.datetime(),
  notBefore: z.iso.datetime().optional().describe('When it is next retried automatically'),
  endedAt: z.iso.datetime().optional(),
  problem: Problem.optional().describe('From the last attempt'),
});
export type QueueItemView = z.infer<typeof QueueItemView>;

/** Answer of the query `view`. */
export const QueueView = z.object({
  name: z.string(),
  state: z.enum(['idle', 'working', 'paused', 'target-down']),
  paused: PauseRequest.extend({ since: z.iso.datetime() }).optional(),
  notBefore: z.iso.datetime().optional().describe('When a target that is down is next tried'),
  problem: Problem.optional().describe('Why the target counts as down'),
  items: z.array(QueueItemView).describe('In the order in which they will be done'),
  recent: z.array(QueueItemView).describe('Recently finished, newest first; limited in number'),
});
export type QueueView = z.infer<typeof QueueView>;
