import type { Client } from '@temporalio/client';
import { WorkflowNotFoundError } from '@temporalio/client';
import { matchesFilter } from '../core/events/event-filter.ts';
import type { Borders } from '../core/departments/borders.ts';
import { readEvent } from '../core/events/read-event.ts';
import type { EventConsumptionStrategy, EventFilter, WorkflowDefinition } from '../core/language/types.ts';
import type { RunOptions } from '../core/model/run.ts';
import type { Store } from '../store/index.ts';
import type { Deployed } from '../store/definitions.ts';
import type { CloudEvent } from '../core/events/cloud-event.ts';
import { isLifecycle, LIFECYCLE_TYPES } from '../core/model/lifecycle.ts';
import { gathers } from './schedules/gather.ts';
import { startRun } from './start-run.ts';

/** Where an event went. */
export type Routed = { runs: string[]; signalled: string[] };

export type RouterDependencies = {
  store: Pick<Store, 'definitions' | 'events'>;
  client: Client;
  /** How the runs that it starts behave. */
  options?: Partial<RunOptions>;
  /** Whether definitions of a department get the events of that source; without it, all do. */
  receives?: Borders['receives'];
};

/**
 * Hands an event to whoever wants it: starts each definition whose `schedule.on` it matches (once, by the event's
 * source and id), and signals the runs that listen for its type. Safe to repeat: after a crash nothing starts twice.
 */
export function createRouter({ store, client, options, receives = () => true }: RouterDependencies) {
  return async function publish(event: CloudEvent): Promise<Routed> {
    await store.events.keep(event);
    const runs: string[] = [];
    for (const deployed of await store.definitions.current()) {
      const definition = deployed.definition as WorkflowDefinition;
      if (!wants(definition.schedule?.on, event) || isOwnNews(deployed, event)) continue;
      if (!receives(deployed.namespace, event.source)) continue;
      const { run } = await startRun(
        client,
        deployed,
        `${event.source}\n${event.id}`,
        [readAs(deployed, event)],
        options,
      );
      runs.push(run);
    }
    const signalled: string[] = [];
    for (const { run, department } of await store.events.subscribers(event.type, { byName: isLifecycle(event) })) {
      if (department !== null && !receives(department, event.source)) continue;
      // A run that heard of its own waiting would wait no longer, and tell of that.
      if (isLifecycle(event) && event.subject === run) continue;
      if (await signal(client, store, run, event)) signalled.push(run);
    }
    return { runs, signalled };
  };
}

/** True when this event alone starts the definition. What needs several is gathered by a run of its own. */
function wants(strategy: EventConsumptionStrategy | undefined, event: CloudEvent): boolean {
  const matches = (filter: EventFilter) => matchesFilter(filter.with, event);
  if (strategy === undefined || gathers(strategy)) return false;
  if ('one' in strategy) return matches(strategy.one);
  if ('any' in strategy) return strategy.any.length === 0 || strategy.any.some(matches);
  return strategy.all.some(matches);
}

/** A lifecycle event starts nothing that did not ask for its type, and never the definition that it tells of. */
function isOwnNews({ namespace, name, definition }: Deployed, event: CloudEvent): boolean {
  if (!isLifecycle(event)) return false;
  const { on } = (definition as WorkflowDefinition).schedule ?? {};
  return event.source.startsWith(`/${namespace}/${name}/`) || !JSON.stringify(on ?? null).includes(LIFECYCLE_TYPES);
}

/** What the run gets of the event (DSL "Schedule", `read`): its data by default. */
function readAs(deployed: Deployed, event: CloudEvent): unknown {
  return readEvent(event, (deployed.definition as WorkflowDefinition).schedule?.read ?? 'data');
}

async function signal(client: Client, store: Pick<Store, 'events'>, run: string, event: CloudEvent): Promise<boolean> {
  try {
    await client.workflow.getHandle(run).signal('event', event);
    return true;
  } catch (error) {
    if (!(error instanceof WorkflowNotFoundError)) throw error;
    // The run has ended since; its subscriptions are of no use any more.
    await store.events.forget(run);
    return false;
  }
}
