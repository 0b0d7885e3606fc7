import type { MiddlewareHandler } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import type { Env, Site } from './context.ts';
import { errorPage } from './context.ts';
import { MAX_FIELDS_BYTES } from './posted-fields.ts';

/** Forms of pages hold some fields: an address, a code, a reason. */
const MAX_BYTES = 64 * 1024;
/** A corrected invoice of a few hundred lines with a reason. */
const MAX_DECISION_BYTES = 512 * 1024;
/** A definition with its forms and mail texts, or the arguments of a parked task. */
const MAX_UPLOAD_BYTES = 8 * 1024 * 1024;

/** Where more may come than a form has. The routes themselves may be stricter, never wider. */
const LARGER: readonly [path: RegExp, bytes: number][] = [
  [/^\/f\/|^\/a\/[^/]+\/task$/, MAX_FIELDS_BYTES],
  [/^\/[aqd]\//, MAX_DECISION_BYTES],
  [/^\/(?:definitions|parked)(?:\/|$)/, MAX_UPLOAD_BYTES],
];
/** The API and webhooks bound every body themselves, by operation and by settings, and answer with problems. */
const BOUNDED_ELSEWHERE = /^\/(?:api|hooks)\//;

/** Refuses every body that is larger than its route takes, before any of it is read; also on routes that nobody has bounded. */
export function boundBodies(site: Site): MiddlewareHandler<Env> {
  const tooLarge = new Map<number, MiddlewareHandler<Env>>();
  for (const maxSize of [MAX_BYTES, MAX_DECISION_BYTES, MAX_UPLOAD_BYTES, MAX_FIELDS_BYTES]) {
    tooLarge.set(maxSize, bodyLimit({ maxSize, onError: (c) => errorPage(site, c, 'tooLarge', 413) }));
  }
  return async (c, next) => {
    const { path } = c.req;
    if (BOUNDED_ELSEWHERE.test(path)) return next();
    const [, bytes = MAX_BYTES] = LARGER.find(([pattern]) => pattern.test(path)) ?? [];
    return tooLarge.get(bytes)?.(c, next);
  };
}
