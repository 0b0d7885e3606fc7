import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { WorkflowHandle } from '@temporalio/client';
import { temporal } from '@temporalio/proto';
import { Worker } from '@temporalio/worker';
import { quiet, workflowBundle } from './temporal.ts';

const { History } = temporal.api.history.v1;
const FOLDER = join(import.meta.dirname, '..', 'histories');

export const historyFile = (name: string): string => join(FOLDER, `${name}.json`);

/** As JSON, without the names of machines and the places of files, which have no business in a recording. */
function toJson(history: temporal.api.history.v1.IHistory): string {
  const plain = History.toObject(History.fromObject(history), { longs: String, enums: String, bytes: String });
  return JSON.stringify(plain, (key, value: unknown) =>
    key === 'stackTrace' || key === 'identity' ? '' : value,
  ).replaceAll(/\d+@[\w.-]+/g, '1@worker');
}

/** Writes what a workflow has done so far into `tests/histories`. */
export async function recordHistory(name: string, handle: Pick<WorkflowHandle, 'fetchHistory'>): Promise<void> {
  await writeFile(historyFile(name), toJson(await handle.fetchHistory()));
}

/** Lets the present code take the steps of a recording. Throws where it would take others. */
export async function replayHistory(name: string, workflowId: string): Promise<void> {
  quiet();
  const history = History.fromObject(JSON.parse(await readFile(historyFile(name), 'utf8')) as object);
  await Worker.runReplayHistory({ workflowBundle: await workflowBundle(), replayName: name }, history, workflowId);
}
