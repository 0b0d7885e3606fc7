import type { Context } from 'hono';
import { Hono } from 'hono';
import { removeUser, saveUser, UserEntry } from '../../people/manage-members.ts';
import type { SignedIn } from '../sign-in/session.ts';
import type { Env } from '../../site/context.ts';
import { show } from '../../site/context.ts';
import type { Desk } from '../context.ts';
import { deskView, field, posted, seen } from '../context.ts';
import { peoplePage } from './page.ts';

/** The administrator's page: who may do what. */
export function peopleRoutes(desk: Desk): Hono<Env> {
  const routes = new Hono<Env>();
  routes.get(
    '/people',
    seen(desk, 'people.viewed', ['admin'], (c, visitor) => showPeople(desk, c, visitor)),
  );
  routes.post('/people', async (c) => {
    const sent = await posted(desk, c, 'admin');
    if (sent instanceof Response) return sent;
    const { visitor, form } = sent;
    const text = deskView(desk, visitor).desk.people;
    const entry = UserEntry.safeParse({
      email: field(form, 'email'),
      name: field(form, 'name'),
      language: field(form, 'language'),
      roles: form.getAll('role'),
      departments: departmentsIn(field(form, 'departments')),
    });
    if (!entry.success) return showPeople(desk, c, visitor, text.wrong);
    const saved = await saveUser({ store: desk.store, now: desk.site.clock() }, visitor.email, entry.data);
    return saved ? c.redirect('/people', 303) : showPeople(desk, c, visitor, text.last);
  });
  routes.post('/people/remove', async (c) => {
    const sent = await posted(desk, c, 'admin');
    if (sent instanceof Response) return sent;
    const { visitor, form } = sent;
    const { act, settings } = desk.site;
    const parts = { store: desk.store, now: desk.site.clock(), find: desk.find, act, settings };
    const result = await removeUser(parts, visitor.email, field(form, 'email'));
    if (result === 'last') return showPeople(desk, c, visitor, deskView(desk, visitor).desk.people.last);
    return c.redirect('/people', 303);
  });
  return routes;
}

/** Names apart by blanks or commas; none stands for all departments. */
export function departmentsIn(text: string): string[] | undefined {
  const names = text.split(/[\s,]+/).filter(Boolean);
  return names.length === 0 ? undefined : names;
}

async function showPeople(desk: Desk, c: Context<Env>, visitor: SignedIn, problem?: string): Promise<Response> {
  const users = await desk.store.users.list();
  return show(c, peoplePage(deskView(desk, visitor), users, problem), problem === undefined ? 200 : 422);
}
