import { randomBytes } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { serve } from '@hono/node-server';
import { applicationException } from '../core/model/problem.ts';
import { createPeople } from '../server/people/members.ts';
import { createApi } from '../server/api/index.ts';
import { createApp } from '../server/app.ts';
import { firstAdminPath } from '../server/desk/sign-in/first-admin.ts';
import { hookRoutes } from '../server/hooks/routes.ts';
import { deskRoutes } from '../server/desk/index.ts';
import { createOnce } from '../store/private-file.ts';
import { deskMailer } from './compose.ts';
import type { Installation } from './open-installation.ts';

/** Length of the API token: 256 bits cannot be guessed. */
const TOKEN_BYTES = 32;

export type Serving = {
  url: string;
  /** Where whoever starts the installation becomes its administrator; there as long as it has none. */
  firstAdmin: string | undefined;
  stop(): Promise<void>;
};

/** Starts the HTTP server: approval pages, and the API under `/api`. Says so when its port is occupied. */
export async function startServer(installation: Installation): Promise<Serving> {
  const { settings, store } = installation.parts;
  const { host, port } = settings.server;
  const token = await apiToken(installation.home);
  const app = createApp({
    store,
    temporal: installation.client,
    settings,
    tokens: installation.tokens,
    prove: installation.decisionKeys.prove,
    secret: (name) => installation.parts.secrets.get(name),
    extend: (pages, site) => {
      const { client, publish, temporal } = installation;
      const { searchAttributes } = temporal;
      const find = createPeople(store.users, settings);
      pages.route('/api', createApi({ site, store, client, publish, find, token, searchAttributes }));
      const { log, clock } = site;
      const secret = (name: string) => installation.parts.secrets.get(name);
      const { artefacts } = store;
      pages.route('/hooks', hookRoutes({ hooks: settings.hooks, artefacts, publish, secret, clock, log }));
      pages.route(
        '/',
        deskRoutes(site, { store, client, searchAttributes, publish, sendMail: deskMailer(installation.parts) }),
      );
    },
  });
  const url = `http://${host}:${port}`;
  const server = await new Promise<ReturnType<typeof serve>>((done, fail) => {
    const starting = serve({ fetch: app.fetch, hostname: host, port }, () => done(starting));
    starting.once('error', (cause) => {
      const mend = `To fix: stop the program that uses it, or set server.port (and publicUrl) in the settings`;
      fail(
        applicationException('configuration', `the server cannot listen on ${url} (${cause.message}). ${mend}`, {
          cause,
        }),
      );
    });
  });
  await writeFile(join(installation.home, 'server.json'), JSON.stringify({ url, token }), { mode: 0o600 });
  const path = await firstAdminPath(store.users, installation.tokens, new Date());
  return {
    url,
    firstAdmin: path && new URL(path, settings.publicUrl).href,
    stop: () =>
      new Promise((done) => {
        server.close(() => done());
        if ('closeAllConnections' in server) server.closeAllConnections();
      }),
  };
}

/** The token of the API, made at the first start. `ZAPLECZE_TOKEN` overrides it, where many processes share it. */
async function apiToken(home: string): Promise<string> {
  const given = process.env.ZAPLECZE_TOKEN;
  if (given) return given;
  const path = join(home, 'api-token');
  const found = await readFile(path, 'utf8').catch(() => undefined);
  if (found) return found.trim();
  await createOnce(path, randomBytes(TOKEN_BYTES).toString('base64url'));
  return (await readFile(path, 'utf8')).trim();
}
