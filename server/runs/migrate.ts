import type { Client } from '@temporalio/client';
import { WorkflowNotFoundError, WorkflowUpdateFailedError } from '@temporalio/client';
import { z } from 'zod';
import type { WorkflowDefinition } from '../../core/language/types.ts';
import { applicationException } from '../../core/model/problem.ts';
import { MESSAGES, type MigrateRequest } from '../../core/model/run.ts';
import type { Store } from '../../store/index.ts';
import { progressOf } from './parked.ts';
import { runningOf } from './view.ts';

/** Runs of one order: each is asked and moved by itself, within what a person waits for. */
const MAX_MOVED = 500;
/** Longest id that Temporal takes (its limit `MaxIDLength`); an empty one it answers with an error. */
const MAX_ID = 900;

/** Which runs an operator moves to another version. */
export const MigrateOrder = z.strictObject({
  version: z.string().optional().describe('Target version; by default, the version deployed last'),
  runs: z
    .array(z.string().min(1).max(MAX_ID))
    .max(MAX_MOVED)
    .optional()
    .describe('Runs to move; by default, all parked runs of other versions'),
  waiting: z.boolean().default(false).describe('Also move runs that wait for an event or a time'),
});
export type MigrateOrder = z.infer<typeof MigrateOrder>;

export type MigrateResult = {
  version: string;
  moved: string[];
  /** Runs that stay in their version, and why. */
  refused: { run: string; why: string }[];
};

/**
 * Moves runs of a definition to another version of it. A run decides itself whether it can go on there (its task must
 * still be there); one that cannot stays as it is.
 *
 * @throws a problem of status 404 where that version is not deployed
 */
export async function migrate(
  { client, store }: { client: Client; store: Pick<Store, 'definitions' | 'audit'> },
  actor: string,
  { namespace, name }: { namespace: string; name: string },
  { version, runs, waiting }: MigrateOrder,
): Promise<MigrateResult> {
  const to = await store.definitions.find(namespace, name, version);
  if (!to) {
    const detail = `${namespace}/${name} ${version ?? ''} is not deployed. To fix: zaplecze deploy`;
    throw applicationException('configuration', detail, { status: 404 });
  }
  const wanted = new Set(waiting ? ['parked', 'waiting'] : ['parked']);
  const result: MigrateResult = { version: to.version, moved: [], refused: [] };
  for (const run of runs ?? (await runningOf(client, namespace, name, MAX_MOVED))) {
    const progress = await progressOf(client, run);
    if (progress?.definition.hash === to.hash) continue;
    if (!runs && !wanted.has(progress?.status ?? '')) continue;
    const why = await move(client, run, { definition: to.definition as WorkflowDefinition, hash: to.hash });
    const details = { from: progress?.definition.version ?? null, to: to.version, definition: progress?.definition };
    await store.audit.append({ actor, action: why === undefined ? 'run.migrated' : 'run.refused', run, details });
    if (why === undefined) result.moved.push(run);
    else result.refused.push({ run, why });
  }
  return result;
}

/** Undefined when the run has agreed; else its reason. */
async function move(client: Client, run: string, request: MigrateRequest): Promise<string | undefined> {
  try {
    await client.workflow.getHandle(run).executeUpdate(MESSAGES.migrate, { args: [request] });
    return undefined;
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return 'it has ended, or there is no such run';
    if (error instanceof WorkflowUpdateFailedError) return error.cause?.message ?? error.message;
    throw error;
  }
}
