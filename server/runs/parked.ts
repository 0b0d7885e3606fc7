import type { Client } from '@temporalio/client';
import type { Incident, Progress } from '../../core/model/run.ts';
import { MESSAGES, Progress as ProgressSchema, SEARCH_ATTRIBUTES } from '../../core/model/run.ts';
import type { RunSummary } from './view.ts';
import { listRuns } from './view.ts';

/** A worker answers at once; without one, a query would wait for half a minute. */
const QUERY_LIMIT_MS = 5_000;
/** Queries at once: each wakes a run that may be out of its worker's memory. */
const QUERIES_AT_ONCE = 8;

/** One task that failed and waits for an operator. */
export type Parked = { run: RunSummary; definition: Progress['definition']; incident: Incident };
/** `silent`: runs that did not answer; `cut`: there may be more. */
export type ParkedList = { parked: Parked[]; silent: number };

/**
 * Every incident of every run, oldest first. Where the namespace keeps no state of runs as a search attribute, all that
 * go on are asked.
 */
export async function listParked(client: Client, searchAttributes: boolean): Promise<ParkedList> {
  const state = searchAttributes ? `${SEARCH_ATTRIBUTES.state} = 'parked' AND ` : '';
  const runs = await listRuns(client, `${state}ExecutionStatus = 'Running'`);
  const parked: Parked[] = [];
  let silent = 0;
  const waiting = [...runs];
  const ask = async (): Promise<void> => {
    for (let run = waiting.pop(); run; run = waiting.pop()) {
      const progress = await progressOf(client, run.run);
      if (!progress) silent += 1;
      for (const incident of progress?.incidents ?? []) {
        parked.push({ run, definition: progress?.definition ?? unknownDefinition, incident });
      }
    }
  };
  await Promise.all(Array.from({ length: QUERIES_AT_ONCE }, ask));
  parked.sort((a, b) => a.incident.since.localeCompare(b.incident.since));
  return { parked, silent };
}

const unknownDefinition: Progress['definition'] = { namespace: '', name: '', version: '', hash: '' };

/** What a run tells of itself; undefined where no worker answers, or there is no such run. */
export async function progressOf(client: Client, run: string): Promise<Progress | undefined> {
  const answer = await client
    .withDeadline(Date.now() + QUERY_LIMIT_MS, () => client.workflow.getHandle(run).query(MESSAGES.progress))
    .catch(() => undefined);
  const parsed = ProgressSchema.safeParse(answer);
  return parsed.success ? parsed.data : undefined;
}
