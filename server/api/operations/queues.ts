import { z } from 'zod';
import { QueueView } from '../../../core/model/queue.ts';
import { createQueues } from '../../../intake/queues.ts';
import { type AnyOperation, operation } from '../operation.ts';
import type { ApiParts } from '../parts.ts';

/** Longest id that Temporal gives or takes (its limit `MaxIDLength`). */
const MAX_NAME = 900;
const QueueParams = z.object({ name: z.string().min(1).max(MAX_NAME).describe('Target, or ledger-NAME') });
const Done = z.object({ ok: z.literal(true) });
const done = { ok: true } as const;

/** Work queues: look, pause, resume, try again at once. What changes something goes on the record. */
export function queueOperations({ client, store }: ApiParts): AnyOperation[] {
  const queues = createQueues(client);
  const record = (actor: string, action: string, queue: string, details: object = {}) =>
    store.audit.append({ actor, action: `queue.${action}`, details: { queue, ...details } });
  return [
    operation({
      method: 'get',
      path: '/queues',
      id: 'listQueues',
      summary: 'The work queue of each target that has been used',
      scope: 'runs:read',
      answer: z.array(QueueView),
      handle: async () => Promise.all((await queues.list()).map((name) => queues.show(name))),
    }),
    operation({
      method: 'get',
      path: '/queues/{name}',
      id: 'showQueue',
      summary: 'One queue: current item, waiting items and recently finished ones',
      scope: 'runs:read',
      params: QueueParams,
      answer: QueueView,
      problems: [404],
      handle: ({ params }) => queues.show(params.name),
    }),
    operation({
      method: 'post',
      path: '/queues/{name}/pause',
      id: 'pauseQueue',
      summary: 'Pauses the queue: the current item is finished, no other is started',
      scope: 'runs:operate',
      params: QueueParams,
      body: z.strictObject({ reason: z.string().min(1).max(1000).default('paused by an operator') }),
      answer: Done,
      async handle({ params, body }, { actor }) {
        await queues.pause(params.name, { by: actor, reason: body.reason });
        await record(actor, 'paused', params.name, body);
        return done;
      },
    }),
    operation({
      method: 'post',
      path: '/queues/{name}/resume',
      id: 'resumeQueue',
      summary: 'Resumes a paused queue',
      scope: 'runs:operate',
      params: QueueParams,
      answer: Done,
      problems: [404],
      async handle({ params }, { actor }) {
        await queues.resume(params.name);
        await record(actor, 'resumed', params.name);
        return done;
      },
    }),
    operation({
      method: 'post',
      path: '/queues/{name}/retry',
      id: 'retryQueue',
      summary: 'Immediately retries items that wait for their next attempt, and a target that was down',
      scope: 'runs:operate',
      params: QueueParams,
      body: z.strictObject({ item: z.string().min(1).optional().describe('Item to retry; by default, all of them') }),
      answer: Done,
      problems: [404],
      async handle({ params, body }, { actor }) {
        await queues.retry(params.name, body.item);
        await record(actor, 'retried', params.name, { item: body.item ?? null });
        return done;
      },
    }),
  ];
}
