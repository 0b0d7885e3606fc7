import { Hono } from 'hono';
import type { Prove } from '../core/model/proof.ts';
import type { Settings } from '../core/settings/settings.ts';
import type { Store } from '../store/index.ts';
import { loadAssets } from './site/serve-assets.ts';
import type { Env, Site } from './site/context.ts';
import { boundBodies } from './site/body-bounds.ts';
import { errorPage, knowClients } from './site/context.ts';
import type { TemporalUpdates } from '../intake/decisions.ts';
import { createActor, createDecider, unlessGone } from '../intake/decisions.ts';
import { answerRoutes } from './links/answer/routes.ts';
import { approvalRoutes } from './links/approval/routes.ts';
import { digestRoutes } from './links/digest/routes.ts';
import { draftRoutes } from './links/station/draft-routes.ts';
import { taskRoutes } from './links/task/routes.ts';
import { fileRoutes } from './links/file-routes.ts';
import { securityHeaders } from './site/security.ts';
import type { Tokens } from './site/tokens.ts';
import { createViews } from './site/view-log.ts';
import { createVisitors } from './links/visitors.ts';

export type AppDeps = {
  store: Site['store'] & Pick<Store, 'db'>;
  temporal: TemporalUpdates;
  settings: Settings;
  tokens: Tokens;
  /** Signs what people decide and do, for the run that waits for it. */
  prove: Prove;
  /** Secrets by name, for the authenticators of people. */
  secret?: (name: string) => Promise<string>;
  clock?: () => Date;
  /** Errors that a person can do nothing about. Tokens are never in them. */
  log?: (message: string, error?: unknown) => void;
  /** Adds routes, such as the API's and those of the desk, under the same headers. */
  extend?: (app: Hono<Env>, site: Site) => unknown;
};

/** The HTTP application: approvers' pages, their files, health. Serve it with `@hono/node-server`. */
export function createApp(deps: AppDeps): Hono<Env> {
  const assets = loadAssets();
  const clock = deps.clock ?? (() => new Date());
  const isGone = async (email: string): Promise<boolean> => {
    const user = await deps.store.users.find(email);
    return user !== undefined && user.removed_at !== null;
  };
  const site: Site = {
    store: deps.store,
    settings: deps.settings,
    tokens: deps.tokens,
    decide: unlessGone(createDecider(deps.temporal, deps.prove), ({ approver }) => approver, isGone),
    act: unlessGone(
      createActor(deps.temporal, deps.prove),
      (act) => ('approver' in act ? act.approver : act.by),
      isGone,
    ),
    secret: deps.secret,
    views: createViews({ store: deps.store, clock }),
    clock,
    asset: assets.address,
    log: deps.log ?? ((message, error) => console.error(message, error)),
  };
  const visitors = createVisitors(site);
  const app = new Hono<Env>();
  app.use(securityHeaders(deps.settings.publicUrl));
  app.use(knowClients(deps.settings));
  app.use(boundBodies(site));
  app.get('/health', async (c) => {
    await deps.store.db.selectFrom('approvals').select('id').limit(1).execute();
    return c.json({ status: 'ok' });
  });
  app.route('/', assets.routes);
  app.route('/a', fileRoutes(site, visitors));
  app.route('/a', draftRoutes(site, visitors));
  app.route('/a', taskRoutes(site, visitors));
  app.route('/a', approvalRoutes(site, visitors));
  app.route('/q', answerRoutes(site, visitors));
  app.route('/d', digestRoutes(site, visitors));
  deps.extend?.(app, site);
  app.notFound((c) => errorPage(site, c, 'notFound', 404));
  app.onError((error, c) => {
    site.log('a request failed', error);
    return errorPage(site, c, 'broken', 500);
  });
  return app;
}
