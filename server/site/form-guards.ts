import type { MiddlewareHandler } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import type { Env, Site } from './context.ts';
import { errorPage } from './context.ts';
import { isCrossSite } from './security.ts';

/** A corrected invoice of a few hundred lines with a reason; ten megabytes of comment are refused unread. */
const MAX_FORM_BYTES = 512 * 1024;

/** Before any form is read: it must come from our own page, and be no larger than a form can be. */
export function formGuards(site: Site): [MiddlewareHandler<Env>, MiddlewareHandler<Env>] {
  return [
    async (c, next) =>
      isCrossSite(c.req.raw, site.settings.publicUrl) ? errorPage(site, c, 'elsewhere', 403) : next(),
    bodyLimit({ maxSize: MAX_FORM_BYTES, onError: (c) => errorPage(site, c, 'tooLarge', 413) }),
  ];
}

/** One field of a form, where it is text. */
export function textOf(form: FormData, name: string): string | undefined {
  const value = form.get(name);
  return typeof value === 'string' ? value : undefined;
}
