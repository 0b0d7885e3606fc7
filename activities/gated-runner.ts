import { Context } from '@temporalio/activity';
import { WithStartWorkflowOperation, type Client } from '@temporalio/client';
import { closedUntil } from './target-hours.ts';
import type { FormRequest, FormRunner } from '../bots/forms/index.ts';
import { GATE, type AcquireAnswer, type AcquireRequest } from '../core/model/target-gate.ts';
import { applicationException } from '../core/model/problem.ts';
import { taskQueue } from '../core/model/run.ts';
import type { Settings } from '../core/settings/settings.ts';

/** A form ends itself within four minutes; one that has not given its place back by then has lost its worker. */
const LEASE_MS = 5 * 60_000;
/** One question to the gate waits so long: short enough that the activity's heartbeat goes on in between. */
const ASK_MS = 15_000;
/** After so long in the queue the attempt ends and gives its worker to others; the next one asks again. */
const QUEUE_LIMIT_MS = 4 * 60_000;

/** A runner that keeps the limits of the targets in the settings, together with all other workers. */
export function gateRunner(runner: FormRunner, client: Client, settings: Settings): FormRunner {
  const through = async <T>(request: FormRequest, work: () => Promise<T>): Promise<T> => {
    const { name, limits, user = '' } = request.target;
    if (name === undefined || limits === undefined) return work();
    throwIfClosed(name, closedUntil(limits, new Date(), { country: settings.holidays, timeZone: settings.timeZone }));
    const holder = holderOf();
    await acquire(client, name, { holder, user, limits, leaseMs: LEASE_MS, waitMs: ASK_MS }, request);
    try {
      return await work();
    } finally {
      await client.workflow.getHandle(GATE.idOf(name)).signal(GATE.release, holder).catch(leaseExpires);
    }
  };
  return {
    run: (request) => through(request, () => runner.run(request)),
    find: (request) => through(request, () => runner.find(request)),
    rehearse: (request) => through(request, () => runner.rehearse(request)),
    visit: (request) => through(request, () => runner.visit(request)),
    close: () => runner.close(),
  };
}

/** A place that cannot be given back is free when its lease ends; the result of the form is worth more than that. */
const leaseExpires = (): void => undefined;

/** The same for every attempt of one activity. */
function holderOf(): string {
  const { workflowExecution, activityId } = Context.current().info;
  return `${workflowExecution?.workflowId ?? ''} ${workflowExecution?.runId ?? ''} ${activityId}`;
}

async function acquire(client: Client, target: string, question: AcquireRequest, { context }: FormRequest) {
  const end = Date.now() + QUEUE_LIMIT_MS;
  while (Date.now() < end) {
    context.onProgress?.(`waiting for a place at ${target}`);
    context.signal?.throwIfAborted();
    const answer = await client.workflow.executeUpdateWithStart<() => Promise<void>, AcquireAnswer, [AcquireRequest]>(
      GATE.acquire,
      {
        args: [question],
        startWorkflowOperation: new WithStartWorkflowOperation(GATE.workflow, {
          workflowId: GATE.idOf(target),
          taskQueue: taskQueue('engine'),
          args: [{ leases: [], begun: [] }],
          workflowIdConflictPolicy: 'USE_EXISTING',
        }),
      },
    );
    if (answer.granted) return;
  }
  throw applicationException('communication', `no place at ${target} within ${QUEUE_LIMIT_MS / 60_000} minutes`, {
    retryable: true,
  });
}

function throwIfClosed(target: string, until: Date | undefined): void {
  if (!until) return;
  const detail = `${target} is closed until ${until.toISOString()} (target's limits in the settings); it continues then`;
  throw applicationException('communication', detail, { retryable: true, retryAfterMs: until.getTime() - Date.now() });
}
