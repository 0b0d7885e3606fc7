import type { z } from 'zod';
import { invoiceKey } from '../bots/documents/index.ts';
import { findFunction } from '../definitions/functions/catalogue.ts';
import type { LedgerInvoice } from '../definitions/functions/ledger-post.ts';
import type { Artefact, FileContent } from '../definitions/model/artefact.ts';
import type { CatalogueActivity } from '../definitions/model/call.ts';
import { applicationException } from '../definitions/model/problem.ts';
import {
  AddToQueue,
  QUEUE_ACTIVITIES,
  type QueueItem,
  WithdrawFromQueue,
  WorkItem,
} from '../definitions/model/queue.ts';
import type { LedgerSettings } from '../definitions/settings.ts';
import { internalActivity } from './activity.ts';

export type Queues = {
  /** Adds to a queue, which starts with its first item. The same item twice is one. */
  add(queue: string, item: QueueItem): Promise<void>;
  withdraw(queue: string, id: string): Promise<void>;
};

export type QueueDependencies = {
  queues: Queues;
  ledger: (name: string) => LedgerSettings;
  artefacts: { put(file: FileContent): Promise<Artefact> };
};

/** What runs use to put work into the queue of its target, and to take it out. */
export function createQueueActivities({ queues, ledger, artefacts }: QueueDependencies) {
  return {
    [QUEUE_ACTIVITIES.add]: internalActivity(QUEUE_ACTIVITIES.add, AddToQueue, async ({ call, ...asked }) => {
      const args = parsed(asked);
      const bytes = new TextEncoder().encode(JSON.stringify(args));
      const { id } = await artefacts.put({ name: `${asked.function}.json`, mediaType: 'application/json', bytes });
      const queue = queueOf(args.ledger, ledger(args.ledger));
      await queues.add(queue, { ...describe(asked, args, call.key), args: id, call });
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
      if (!work) throw applicationException('configuration', `no worker here does ${item.function}`);
      const { bytes } = await artefacts.get(item.args);
      return work(JSON.parse(new TextDecoder().decode(bytes)), call);
    }),
  };
}

/** One queue for each target, since it has one user and one session; files are a target each. */
function queueOf(name: string, settings: LedgerSettings): string {
  return 'target' in settings ? settings.target : `ledger-${name}`;
}

type Asked = Pick<z.infer<typeof AddToQueue>, 'id' | 'function' | 'args'>;
type LedgerArguments = z.infer<typeof LedgerInvoice>;

/** The whole `with` by the function's own schema, of which every ledger function has ledger and invoice. */
function parsed({ function: name, args }: Asked): LedgerArguments {
  const spec = findFunction(name);
  if (!spec?.queued) throw applicationException('configuration', `${name} is not a function that goes through a queue`);
  const whole = spec.with.safeParse(args);
  if (!whole.success) {
    const detail = `${name}: ${whole.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('; ')}`;
    throw applicationException('validation', detail, { retryable: false });
  }
  return whole.data as LedgerArguments;
}

function describe({ id, function: name }: Asked, { invoice, priority }: LedgerArguments, key: string) {
  const { number, seller, totals, currency, dueDate } = invoice;
  const title = [number, seller.name, totals.gross && `${totals.gross} ${currency ?? ''}`].filter(Boolean).join(' · ');
  return {
    id,
    function: name,
    reference: invoiceKey(invoice) ?? key,
    title,
    priority,
    ...(dueDate && { due: dueDate }),
  };
}
