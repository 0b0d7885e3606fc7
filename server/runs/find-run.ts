import type { Client } from '@temporalio/client';
import { WorkflowNotFoundError } from '@temporalio/client';
import { applicationException } from '../../core/model/problem.ts';
import { WORKFLOW_TYPE } from '../../core/model/run.ts';

/** Fewer characters of a key fit half the list by chance. */
const MIN_KEY_LENGTH = 4;
/** Runs looked through for the beginning of a key; older ones are named by their whole id. */
const MAX_LOOKED_THROUGH = 2_000;
/** Runs that a message lists for a person to choose from. */
const MAX_NAMED = 5;
/** What ids of runs are made of; anything else names none, and does not get into a query. */
const RUN_ID = /^[\w.:-]+$/;

/**
 * The whole id of a run. People type its beginning, or the beginning of its key (what follows the colon). Throws a
 * problem of status 404 where no run begins so, and 409 naming them where several do.
 */
export async function findRun(client: Client, given: string): Promise<string> {
  const asked = given.replace(/…$/, '');
  if (!RUN_ID.test(asked)) throw notFound(given);
  if (await exists(client, asked)) return asked;
  const found = asked.includes('.')
    ? await idsOf(client, ` AND WorkflowId STARTS_WITH '${asked}'`, () => true, MAX_NAMED + 1)
    : asked.length < MIN_KEY_LENGTH
      ? []
      : await idsOf(client, '', (id) => id.slice(id.indexOf(':') + 1).startsWith(asked), MAX_LOOKED_THROUGH);
  const [first, ...others] = found;
  if (first === undefined) throw notFound(given);
  if (others.length === 0) return first;
  const some = found.slice(0, MAX_NAMED).join(', ');
  const detail = `"${given}" is the beginning of several runs: ${some}${found.length > MAX_NAMED ? ' …' : ''}. To fix: write more of it`;
  throw applicationException('runtime', detail, { status: 409 });
}

async function exists(client: Client, id: string): Promise<boolean> {
  try {
    await client.workflow.getHandle(id).describe();
    return true;
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return false;
    throw error;
  }
}

/** Ids of runs that fit, each once: a long run has several executions of one id. */
async function idsOf(client: Client, filter: string, fits: (id: string) => boolean, most: number): Promise<string[]> {
  const found = new Set<string>();
  let looked = 0;
  for await (const { workflowId } of client.workflow.list({ query: `WorkflowType = '${WORKFLOW_TYPE}'${filter}` })) {
    if (fits(workflowId)) found.add(workflowId);
    looked += 1;
    if (looked >= most) break;
  }
  return [...found];
}

function notFound(given: string): Error {
  return applicationException('runtime', `there is no run ${given}. To fix: "zaplecze runs" lists them`, {
    status: 404,
  });
}
