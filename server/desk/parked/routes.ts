import type { Context } from 'hono';
import { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import type { OperatorAct } from '../../../core/model/run.ts';
import type { SignedIn } from '../sign-in/session.ts';
import type { Env } from '../../site/context.ts';
import { errorPage, show } from '../../site/context.ts';
import { readEnd } from './acts.ts';
import type { Desk } from '../context.ts';
import { deskView, field, posted, seen } from '../context.ts';
import { namesOf } from '../member-names.ts';
import { assign, operatorsOf } from './operators.ts';
import { parkedPage } from './page.ts';
import { operate } from '../../runs/operate.ts';
import { listParked } from '../../runs/parked.ts';
import { incidentRoutes } from './incident-routes.ts';

/** Changed arguments with a long text; files travel by reference. */
const MAX_FORM_BYTES = 4 * 1024 * 1024;
/** As many as a list shows. */
const MAX_CHOSEN = 200;

/** The operator's pages: parked runs, one by one and many at once. */
export function parkedRoutes(desk: Desk): Hono<Env> {
  const routes = new Hono<Env>();
  routes.use(
    '/parked/*',
    bodyLimit({ maxSize: MAX_FORM_BYTES, onError: (c) => errorPage(desk.site, c, 'tooLarge', 413) }),
  );
  routes.get(
    '/parked',
    seen(desk, 'parked.viewed', ['operator'], (c, visitor) =>
      showParked(desk, c, visitor, { notice: noticeOf(c, deskView(desk, visitor).desk.operating.done) }),
    ),
  );
  routes.post('/parked', async (c) => {
    const sent = await posted(desk, c, 'operator');
    return sent instanceof Response ? sent : actOnMany(desk, c, sent.visitor, sent.form);
  });
  routes.route('/', incidentRoutes(desk));
  return routes;
}

/** After an act the list tells what was done: the address names which. */
function noticeOf(c: Context<Env>, words: Record<string, string>): string | undefined {
  const done = c.req.query('done') ?? '';
  return Object.hasOwn(words, done) ? words[done] : undefined;
}

async function showParked(
  desk: Desk,
  c: Context<Env>,
  visitor: SignedIn,
  told: { notice?: string | undefined; problem?: string | undefined },
): Promise<Response> {
  const { parked, silent } = await listParked(desk.client, desk.searchAttributes);
  const [assignments, operators, names] = await Promise.all([
    desk.store.assignments.of(parked.map(({ incident }) => incident.id)),
    operatorsOf(desk),
    namesOf(desk),
  ]);
  const assigned = new Map([...assignments].map(([id, { assignee }]) => [id, names.get(assignee) ?? assignee]));
  const page = { parked, silent, assigned, operators, ...told };
  return show(c, parkedPage(deskView(desk, visitor), page), told.problem === undefined ? 200 : 422);
}

async function actOnMany(desk: Desk, c: Context<Env>, visitor: SignedIn, form: FormData): Promise<Response> {
  const { operating: text } = deskView(desk, visitor).desk;
  const chosen = form.getAll('chosen').slice(0, MAX_CHOSEN).flatMap(chosenOf);
  if (chosen.length === 0) return showParked(desk, c, visitor, { problem: text.noneChosen });
  const act = field(form, 'act');
  if (act === 'assign') {
    const assignee = field(form, 'assignee');
    if (!(await operatorsOf(desk)).has(assignee))
      return showParked(desk, c, visitor, { problem: text.problems.assignee });
    for (const { run, incident } of chosen) await assign(desk, visitor, run, incident, assignee);
    return c.redirect('/parked?done=assign', 303);
  }
  const acts: { run: string; act: OperatorAct }[] = [];
  for (const { run, incident } of chosen) {
    const one =
      act === 'retry' || act === 'skip' ? { act: { act, incident } as const } : readEnd(form, incident, text.problems);
    if ('problem' in one) return showParked(desk, c, visitor, { problem: one.problem });
    acts.push({ run, act: one.act });
  }
  let done = 0;
  for (const one of acts) if ((await operate(desk, visitor.email, one.run, one.act)) === 'done') done += 1;
  return showParked(desk, c, visitor, { notice: text.manyDone(done, acts.length) });
}

function chosenOf(value: FormDataEntryValue): { run: string; incident: string }[] {
  const cut = typeof value === 'string' ? value.lastIndexOf(' ') : -1;
  return typeof value === 'string' && cut > 0 ? [{ run: value.slice(0, cut), incident: value.slice(cut + 1) }] : [];
}
