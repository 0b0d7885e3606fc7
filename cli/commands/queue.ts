import { z } from 'zod';
import { type QueueItemView, QueueView } from '../../core/model/queue.ts';
import { callApi } from '../api-client.ts';
import { EXIT, type Io, table } from '../io.ts';

type Json = { json?: boolean };

/** `zaplecze queue list`: the queue of each target that anything was asked of. */
export async function list(options: Json, io: Io): Promise<number> {
  const queues = z.array(QueueView).parse(await callApi('GET', '/queues'));
  if (options.json) io.out(JSON.stringify(queues));
  else if (queues.length === 0) io.out('no queues yet: no target has been used');
  else
    io.out(
      table(
        ['STATE', 'WAITING', 'QUEUE', 'WHY'],
        queues.map((queue) => [queue.state, String(queue.items.length), queue.name, whyOf(queue)]),
      ),
    );
  return EXIT.ok;
}

/** `zaplecze queue show NAME`: what is under way, what waits and for what, what ended lately. */
export async function show(name: string, options: Json, io: Io): Promise<number> {
  const queue = QueueView.parse(await callApi('GET', `/queues/${encodeURIComponent(name)}`));
  if (options.json) io.out(JSON.stringify(queue));
  else tell(queue, io);
  return queue.state === 'paused' || queue.state === 'target-down' ? EXIT.notOk : EXIT.ok;
}

/** `zaplecze queue pause|resume|retry NAME`. */
export async function act(
  verb: 'pause' | 'resume' | 'retry',
  name: string,
  { json, ...body }: Json & { reason?: string; item?: string },
  io: Io,
): Promise<number> {
  const path = `/queues/${encodeURIComponent(name)}/${verb}`;
  const answer = await callApi('POST', path, verb === 'resume' ? undefined : body);
  io.out(json ? JSON.stringify(answer) : `${verb}: done`);
  return EXIT.ok;
}

function tell(queue: QueueView, io: Io): void {
  io.out(`${queue.name}: ${[queue.state, whyOf(queue)].filter(Boolean).join(', ')}`);
  if (queue.items.length > 0) io.out(`\n${rows(queue.items)}`);
  if (queue.recent.length > 0) io.out(`\nrecently finished\n${rows(queue.recent)}`);
  if (queue.paused) io.out(`\nFix the cause, then: zaplecze queue resume ${queue.name}`);
  else if (queue.state === 'target-down') io.out(`\nTo retry now: zaplecze queue retry ${queue.name}`);
}

function rows(items: readonly QueueItemView[]): string {
  return table(
    ['STATE', 'PRIORITY', 'DUE', 'ATTEMPTS', 'WHAT', 'ITEM', 'PROBLEM'],
    items.map((item) => [
      item.state,
      item.priority,
      item.due ?? '',
      String(item.attempts),
      `${item.function} ${item.title}`,
      item.id,
      item.problem?.detail ?? '',
    ]),
  );
}

function whyOf({ paused, notBefore, problem, state }: QueueView): string {
  if (paused) return `by ${paused.by}: ${paused.reason}`;
  if (state !== 'target-down') return '';
  return `next attempt at ${notBefore?.slice(11, 19)}: ${problem?.detail ?? problem?.type ?? ''}`;
}
