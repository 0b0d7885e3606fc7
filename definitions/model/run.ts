import { z } from 'zod';
import { Problem } from './problem.ts';

/** Name of the one workflow type. */
export const WORKFLOW_TYPE = 'automation';

/** Task queue of a capability, for example zaplecze-documents. Workflows themselves run on the engine's queue. */
export const taskQueue = (capability: string): string => `zaplecze-${capability}`;

/** What one task is doing, for tables and consoles. */
export const TaskState = z.object({
  task: z.string().describe('Name of the task'),
  reference: z.string().describe('JSON pointer, for example /do/2/book'),
  status: z.enum(['running', 'waiting', 'completed', 'faulted', 'skipped', 'parked']),
  startedAt: z.iso.datetime(),
  endedAt: z.iso.datetime().optional(),
});
export type TaskState = z.infer<typeof TaskState>;

/** A run parked for an operator: what failed and with which input. */
export const Incident = z.object({
  id: z.string(),
  reference: z.string(),
  problem: Problem,
  input: z.unknown(),
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
  z.object({ act: z.literal('end'), incident: z.string(), reason: z.string() }),
]);
export type OperatorAct = z.infer<typeof OperatorAct>;

/** Answer of the workflow query `progress`. */
export const Progress = z.object({
  definition: z.object({ namespace: z.string(), name: z.string(), version: z.string(), hash: z.string() }),
  status: z.enum(['running', 'waiting', 'suspended', 'parked', 'completed', 'faulted', 'cancelled']),
  tasks: z.array(TaskState).describe('Tasks in the order they started, newest last; bounded'),
  incidents: z.array(Incident),
});
export type Progress = z.infer<typeof Progress>;
