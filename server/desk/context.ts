import type { Client } from '@temporalio/client';
import type { Context } from 'hono';
import type { CloudEvent } from '../../core/events/cloud-event.ts';
import type { Routed } from '../../intake/router.ts';
import type { Role } from '../../core/model/access.ts';
import type { Store } from '../../store/index.ts';
import type { Codes, SendDeskMail } from './sign-in/codes.ts';
import { createCodes } from './sign-in/codes.ts';
import type { FindPerson } from '../people/members.ts';
import { createPeople, may } from '../people/members.ts';
import type { Sessions, SignedIn } from './sign-in/session.ts';
import { createSessions } from './sign-in/session.ts';
import { RateLimit } from '../site/rate-limit.ts';
import type { Env, Site } from '../site/context.ts';
import { errorPage, show, siteView } from '../site/context.ts';
import { messagesOfDesk } from './messages/index.ts';
import { messagePage } from '../site/message-page.ts';
import type { DeskView } from './frame.ts';
import { isCrossSite } from '../site/security.ts';

/** What the pages behind the sign-in share. */
export type Desk = {
  site: Site;
  store: Store;
  client: Client;
  searchAttributes: boolean;
  sessions: Sessions;
  codes: Codes;
  find: FindPerson;
  publish: Publish;
  /** How often a person sends forms. */
  posts: RateLimit;
};

/** A person who goes through a list with the keyboard; a program that uses their session gets no further. */
const POSTS_PER_MINUTE = 120;

/** Hands an event to the definitions that want it, each once. */
export type Publish = (event: CloudEvent) => Promise<Routed>;

export type DeskParts = {
  store: Store;
  client: Client;
  /** The namespace keeps the state of runs as a search attribute. */
  searchAttributes: boolean;
  sendMail: SendDeskMail;
  publish: Publish;
};

export function createDesk(site: Site, { store, client, searchAttributes, sendMail, publish }: DeskParts): Desk {
  const { tokens, clock, settings } = site;
  const { publicUrl } = settings;
  const find = createPeople(store.users, settings);
  const sessions = createSessions({ signIns: store.signIns, tokens, find, publicUrl, clock });
  const codes = createCodes({ signIns: store.signIns, tokens, find, sendMail, publicUrl, clock, log: site.log });
  return {
    site,
    store,
    client,
    searchAttributes,
    sessions,
    codes,
    find,
    publish,
    posts: new RateLimit(POSTS_PER_MINUTE),
  };
}

/** Who sends the request, if they may; else the answer to give instead: the sign-in, or a word. */
export async function admitted(desk: Desk, c: Context<Env>, ...roles: Role[]): Promise<SignedIn | Response> {
  const visitor = await desk.sessions.current(c);
  if (!visitor) {
    const next = c.req.method === 'GET' ? `?next=${encodeURIComponent(c.req.path)}` : '';
    return c.redirect(`/sign-in${next}`, 303);
  }
  if (roles.length === 0 || may(visitor, ...roles)) return visitor;
  const { forbidden } = messagesOfDesk(visitor.language);
  return show(c, messagePage(siteView(desk.site, visitor.language), forbidden.title, forbidden.detail, '/tasks'), 403);
}

/** Notes that a person has looked at a page behind the sign-in. */
export async function noteLook(
  { site }: Desk,
  c: Context<Env>,
  { email, session }: SignedIn,
  action: `${string}.viewed`,
  about: { run?: string; details?: Record<string, unknown> } = {},
): Promise<void> {
  await site.views.note(c, session, { actor: email, action, details: {}, ...about });
}

/** A page that shows itself to whoever may see it; the look is noted. */
export function seen(
  desk: Desk,
  action: `${string}.viewed`,
  roles: Role[],
  showPage: (c: Context<Env>, visitor: SignedIn) => Promise<Response>,
) {
  return async (c: Context<Env>): Promise<Response> => {
    const visitor = await admitted(desk, c, ...roles);
    if (visitor instanceof Response) return visitor;
    await noteLook(desk, c, visitor, action);
    return showPage(c, visitor);
  };
}

export type Posted = { visitor: SignedIn; form: FormData };

/** The same for a form: it must come from our own page, and carry the session's token. */
export async function posted(desk: Desk, c: Context<Env>, ...roles: Role[]): Promise<Posted | Response> {
  const { site, sessions, posts } = desk;
  if (isCrossSite(c.req.raw, site.settings.publicUrl)) return errorPage(site, c, 'elsewhere', 403);
  const visitor = await admitted(desk, c, ...roles);
  if (visitor instanceof Response) return visitor;
  if (!posts.allows(visitor.email, site.clock().getTime())) return errorPage(site, c, 'tooMany', 429, visitor);
  const form = await c.req.formData();
  if (sessions.isCsrf(visitor.session, form.get('csrf'))) return { visitor, form };
  const view = siteView(site, visitor.language);
  const { form: words } = messagesOfDesk(visitor.language);
  return show(c, messagePage(view, view.text.errors.elsewhere, words.expired, '/tasks'), 403);
}

export function deskView(desk: Desk, visitor: SignedIn): DeskView {
  return {
    ...siteView(desk.site, visitor.language),
    desk: messagesOfDesk(visitor.language),
    visitor,
    csrf: desk.sessions.csrf(visitor.session),
  };
}

/** A text field of a form, trimmed; empty where it is not there. */
export function field(form: FormData, name: string): string {
  const value = form.get(name);
  return typeof value === 'string' ? value.trim() : '';
}
