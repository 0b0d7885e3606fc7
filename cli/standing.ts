import type { Progress, TaskState } from '../core/model/run.ts';

/** What `standing` needs of a run: the state by Temporal, and what the run tells of itself, where it answers. */
export type Told = { status: string; progress?: Progress | undefined; error?: string | undefined };

/** Where a run stands, in one or two sentences for whoever looks after it. */
export function standing({ status, progress, error }: Told): string {
  if (status === 'completed') return 'The run has completed.';
  if (status === 'failed') return `The run has failed: ${error ?? 'the reason is no longer known'}`;
  if (status !== 'running') return `The run was ${status.replace('_', ' ')}.`;
  if (!progress) return 'The run does not respond. Is a worker running ("zaplecze worker engine")?';
  if (progress.incidents.length > 0) return parked(progress);
  const [waiting, running] = ['waiting', 'running'].map((wanted) => deepest(progress.tasks, wanted));
  if (progress.status === 'suspended') return 'The run is suspended: no further task starts until "zaplecze resume".';
  if (progress.status === 'waiting' && waiting) return waits(waiting);
  return running
    ? `The task "${running.task}" has been running since ${minute(running.startedAt)}.`
    : 'The next task is about to start.';
}

function parked({ incidents }: Progress): string {
  const places = incidents.map(({ reference }) =>
    reference === '/' ? 'the whole definition' : `"${nameOf(reference)}"`,
  );
  const many = incidents.length > 1 ? `${incidents.length} places: ` : '';
  return `The run is parked at ${many}${places.join(', ')}. An operator must retry, skip or end it.`;
}

const waits = ({ task, startedAt, waitsFor }: TaskState): string =>
  `The task "${task}" has been waiting since ${minute(startedAt)}${waitsFor ? `, for ${waitsFor}` : ''}.`;

/** Of nested tasks in that state, the innermost: it began last. */
function deepest(tasks: readonly TaskState[], status: string): TaskState | undefined {
  return tasks.findLast((task) => task.status === status);
}

/** Name of the task that a reference leads to. */
function nameOf(reference: string): string {
  return (reference.split('/').at(-1) ?? '').replaceAll('~1', '/').replaceAll('~0', '~');
}

/** Time to the minute, as UTC. */
export function minute(iso: string): string {
  return iso.slice(0, 16).replace('T', ' ');
}
