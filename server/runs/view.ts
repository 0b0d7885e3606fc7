import { type Retrying, retryingInQueues } from './in-queues.ts';
import type { Client, WorkflowExecutionDescription, WorkflowExecutionInfo } from '@temporalio/client';
import { WorkflowNotFoundError } from '@temporalio/client';
import { decodeOptionalFailureToOptionalError } from '@temporalio/common/lib/internal-non-workflow/index.js';
import { MESSAGES, Progress, SEARCH_ATTRIBUTES, WORKFLOW_TYPE } from '../../core/model/run.ts';
import { applicationException } from '../../core/model/problem.ts';
import { errorText } from '../../core/model/errors.ts';

/** A list longer than this is read by nobody; the newest come first. */
const MAX_RUNS = 200;

/** A worker answers at once, a busy one within this; without one, a query would wait for half a minute. */
const QUERY_LIMIT_MS = 5_000;

/** One run, for lists. */
export type RunSummary = {
  run: string;
  title: string;
  version: string;
  /** By Temporal: a run that is parked or waits is `running`. */
  status: string;
  /** What a run that goes on tells of itself: running, waiting, parked, suspended; absent where the namespace keeps none. */
  state?: string;
  startedAt: string;
  endedAt?: string;
};

/** One run with its tasks, its incidents and, when it has ended, its output or its error. */
export type RunDetails = RunSummary & { progress?: Progress; retrying: Retrying[]; output?: unknown; error?: string };

/** Runs, newest first. `query` narrows them in Temporal's list filter. */
export async function listRuns(client: Client, query?: string): Promise<RunSummary[]> {
  const filter = `WorkflowType = '${WORKFLOW_TYPE}'${query ? ` AND (${query})` : ''}`;
  const runs: RunSummary[] = [];
  for await (const info of client.workflow.list({ query: filter })) {
    if (info.status.name === 'CONTINUED_AS_NEW') continue;
    runs.push(summary(info));
    if (runs.length >= MAX_RUNS) break;
  }
  return runs.sort((a, b) => (a.startedAt < b.startedAt ? 1 : -1));
}

/** Runs that are counted by version before the count is cut short: enough to tell an operator "many". */
const MAX_COUNTED = 5000;

/** Ids of the runs of a definition that are still going on. */
export async function runningOf(client: Client, namespace: string, name: string, most: number): Promise<string[]> {
  const runs: string[] = [];
  for await (const { workflowId } of client.workflow.list({ query: runningQuery(namespace, name) })) {
    runs.push(workflowId);
    if (runs.length >= most) break;
  }
  return runs;
}

const runningQuery = (namespace: string, name: string): string =>
  `WorkflowType = '${WORKFLOW_TYPE}' AND ExecutionStatus = 'Running' AND WorkflowId STARTS_WITH '${namespace}.${name}:'`;

/** How many runs of a definition are still going on, by version. They keep the version that they started with. */
export async function runningByVersion(
  client: Client,
  namespace: string,
  name: string,
): Promise<Record<string, number>> {
  const query = runningQuery(namespace, name);
  const counts: Record<string, number> = {};
  let counted = 0;
  for await (const info of client.workflow.list({ query })) {
    const { version } = summary(info);
    counts[version] = (counts[version] ?? 0) + 1;
    counted += 1;
    if (counted >= MAX_COUNTED) break;
  }
  return counts;
}

/** Ends of a run that leave its work undone. */
const ABANDONED = new Set(['FAILED', 'CANCELLED', 'TERMINATED', 'TIMED_OUT']);

/** True for a run that has ended without an outcome; false while it goes on, and where its history is gone. */
export async function isAbandoned(client: Client, run: string): Promise<boolean> {
  try {
    return ABANDONED.has((await client.workflow.getHandle(run).describe()).status.name);
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return false;
    throw error;
  }
}

/** One run. Throws a problem of status 404 where there is none. */
export async function showRun(client: Client, run: string): Promise<RunDetails> {
  const handle = client.workflow.getHandle(run);
  const info = await handle.describe().catch((error: unknown) => {
    if (!(error instanceof WorkflowNotFoundError)) throw error;
    throw applicationException('runtime', `there is no run ${run}. To fix: "zaplecze runs" lists them`, {
      status: 404,
    });
  });
  const details: RunDetails = { ...summary(info), retrying: await retryingOf(client, info) };
  // A run whose history has been archived, or whose worker is down, answers no query; the list still tells its state.
  const progress = await client
    .withDeadline(Date.now() + QUERY_LIMIT_MS, () => handle.query(MESSAGES.progress))
    .catch(() => undefined);
  const parsed = Progress.safeParse(progress);
  if (parsed.success) details.progress = parsed.data;
  details.retrying.push(...(await retryingInQueues(client, run, details.progress?.tasks ?? [])));
  if (info.status.name === 'COMPLETED') details.output = await handle.result();
  if (info.status.name === 'FAILED') details.error = await handle.result().then(() => undefined, deepestMessage);
  return details;
}

function summary(info: WorkflowExecutionInfo | WorkflowExecutionDescription): RunSummary {
  const { title, version } = info.memo ?? {};
  const [state] = (info.status.name === 'RUNNING' && info.searchAttributes[SEARCH_ATTRIBUTES.state]) || [];
  return {
    run: info.workflowId,
    title: typeof title === 'string' ? title : info.type,
    version: typeof version === 'string' ? version : '',
    status: info.status.name.toLowerCase(),
    ...(typeof state === 'string' && { state }),
    startedAt: info.startTime.toISOString(),
    ...(info.closeTime && { endedAt: info.closeTime.toISOString() }),
  };
}

async function retryingOf(client: Client, { raw }: WorkflowExecutionDescription): Promise<Retrying[]> {
  const failing = (raw.pendingActivities ?? []).filter(({ lastFailure }) => lastFailure);
  return Promise.all(
    failing.map(async ({ activityType, attempt, lastFailure }) => {
      // Its message is sealed like everything that comes from a form or a mail.
      const error = await decodeOptionalFailureToOptionalError(client.options.loadedDataConverter, lastFailure);
      return { call: activityType?.name ?? '', attempt: attempt ?? 1, detail: error?.message ?? '' };
    }),
  );
}

/** The cause that says most: failures of Temporal wrap the one that happened. */
function deepestMessage(error: unknown): string {
  let current = error;
  while (current instanceof Error && current.cause instanceof Error) current = current.cause;
  return errorText(current);
}
