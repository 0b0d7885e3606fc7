import { Hono, type Context } from 'hono';
import { getCookie } from 'hono/cookie';
import { parseForm } from './charset.ts';
import { frameset, login, menu, serverError, welcome } from './pages/frames.ts';
import { respond } from './pages/layout.ts';
import { recordRoutes } from './record-routes.ts';
import { entryRoutes } from './entry-routes.ts';
import type { AddPage, Office } from './office.ts';
import { SESSION_COOKIE } from './sessions.ts';

/** The intranet as an application without a socket: `app.request()` answers as the server would. */
export function createIntranetApp(office: Office): Hono {
  const app = new Hono();
  app.use(office.faults.middleware);
  app.onError((error) => {
    console.error('intranet:', error);
    return respond(serverError(), { status: 500 });
  });

  app.get('/', () => respond(frameset()));
  app.get('/M001.asp', (c) => respond(menu(office.sessions.touch(sessionOf(c)))));
  app.get('/LG001.asp', (c) => respond(login(c.req.query('W') === '1' ? SESSION_LOST : '')));
  app.post('/LG001.asp', async (c) => {
    const fields = parseForm(await c.req.text());
    const session = office.sessions.login(fields.get('L_01') ?? '', fields.get('L_02') ?? '');
    if (session === undefined) return respond(login('Nieprawidłowy operator lub hasło.'));
    return redirect('/G001.asp', `${SESSION_COOKIE}=${session}; Path=/; HttpOnly; SameSite=Lax`);
  });
  app.get('/LG009.asp', (c) => {
    office.sessions.logout(sessionOf(c));
    return redirect('/LG001.asp');
  });

  const addPage: AddPage = (path, handler) => {
    app.on(['GET', 'POST'], path, async (c) => {
      const user = office.sessions.touch(sessionOf(c));
      // The redirect stays inside the frame, and what was typed is lost with it.
      if (user === undefined) return redirect(sessionOf(c) === undefined ? '/LG001.asp' : '/LG001.asp?W=1');
      const body = c.req.method === 'POST' ? await c.req.text() : new URL(c.req.url).search.slice(1);
      return handler({ user, fields: parseForm(body) });
    });
  };
  addPage('/G001.asp', ({ user }) => respond(welcome(user, office.register.postings().length)));
  entryRoutes(addPage, office);
  recordRoutes(addPage, office);
  return app;
}

const sessionOf = (c: Context) => getCookie(c, SESSION_COOKIE);

const SESSION_LOST = 'Sesja wygasła. Proszę zalogować się ponownie.';

function redirect(location: string, cookie?: string): Response {
  return new Response(null, {
    status: 302,
    headers: { Location: location, ...(cookie === undefined ? {} : { 'Set-Cookie': cookie }) },
  });
}
