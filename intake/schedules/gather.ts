import { WorkflowIdConflictPolicy } from '@temporalio/client';
import { contentHash } from '../../core/language/hash.ts';
import type { EventConsumptionStrategy, EventFilter, WorkflowDefinition } from '../../core/language/types.ts';
import { taskQueue, WORKFLOW_TYPE, type AutomationInput } from '../../core/model/run.ts';
import { endRun, type Scheduled } from './scheduled.ts';

/** True where a start takes more than one event, or events that belong together. */
export function gathers(strategy: EventConsumptionStrategy): boolean {
  if ('one' in strategy) return correlates(strategy.one);
  if ('any' in strategy) return strategy.until !== undefined || strategy.any.some(correlates);
  return strategy.all.length > 1 || strategy.all.some(correlates);
}

/**
 * Keeps `schedule.on` of several events as a run that gathers them: a definition of two tasks that listens as the
 * schedule says, starts the version deployed last with the events, and listens again. It is replaced only where what it
 * listens for changes: a deployment must not lose the first of two events.
 */
export async function keepGathering({ client, name, definition, start, memo }: Scheduled): Promise<boolean> {
  const workflowId = `gather:${name}`;
  const { on } = definition.schedule ?? {};
  const listens = on !== undefined && gathers(on);
  const gathering = listens ? gatheringOf(definition, on) : undefined;
  const hash = gathering && contentHash(gathering);
  const description = await client.workflow
    .getHandle(workflowId)
    .describe()
    .catch(() => undefined);
  const isSame = description?.status.name === 'RUNNING' && description.memo?.['hash'] === hash;
  if (!isSame) await endRun(client, workflowId, 'the definition listens for other events');
  if (!gathering || !hash) return false;
  const args: AutomationInput = { ...start, definition: gathering, hash };
  await client.workflow.start(WORKFLOW_TYPE, {
    workflowId,
    taskQueue: taskQueue('engine'),
    args: [args],
    workflowIdConflictPolicy: WorkflowIdConflictPolicy.USE_EXISTING,
    memo: { ...memo, title: `${memo['title']} (gathers events)`, hash },
  });
  return true;
}

const correlates = ({ correlate }: EventFilter): boolean => correlate !== undefined;

function gatheringOf({ document, schedule }: WorkflowDefinition, on: EventConsumptionStrategy): WorkflowDefinition {
  const { namespace, name } = document;
  // The run that is started gets what the listening gave.
  return {
    document: { dsl: document.dsl, namespace, name: `${name}-events`.slice(-63), version: '1.0.0' },
    do: [
      { gather: { listen: { to: on, ...(schedule?.read && { read: schedule.read }) } } },
      { start: { run: { workflow: { namespace, name, version: 'latest' }, await: false }, then: 'gather' } },
    ],
  };
}
