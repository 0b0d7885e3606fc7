import { z } from 'zod';
import { CloudEvent } from '../core/events/cloud-event.ts';
import { applicationException } from '../core/model/problem.ts';
import type { Deployed } from '../store/definitions.ts';
import type { Subscription } from '../store/events.ts';
import { type Guard, refused } from './departments.ts';
import { internalActivity } from './activity.ts';

const DefinitionName = z.object({ namespace: z.string(), name: z.string(), version: z.string().optional() });
const LifecycleBatch = z.object({ events: z.array(CloudEvent) });
const SubscriptionSchema = z.object({ key: z.string(), types: z.array(z.string()) });

export type EventDependencies = {
  /** Hands an event to whoever wants it: starts definitions, signals runs that listen. */
  publish: (event: CloudEvent) => Promise<unknown>;
  definitions: { find(namespace: string, name: string, version?: string): Promise<Deployed | undefined> };
  events: {
    subscribe(subscription: Subscription): Promise<void>;
    unsubscribe(run: string, key: string): Promise<void>;
  };
  guard: Guard;
};

/** What the interpreter itself needs of the outside: events out, subscriptions, and the definitions of child runs. */
export function createEngineActivities({ publish, definitions, events, guard }: EventDependencies) {
  return {
    'event.publish': internalActivity('event.publish', CloudEvent, async (event, { call }) => {
      const why = guard.borders.emitRefusal(call.definition.namespace, event.source);
      if (why !== undefined) throw refused(why);
      await publish(event);
      return event;
    }),
    'event.lifecycle': internalActivity('event.lifecycle', LifecycleBatch, async ({ events: batch }) => {
      for (const event of batch) await publish(event);
    }),
    'event.subscribe': internalActivity('event.subscribe', SubscriptionSchema, ({ key, types }, { call }) =>
      events.subscribe({ run: call.run, key, types, department: call.definition.namespace }),
    ),
    'event.unsubscribe': internalActivity(
      'event.unsubscribe',
      SubscriptionSchema.pick({ key: true }),
      ({ key }, { call }) => events.unsubscribe(call.run, key),
    ),
    'definition.find': internalActivity('definition.find', DefinitionName, async (wanted, { call }) => {
      const { namespace, name, version } = wanted;
      guard.use(call, { kind: 'definitions', name: `${namespace}/${name}` });
      const found = await definitions.find(namespace, name, version);
      if (found) return { definition: found.definition, hash: found.hash };
      const title = `${namespace}/${name} ${version ?? 'latest'}`;
      throw applicationException('configuration', `no definition ${title} is deployed. To fix: deploy it, then retry`, {
        status: 404,
      });
    }),
  };
}
