import { Hono } from 'hono';
import { receiveHook, type HookDeps } from '../../intake/hooks/receive.ts';
import { applicationException, ProblemError } from '../../core/model/problem.ts';
import type { HookSettings } from '../../core/settings/hooks.ts';
import { addressOf, type Env } from '../site/context.ts';
import { RateLimit } from '../site/rate-limit.ts';
import { readBounded } from '../site/read-bounded.ts';

/** A service that sends ten events a second is far above a back office. */
const REQUESTS_PER_MINUTE = 600;

export type HookRoutes = HookDeps & {
  hooks: Readonly<Record<string, HookSettings>>;
  log: (message: string, error?: unknown) => void;
};

/**
 * Webhooks: `POST /hooks/<name>`. 202 with the id once the event is kept and a run has it; 401 for a wrong signature,
 * 503 where no automation takes it, so that the sender tries again. Errors are problems (RFC 9457).
 */
export function hookRoutes({ hooks, log, ...deps }: HookRoutes): Hono<Env> {
  const routes = new Hono<Env>();
  const limit = new RateLimit(REQUESTS_PER_MINUTE);
  routes.onError((error, c) => {
    const known = error instanceof ProblemError ? error.problem : undefined;
    if (!known || known.status >= 500) log('a webhook failed', error);
    // Another place of the log has the inside; strangers get none of it.
    const problem = known ?? {
      type: 'about:blank',
      status: 500,
      title: 'runtime',
      detail: 'something went wrong inside',
    };
    const { type, status, title, detail } = problem;
    const headers = { 'Content-Type': 'application/problem+json', ...(status === 503 && { 'Retry-After': '60' }) };
    return c.body(JSON.stringify({ type, status, title, detail }), status as 400, headers);
  });
  routes.post('/:name', async (c) => {
    const name = c.req.param('name');
    const settings = Object.hasOwn(hooks, name) ? hooks[name] : undefined;
    if (!settings) throw applicationException('runtime', 'there is no such webhook', { status: 404 });
    if (!limit.allows(`${name} ${addressOf(c)}`, deps.clock().getTime())) {
      throw applicationException('runtime', 'too many requests: wait a minute', { status: 429 });
    }
    const body = await readBounded(c.req.raw, settings.maxBytes);
    const query = new URL(c.req.url).searchParams;
    const { id, taken } = await receiveHook(deps, name, settings, { headers: c.req.raw.headers, body, query });
    if (taken) return c.json({ id }, 202);
    throw applicationException('runtime', 'no deployed automation takes this event', { status: 503 });
  });
  routes.all('/:name', () => {
    throw applicationException('runtime', 'webhooks are sent by POST', { status: 405 });
  });
  return routes;
}
