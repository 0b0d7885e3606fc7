import type { Context } from 'hono';
import { Hono } from 'hono';
import type { Progress } from '../../../core/model/run.ts';
import type { SignedIn } from '../sign-in/session.ts';
import type { Env } from '../../site/context.ts';
import { errorPage, show } from '../../site/context.ts';
import { readAct } from './acts.ts';
import type { Desk } from '../context.ts';
import { admitted, deskView, field, noteLook, posted } from '../context.ts';
import { namesOf } from '../member-names.ts';
import { assign, operatorsOf } from './operators.ts';
import type { IncidentPage } from './incident-page.ts';
import { incidentPage } from './incident-page.ts';
import { addressOf } from './page.ts';
import { factsOf, operate } from '../../runs/operate.ts';
import type { Parked } from '../../runs/parked.ts';
import { progressOf } from '../../runs/parked.ts';
import { showRun } from '../../runs/view.ts';
import { sendArtefact } from '../../links/file-routes.ts';

type Found = { parked: Parked; progress: Progress };

/** The page of one parked task. */
export function incidentRoutes(desk: Desk): Hono<Env> {
  const routes = new Hono<Env>();
  routes.get('/parked/:run/:incident', async (c) => {
    const visitor = await admitted(desk, c, 'operator');
    if (visitor instanceof Response) return visitor;
    const found = await find(desk, c);
    if (!found) return gone(desk, c, visitor);
    const { run, incident } = found.parked;
    const details = { incident: incident.id, task: incident.reference, ...factsOf(found.progress) };
    await noteLook(desk, c, visitor, 'run.viewed', { run: run.run, details });
    return showIncident(desk, c, visitor, found);
  });
  routes.get('/parked/:run/:incident/evidence/:index{\\d{1,2}}', async (c) => {
    const visitor = await admitted(desk, c, 'operator');
    if (visitor instanceof Response) return visitor;
    const found = await find(desk, c);
    const file = found?.parked.incident.problem.evidence?.[Number(c.req.param('index'))];
    if (!found || !file) return errorPage(desk.site, c, 'notFound', 404, visitor);
    const { run, incident } = found.parked;
    const details = { incident: incident.id, file: { id: file.id, name: file.name } };
    await noteLook(desk, c, visitor, 'evidence.viewed', { run: run.run, details });
    return sendArtefact(desk.site, c, file);
  });
  routes.post('/parked/:run/:incident', async (c) => {
    const sent = await posted(desk, c, 'operator');
    if (sent instanceof Response) return sent;
    const found = await find(desk, c);
    return found ? act(desk, c, sent.visitor, sent.form, found) : gone(desk, c, sent.visitor);
  });
  return routes;
}

async function find({ client }: Desk, c: Context<Env>): Promise<Found | undefined> {
  const run = c.req.param('run') ?? '';
  const progress = await progressOf(client, run);
  const incident = progress?.incidents.find(({ id }) => id === c.req.param('incident'));
  if (!progress || !incident) return undefined;
  return { progress, parked: { run: await showRun(client, run), definition: progress.definition, incident } };
}

async function gone(desk: Desk, c: Context<Env>, visitor: SignedIn): Promise<Response> {
  return errorPage(desk.site, c, 'notFound', 404, { language: visitor.language, back: '/parked' });
}

async function showIncident(
  desk: Desk,
  c: Context<Env>,
  visitor: SignedIn,
  { parked, progress }: Found,
  again: Pick<IncidentPage, 'problem' | 'typed' | 'json'> = {},
): Promise<Response> {
  const [assignments, operators, names] = await Promise.all([
    desk.store.assignments.of([parked.incident.id]),
    operatorsOf(desk),
    namesOf(desk),
  ]);
  const email = assignments.get(parked.incident.id)?.assignee;
  const assignee = email === undefined ? undefined : (names.get(email) ?? email);
  const page = { parked, steps: progress.tasks, assignee, operators, ...again };
  return show(c, incidentPage(deskView(desk, visitor), page), again.problem === undefined ? 200 : 422);
}

async function act(desk: Desk, c: Context<Env>, visitor: SignedIn, form: FormData, found: Found): Promise<Response> {
  const { problems } = deskView(desk, visitor).desk.operating;
  const { run, incident } = found.parked;
  if (field(form, 'act') === 'assign') {
    const assignee = field(form, 'assignee');
    const known = (await operatorsOf(desk)).has(assignee);
    if (!known) return showIncident(desk, c, visitor, found, { problem: problems.assignee });
    await assign(desk, visitor, run.run, incident.id, assignee);
    return c.redirect(addressOf(run.run, incident.id), 303);
  }
  const definition = (await desk.store.definitions.byHash(found.progress.definition.hash))?.definition;
  const read = readAct(form, found.parked, definition, problems);
  if ('problem' in read) return showIncident(desk, c, visitor, found, read);
  const result = await operate(desk, visitor.email, run.run, read.act);
  if (result === 'done') return c.redirect(`/parked?done=${read.act.act}`, 303);
  return showIncident(desk, c, visitor, found, { problem: problems.gone });
}
