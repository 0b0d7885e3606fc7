import type { Client } from '@temporalio/client';
import { WorkflowNotFoundError } from '@temporalio/client';
import { applicationException } from '../core/model/problem.ts';
import {
  type PauseRequest,
  QUEUE_MESSAGES,
  QUEUE_WORKFLOW_TYPE,
  type QueueItem,
  QueueView,
  queueWorkflowId,
} from '../core/model/queue.ts';
import { taskQueue } from '../core/model/run.ts';

/** A worker answers at once, a busy one within this; without one, a query would wait for half a minute. */
const QUERY_LIMIT_MS = 5_000;
/** One queue for each target; an installation has a handful. */
const MOST_QUEUES = 200;

/** Work queues as the outside sees them: each is one workflow, started by its first message. */
export function createQueues(client: Client) {
  const send = async (name: string, signal: string, args: unknown[]): Promise<void> => {
    await client.workflow.signalWithStart(QUEUE_WORKFLOW_TYPE, {
      workflowId: queueWorkflowId(name),
      taskQueue: taskQueue('engine'),
      args: [{ name }],
      signal,
      signalArgs: args,
    });
  };
  /** To a queue that is there. A name that was mistyped must not make a queue. */
  const tell = async (name: string, signal: string, args: unknown[] = []): Promise<void> => {
    await client.workflow
      .getHandle(queueWorkflowId(name))
      .signal(signal, ...args)
      .catch(missing(name));
  };
  return {
    add: (name: string, item: QueueItem) => send(name, QUEUE_MESSAGES.add, [item]),
    withdraw: (name: string, id: string) => send(name, QUEUE_MESSAGES.withdraw, [id]),
    /** Also before the first item: a target may be closed before anything is asked of it. */
    pause: (name: string, request: PauseRequest) => send(name, QUEUE_MESSAGES.pause, [request]),
    resume: (name: string) => tell(name, QUEUE_MESSAGES.resume),
    /** Tries one item, or all of them and the target, at once. */
    retry: (name: string, id?: string) => tell(name, QUEUE_MESSAGES.retry, id === undefined ? [] : [id]),
    async show(name: string): Promise<QueueView> {
      const handle = client.workflow.getHandle(queueWorkflowId(name));
      const view = await client
        .withDeadline(Date.now() + QUERY_LIMIT_MS, () => handle.query(QUEUE_MESSAGES.view))
        .catch(missing(name));
      return QueueView.parse(view);
    },
    async list(): Promise<string[]> {
      const names: string[] = [];
      const query = `WorkflowType = '${QUEUE_WORKFLOW_TYPE}' AND ExecutionStatus = 'Running'`;
      for await (const { workflowId } of client.workflow.list({ query })) {
        names.push(workflowId.slice(queueWorkflowId('').length));
        if (names.length >= MOST_QUEUES) break;
      }
      return names.sort();
    },
  };
}

function missing(name: string): (error: unknown) => never {
  return (error) => {
    if (!(error instanceof WorkflowNotFoundError)) throw error;
    const detail = `there is no queue "${name}": nothing has been asked of that target yet. To fix: "zaplecze queue" lists them`;
    throw applicationException('runtime', detail, { status: 404 });
  };
}
