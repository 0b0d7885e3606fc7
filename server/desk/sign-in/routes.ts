import type { Context } from 'hono';
import { Hono } from 'hono';
import { z } from 'zod';
import { isFirstAdminLink } from './first-admin.ts';
import type { Env, Site } from '../../site/context.ts';
import { addressOf, errorPage, show, siteView } from '../../site/context.ts';
import type { Desk } from '../context.ts';
import { field, posted } from '../context.ts';
import { messagesOfDesk } from '../messages/index.ts';
import { languageOf } from '../../site/messages/index.ts';
import { codePage, firstAdminPage, signInPage } from './page.ts';
import { RateLimit } from '../../site/rate-limit.ts';
import { isCrossSite } from '../../site/security.ts';

/** A whole office may stand behind one address; a program that guesses codes does not get far with this. */
const POSTS_PER_MINUTE = 60;
/** Where codes are asked for and typed in: what is sent from other pages is no guess, and does not count. */
const GUESSABLE = /^\/(?:sign-in|first)(?:\/|$)/;
const HOME = '/tasks';
/** No name of a person or company department is longer. */
const MAX_NAME = 100;

const FirstAdmin = z.object({
  name: z.string().min(1).max(MAX_NAME),
  email: z.email(),
  language: z.enum(['pl', 'en']),
});

/** Signing in and out, and the first administrator. A GET never signs anyone in. */
export function signInRoutes(desk: Desk): Hono<Env> {
  const routes = new Hono<Env>();
  const limit = new RateLimit(POSTS_PER_MINUTE);
  routes.use(async (c, next) => {
    if (c.req.method !== 'POST') return next();
    if (isCrossSite(c.req.raw, desk.site.settings.publicUrl)) return errorPage(desk.site, c, 'elsewhere', 403);
    const counts = GUESSABLE.test(c.req.path);
    const allowed = !counts || limit.allows(addressOf(c), desk.site.clock().getTime());
    return allowed ? next() : errorPage(desk.site, c, 'tooMany', 429);
  });
  routes.get('/sign-in', async (c) => {
    if (await desk.sessions.current(c)) return c.redirect(HOME, 303);
    const { view, text } = door(desk.site, c);
    const notice = c.req.query('out') === undefined ? undefined : text.signIn.out;
    return show(c, signInPage(view, text, c.req.query('next') ?? '', notice), 200);
  });
  routes.post('/sign-in', async (c) => {
    const form = await c.req.formData();
    const id = await desk.codes.send(field(form, 'email'), addressOf(c));
    return c.redirect(`/sign-in/${id}?next=${encodeURIComponent(inside(field(form, 'next')))}`, 303);
  });
  routes.get('/sign-in/:id{[\\w-]{20,60}}', async (c) => {
    const { view, text } = door(desk.site, c);
    return show(c, codePage(view, text, { id: c.req.param('id'), next: c.req.query('next') ?? '' }), 200);
  });
  routes.post('/sign-in/:id{[\\w-]{20,60}}', (c) => enter(desk, c, c.req.param('id')));
  routes.post('/sign-out', async (c) => {
    const sent = await posted(desk, c);
    if (sent instanceof Response) return sent;
    await desk.sessions.end(c, sent.visitor.session);
    return c.redirect('/sign-in?out', 303);
  });
  routes.get('/first/:token', (c) => firstAdmin(desk, c));
  routes.post('/first/:token', (c) => firstAdmin(desk, c));
  return routes;
}

async function enter(desk: Desk, c: Context<Env>, id: string): Promise<Response> {
  const form = await c.req.formData();
  const next = inside(field(form, 'next'));
  const email = await desk.codes.redeem(id, field(form, 'code'));
  const { view, text } = door(desk.site, c);
  if (email === undefined) return show(c, codePage(view, text, { id, next, problem: text.signIn.wrong }), 422);
  await desk.sessions.start(c, email);
  await desk.store.audit.append({ actor: email, action: 'user.signed-in', details: {} });
  return c.redirect(next, 303);
}

async function firstAdmin(desk: Desk, c: Context<Env>): Promise<Response> {
  const { store, site, sessions } = desk;
  const { view, text } = door(site, c);
  const over = async () => show(c, signInPage(view, text, '', text.first.over), 410);
  const isOurs = isFirstAdminLink(site.tokens, c.req.param('token') ?? '', site.clock());
  if (!isOurs || (await store.users.hasAdmin())) return over();
  if (c.req.method !== 'POST') return show(c, firstAdminPage(view, text, c.req.path), 200);
  const form = await c.req.formData();
  const person = FirstAdmin.safeParse(
    Object.fromEntries(['name', 'email', 'language'].map((n) => [n, field(form, n)])),
  );
  if (!person.success) return show(c, firstAdminPage(view, text, c.req.path, text.first.wrong), 422);
  const email = person.data.email.toLowerCase();
  if (!(await store.users.saveFirstAdmin({ ...person.data, email, roles: ['admin'] }, site.clock()))) return over();
  await store.audit.append({ actor: email, action: 'user.first-admin', details: { name: person.data.name } });
  await sessions.start(c, email);
  return c.redirect('/people', 303);
}

/** What someone sees who is not signed in: in their browser's language. */
function door(site: Site, c: Context<Env>) {
  const language = languageOf(c.req.header('accept-language'));
  return { view: siteView(site, language), text: messagesOfDesk(language) };
}

/** A path of ours, whatever was sent: a sign-in never leads to another site. */
function inside(next: string): string {
  return /^\/(?![/\\])[\w/.:%~-]*$/.test(next) ? next : HOME;
}
