import type { Context } from 'hono';
import { Hono } from 'hono';
import type { WaitingTask } from '../../../store/tasks.ts';
import type { SignedIn } from '../sign-in/session.ts';
import type { Env } from '../../site/context.ts';
import { show } from '../../site/context.ts';
import type { Desk } from '../context.ts';
import { admitted, deskView, field, posted, seen } from '../context.ts';
import { namesOf, today } from '../member-names.ts';
import { addSubstitute, SubstituteEntry } from '../../people/substitutes.ts';
import { tasksPage } from './page.ts';

/** The page of a person: what waits for them, what they decided, their substitutes. */
export function taskRoutes(desk: Desk): Hono<Env> {
  const routes = new Hono<Env>();
  routes.get('/', (c) => c.redirect('/tasks', 303));
  routes.get(
    '/tasks',
    seen(desk, 'tasks.viewed', [], (c, visitor) => showTasks(desk, c, visitor)),
  );
  // The next document to check, else whatever waits, else the list.
  routes.get('/next', async (c) => {
    const visitor = await admitted(desk, c);
    if (visitor instanceof Response) return visitor;
    const waiting = await desk.store.tasks.waitingFor(visitor.email);
    const next = waiting.find(({ kind }) => kind === 'validation') ?? waiting[0];
    return c.redirect(next ? linkTo(desk, next) : '/tasks', 303);
  });
  routes.post('/substitutes', async (c) => {
    const sent = await posted(desk, c);
    return sent instanceof Response ? sent : add(desk, c, sent.visitor, sent.form);
  });
  routes.post('/substitutes/:id/remove', async (c) => {
    const sent = await posted(desk, c);
    if (sent instanceof Response) return sent;
    const { email } = sent.visitor;
    const id = c.req.param('id');
    if (await desk.store.substitutes.remove(id, email)) {
      await desk.store.audit.append({ actor: email, action: 'substitute.removed', details: { id } });
    }
    return c.redirect('/tasks', 303);
  });
  return routes;
}

/** The page of a task, as its mail would lead there. */
function linkTo({ site }: Desk, { approval, round, approver, expires_at: expiresAt }: WaitingTask): string {
  return `/a/${site.tokens.signLink({ approval, round, approver, expiresAt })}`;
}

async function showTasks(desk: Desk, c: Context<Env>, visitor: SignedIn, problem?: string): Promise<Response> {
  const { store } = desk;
  const [waiting, decided, substitutes, standingIn, names] = await Promise.all([
    store.tasks.waitingFor(visitor.email),
    store.tasks.decidedBy(visitor.email),
    store.substitutes.of(visitor.email, today(desk)),
    store.substitutes.standingInFor(visitor.email, today(desk)),
    namesOf(desk),
  ]);
  const linked = waiting.map((task) => ({ ...task, link: linkTo(desk, task) }));
  const page = { waiting: linked, decided, substitutes, standingIn, names, problem };
  return show(c, tasksPage(deskView(desk, visitor), page), problem === undefined ? 200 : 422);
}

async function add(desk: Desk, c: Context<Env>, visitor: SignedIn, form: FormData): Promise<Response> {
  const entry = { substitute: field(form, 'substitute'), from: field(form, 'from'), to: field(form, 'to') };
  const period = SubstituteEntry.safeParse(entry);
  const parts = { store: desk.store, find: desk.find, now: desk.site.clock() };
  const id = period.success ? await addSubstitute(parts, visitor.email, period.data) : undefined;
  if (id !== undefined) return c.redirect('/tasks', 303);
  return showTasks(desk, c, visitor, deskView(desk, visitor).desk.substitutes.wrong);
}
