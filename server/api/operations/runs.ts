import { requireDepartment } from '../../runs/deploy.ts';
import { z } from 'zod';
import { CloudEvent } from '../../../core/events/cloud-event.ts';
import { lifecycleOf } from '../../../core/model/lifecycle.ts';
import { Control, OperatorAct, Progress } from '../../../core/model/run.ts';
import { control } from '../../runs/control.ts';
import { findRun } from '../../runs/find-run.ts';
import { operate } from '../../runs/operate.ts';
import { listParked } from '../../runs/parked.ts';
import { startRun } from '../../../intake/start-run.ts';
import { listRuns, showRun } from '../../runs/view.ts';
import type { ApiParts } from '../parts.ts';
import { readEvent } from '../binary-event.ts';
import { type AnyOperation, operation } from '../operation.ts';
import { conflict, notFound } from '../problems.ts';

const StartRequest = z.strictObject({
  namespace: z.string().min(1),
  name: z.string().min(1),
  version: z.string().optional().describe('By default, the latest deployed version'),
  key: z.string().min(1).describe('Business key: the same key never starts two runs'),
  input: z.unknown(),
});
const Started = z.object({ run: z.string(), started: z.boolean().describe('False if the key already has a run') });
const Summary = z.object({
  run: z.string(),
  title: z.string(),
  version: z.string(),
  status: z.string().describe('Parked and waiting runs count as running'),
  state: z.string().optional().describe('For a run in progress: running, waiting, parked or suspended, if known'),
  startedAt: z.iso.datetime(),
  endedAt: z.iso.datetime().optional(),
});
const Details = Summary.extend({
  progress: Progress.optional(),
  retrying: z.array(z.object({ call: z.string(), attempt: z.number().int(), detail: z.string() })),
  output: z.unknown().optional(),
  error: z.string().optional(),
});
const Parked = z.object({
  parked: z.array(
    z.object({ run: Summary, definition: Progress.shape.definition, incident: Progress.shape.incidents.element }),
  ),
  silent: z.number().int().describe('Runs that did not answer'),
});
/** Longest id that Temporal gives or takes (its limit `MaxIDLength`). */
const MAX_RUN_ID = 1000;
export const RunParams = z.object({ run: z.string().min(1).max(MAX_RUN_ID) });

/** Runs: start, look, and what operators do; events. */
export function runOperations({ client, store, publish, site, searchAttributes }: ApiParts): AnyOperation[] {
  return [
    operation({
      method: 'get',
      path: '/runs',
      id: 'listRuns',
      summary: 'The newest runs',
      scope: 'runs:read',
      answer: z.array(Summary),
      handle: () => listRuns(client),
    }),
    operation({
      method: 'post',
      path: '/runs',
      id: 'startRun',
      summary: 'Starts a run of a deployed definition',
      scope: 'runs:start',
      body: StartRequest,
      answer: Started,
      problems: [404],
      async handle({ body }, { actor, departments }) {
        const { namespace, name, version, key, input } = body;
        await requireDepartment({ store, actor, departments }, namespace);
        const found = await store.definitions.find(namespace, name, version);
        if (!found) {
          throw notFound(`no definition ${namespace}/${name} ${version ?? ''} is deployed. To fix: zaplecze deploy`);
        }
        const started = await startRun(client, found, key, input, {
          searchAttributes,
          ...lifecycleOf(site.settings),
        });
        const details = { key, definition: { namespace, name, version: found.version, hash: found.hash } };
        if (started.started) await store.audit.append({ actor, action: 'run.started', run: started.run, details });
        return started;
      },
    }),
    operation({
      method: 'get',
      path: '/runs/{run}',
      id: 'showRun',
      summary: 'One run, by its id or the beginning of it: its tasks, its incidents, its output',
      scope: 'runs:read',
      params: RunParams,
      answer: Details,
      problems: [404, 409],
      handle: async ({ params }) => showRun(client, await findRun(client, params.run)),
    }),
    operation({
      method: 'get',
      path: '/parked',
      id: 'listParked',
      summary: 'Every task that failed and waits for an operator',
      scope: 'runs:read',
      answer: Parked,
      handle: () => listParked(client, searchAttributes),
    }),
    operation({
      method: 'post',
      path: '/runs/{run}/operate',
      id: 'operateRun',
      summary: 'Tries a parked task again, with changed arguments if necessary, skips it, or ends the run',
      scope: 'runs:operate',
      params: RunParams,
      body: OperatorAct,
      answer: z.object({ ok: z.literal(true) }),
      problems: [404, 409],
      async handle({ params, body }, { actor }) {
        await showRun(client, params.run);
        const result = await operate({ client, store }, actor, params.run, body);
        if (result === 'gone') throw conflict('this has already been decided, or the run has ended');
        return { ok: true as const };
      },
    }),
    operation({
      method: 'post',
      path: '/runs/{run}/control',
      id: 'controlRun',
      summary: 'Suspends a run (no further task starts), resumes it, or cancels it',
      scope: 'runs:operate',
      params: RunParams,
      body: Control,
      answer: z.object({ ok: z.literal(true) }),
      problems: [404, 409],
      async handle({ params, body }, { actor }) {
        await showRun(client, params.run);
        const result = await control({ client, store }, actor, params.run, body);
        if (result === 'gone') throw conflict('the run has ended');
        return { ok: true as const };
      },
    }),
    operation({
      method: 'post',
      path: '/events',
      id: 'publishEvent',
      summary: 'Publishes a CloudEvent: starts matching definitions and notifies listening runs. Safe to repeat',
      scope: 'events:write',
      body: CloudEvent,
      read: readEvent,
      answer: z.object({ runs: z.array(z.string()), signalled: z.array(z.string()) }),
      handle: ({ body }) => publish(body),
    }),
  ];
}
