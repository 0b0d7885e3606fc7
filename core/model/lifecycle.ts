import { z } from 'zod';
import type { CloudEvent } from '../events/cloud-event.ts';

/** First part of the types of lifecycle events (DSL "Lifecycle Events"). */
export const LIFECYCLE_TYPES = 'io.serverlessworkflow.';

/** What lifecycle events tell of a run, and of a task. */
export type LifecycleSubject = {
  workflow:
    | 'started'
    | 'suspended'
    | 'resumed'
    | 'correlation-started'
    | 'correlation-completed'
    | 'cancelled'
    | 'faulted'
    | 'completed';
  task: 'created' | 'started' | 'suspended' | 'resumed' | 'retried' | 'cancelled' | 'faulted' | 'completed';
};

/** Phases of a run, and of a task (DSL "Status Phases"). */
export type StatusPhase = 'pending' | 'running' | 'waiting' | 'suspended' | 'cancelled' | 'faulted' | 'completed';

/** Which of them an installation publishes: those of runs are some per run, those of tasks some per task. */
export const LifecycleEvents = z.enum(['none', 'workflow', 'all']);
export type LifecycleEvents = z.infer<typeof LifecycleEvents>;

/** What the settings of an installation say of it, as options of its runs. */
export function lifecycleOf(settings: { lifecycleEvents: LifecycleEvents; lifecycleStatus: boolean }) {
  return { lifecycle: settings.lifecycleEvents, lifecycleStatus: settings.lifecycleStatus };
}

/** True for an event that tells of a run or a task. */
export function isLifecycle({ type }: Pick<CloudEvent, 'type'>): boolean {
  return type.startsWith(LIFECYCLE_TYPES);
}
