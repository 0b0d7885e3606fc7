import { Hono } from 'hono';
import type { Env, Site } from '../../context.ts';
import type { DeskParts } from '../../desk/desk.ts';
import { createDesk } from '../../desk/desk.ts';
import { auditRoutes } from './audit.ts';
import { definitionRoutes } from './definitions.ts';
import { parkedRoutes } from './parked.ts';
import { passkeyRoutes } from './passkeys.ts';
import { peopleRoutes } from './people.ts';
import { signInRoutes } from './sign-in.ts';
import { taskRoutes } from './tasks.ts';

/** The pages behind the sign-in. */
export function deskRoutes(site: Site, parts: DeskParts): Hono<Env> {
  const desk = createDesk(site, parts);
  const routes = new Hono<Env>();
  for (const make of [
    signInRoutes,
    taskRoutes,
    passkeyRoutes,
    definitionRoutes,
    parkedRoutes,
    auditRoutes,
    peopleRoutes,
  ])
    routes.route('/', make(desk));
  return routes;
}
