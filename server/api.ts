import { createHash, timingSafeEqual } from 'node:crypto';
import type { Client } from '@temporalio/client';
import type { Hono, MiddlewareHandler } from 'hono';
import { Hono as App } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { z } from 'zod';
import { applicationException, ProblemError } from '../definitions/model/problem.ts';
import { OperatorAct } from '../definitions/model/run.ts';
import type { CloudEvent } from '../store/events.ts';
import type { Store } from '../store/index.ts';
import { deploy, DeployRequest } from './deploy.ts';
import { migrate, MigrateOrder } from './runs/migrate.ts';
import { operate } from './runs/operate.ts';
import type { Routed } from './runs/router.ts';
import { startRun } from './runs/start.ts';
import { listRuns, showRun } from './runs/view.ts';

/** A definition with its forms and mail texts is some hundred kilobytes. */
const MAX_BODY_BYTES = 8 * 1024 * 1024;

const StartRequest = z.strictObject({
  namespace: z.string(),
  name: z.string(),
  version: z.string().optional(),
  key: z.string().min(1).describe('Business key: the same key never starts two runs'),
  input: z.unknown(),
});

const Event = z.looseObject({
  id: z.string().min(1),
  source: z.string().min(1),
  type: z.string().min(1),
  specversion: z.literal('1.0').default('1.0'),
});

export type ApiDependencies = {
  store: Store;
  client: Client;
  publish: (event: CloudEvent) => Promise<Routed>;
  /** Bearer token; who knows it may do everything here. */
  token: string;
  /** Zone that schedules are read in. */
  timeZone: string;
  /** Namespaces without the search attributes of the product are told so. */
  searchAttributes: boolean;
};

/** The HTTP API that the command line uses: definitions, runs, events. Errors are RFC 7807 problems. */
export function createApi(dependencies: ApiDependencies): Hono {
  const { store, client, publish } = dependencies;
  const api = new App();
  api.use(bearer(dependencies.token), bodyLimit({ maxSize: MAX_BODY_BYTES }));
  api.onError((error, c) => {
    const problem = toProblem(error);
    return c.json(problem, problem.status as 400);
  });
  api.get('/definitions', async (c) => {
    const current = await store.definitions.current();
    return c.json(current.map(({ definition: _d, source: _s, files: _f, ...rest }) => rest));
  });
  api.post('/definitions', async (c) => {
    const { timeZone, searchAttributes } = dependencies;
    const parts = { store, client, timeZone, options: { searchAttributes } };
    const result = await deploy(parts, DeployRequest.parse(await c.req.json()));
    return c.json(result, result.ok ? 200 : 422);
  });
  api.post('/definitions/:namespace/:name/migrate', async (c) => {
    const order = MigrateOrder.parse(await c.req.json());
    return c.json(await migrate({ client, store }, 'bot:api', c.req.param(), order));
  });
  api.get('/runs', async (c) => c.json(await listRuns(client)));
  api.post('/runs', async (c) => {
    const request = StartRequest.parse(await c.req.json());
    const found = await store.definitions.find(request.namespace, request.name, request.version);
    if (!found) {
      const detail = `no definition ${request.namespace}/${request.name} ${request.version ?? ''} is deployed. Mend: zaplecze deploy`;
      throw applicationException('configuration', detail, { status: 404 });
    }
    const options = { searchAttributes: dependencies.searchAttributes };
    return c.json(await startRun(client, found, request.key, request.input, options));
  });
  api.get('/runs/:run', async (c) => c.json(await showRun(client, c.req.param('run'))));
  api.post('/runs/:run/operate', async (c) => {
    const act = OperatorAct.parse(await c.req.json());
    if ((await operate({ client, store }, 'bot:api', c.req.param('run'), act)) === 'done') return c.json({ ok: true });
    throw applicationException('runtime', 'this had been decided already, or the run has ended', { status: 409 });
  });
  api.post('/events', async (c) => c.json(await publish(Event.parse(await c.req.json()))));
  api.get('/runs/:run/audit', async (c) => c.json(await store.audit.list(c.req.param('run'))));
  api.get('/artefacts/:id', async (c) => {
    const file = await store.artefacts.get(c.req.param('id'));
    return c.body(new Uint8Array(file.bytes), 200, { 'content-type': file.mediaType });
  });
  return api;
}

function bearer(token: string): MiddlewareHandler {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  const wanted = digest(`Bearer ${token}`);
  return async (c, next) => {
    if (!timingSafeEqual(digest(c.req.header('authorization') ?? ''), wanted)) {
      return c.json(
        { type: 'about:blank', status: 401, title: 'authentication', detail: 'a bearer token is needed' },
        401,
      );
    }
    return next();
  };
}

function toProblem(error: unknown) {
  if (error instanceof ProblemError) return error.problem;
  if (error instanceof z.ZodError)
    return { type: 'about:blank', status: 400, title: 'validation', detail: z.prettifyError(error) };
  if (error instanceof SyntaxError)
    return { type: 'about:blank', status: 400, title: 'validation', detail: error.message };
  const detail = error instanceof Error ? error.message : String(error);
  return { type: 'about:blank', status: 500, title: 'runtime', detail };
}
