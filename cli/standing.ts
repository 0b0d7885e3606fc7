import type { Progress, TaskState } from '../core/model/run.ts';

/** What `standing` needs of a run: the state by Temporal, and what the run tells of itself, where it answers. */
export type Told = { status: string; progress?: Progress | undefined; error?: string | undefined };

/** Where a run stands, in one or two sentences for whoever looks after it. */
export function standing({ status, progress, error }: Told): string {
  if (status === 'completed') return 'It has ended in order.';
  if (status === 'failed') return `It has failed: ${error ?? 'the reason is not known any more'}`;
  if (status !== 'running') return `It was ${status.replace('_', ' ')}.`;
  if (!progress) return 'It goes on, but does not answer: is a worker running ("zaplecze worker engine")?';
  if (progress.incidents.length > 0) return parked(progress);
  const [waiting, running] = ['waiting', 'running'].map((wanted) => deepest(progress.tasks, wanted));
  if (progress.status === 'suspended') return 'It is suspended: no further task begins until "zaplecze resume".';
  if (progress.status === 'waiting' && waiting) return waits(waiting);
  return running ? `It is busy with "${running.task}", since ${minute(running.startedAt)}.` : 'It is about to go on.';
}

function parked({ incidents }: Progress): string {
  const places = incidents.map(({ reference }) =>
    reference === '/' ? 'the whole definition' : `"${nameOf(reference)}"`,
  );
  const many = incidents.length > 1 ? `${incidents.length} places: ` : '';
  return `It is parked at ${many}${places.join(', ')}, and waits for an operator to try again, skip or end it.`;
}

const waits = ({ task, startedAt, waitsFor }: TaskState): string =>
  `It waits at "${task}" since ${minute(startedAt)}${waitsFor ? `, for ${waitsFor}` : ''}.`;

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
