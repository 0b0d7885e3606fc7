import { Hono } from 'hono';
import type { Env, Site } from '../site/context.ts';
import type { DeskParts } from './context.ts';
import { createDesk } from './context.ts';
import { auditRoutes } from './audit/routes.ts';
import { definitionRoutes } from './definitions/routes.ts';
import { parkedRoutes } from './parked/routes.ts';
import { passkeyRoutes } from './passkeys/routes.ts';
import { peopleRoutes } from './people/routes.ts';
import { requestRoutes } from './requests/routes.ts';
import { signInRoutes } from './sign-in/routes.ts';
import { taskRoutes } from './tasks/routes.ts';

/** The pages behind the sign-in. */
export function deskRoutes(site: Site, parts: DeskParts): Hono<Env> {
  const desk = createDesk(site, parts);
  const routes = new Hono<Env>();
  for (const make of [
    signInRoutes,
    taskRoutes,
    requestRoutes,
    passkeyRoutes,
    definitionRoutes,
    parkedRoutes,
    auditRoutes,
    peopleRoutes,
  ])
    routes.route('/', make(desk));
  return routes;
}
