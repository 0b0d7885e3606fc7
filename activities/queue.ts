import type { Artefact, FileContent } from '../core/model/artefact.ts';
import type { CatalogueActivity } from '../core/model/call.ts';
import { applicationException } from '../core/model/problem.ts';
import { AddToQueue, QUEUE_ACTIVITIES, type QueueItem, WithdrawFromQueue, WorkItem } from '../core/model/queue.ts';
import { internalActivity } from './activity.ts';
import { place, type Targets } from './queue-items.ts';

export type Queues = {
  /** Adds to a queue, which starts with its first item. The same item twice is one. */
  add(queue: string, item: QueueItem): Promise<void>;
  withdraw(queue: string, id: string): Promise<void>;
};

export type QueueDependencies = {
  queues: Queues;
  targets: Targets;
  artefacts: { put(file: FileContent): Promise<Artefact> };
};

/** What runs use to put work into the queue of its target, and to take it out. */
export function createQueueActivities({ queues, targets, artefacts }: QueueDependencies) {
  return {
    [QUEUE_ACTIVITIES.add]: internalActivity(QUEUE_ACTIVITIES.add, AddToQueue, async ({ call, ...asked }) => {
      const { queue, args, shown } = await place(asked.function, asked.args, call, targets);
      const bytes = new TextEncoder().encode(JSON.stringify(args));
      const artefact = await artefacts.put({ name: `${asked.function}.json`, mediaType: 'application/json', bytes });
      await queues.add(queue, { id: asked.id, function: asked.function, ...shown, args: artefact.id, call });
      return { queue };
    }),
    [QUEUE_ACTIVITIES.withdraw]: internalActivity(QUEUE_ACTIVITIES.withdraw, WithdrawFromQueue, ({ queue, id }) =>
      queues.withdraw(queue, id),
    ),
  };
}

/** What queues use to do an item: the activity of its function, with the arguments that were put aside. */
export function createWorkActivity(
  activities: Readonly<Record<string, CatalogueActivity>>,
  artefacts: { get(id: string): Promise<FileContent> },
): Record<string, CatalogueActivity> {
  return {
    [QUEUE_ACTIVITIES.work]: internalActivity(QUEUE_ACTIVITIES.work, WorkItem, async (item, { call }) => {
      const work = activities[item.function];
      if (!work) throw applicationException('configuration', `no worker here supports ${item.function}`);
      const { bytes } = await artefacts.get(item.args);
      return work(JSON.parse(new TextDecoder().decode(bytes)), call);
    }),
  };
}
