import type { Context } from 'hono';
import { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { lifecycleOf } from '../../../core/model/lifecycle.ts';
import { ProblemError } from '../../../core/model/problem.ts';
import type { SignedIn } from '../sign-in/session.ts';
import type { Env } from '../../site/context.ts';
import { errorPage, show } from '../../site/context.ts';
import { check, deploy, type DeployDependencies } from '../../runs/deploy.ts';
import { confirmProposal, rejectProposal } from '../../runs/proposals.ts';
import { undeploy } from '../../runs/undeploy.ts';
import type { Desk } from '../context.ts';
import { admitted, deskView, field, noteLook, posted, seen } from '../context.ts';
import { readUpload } from './upload.ts';
import type { Told } from './page.ts';
import { definitionPage, definitionsPage } from './page.ts';
import { runningByVersion } from '../../runs/view.ts';

/** A definition with its forms and mail texts is some hundred kilobytes. */
const MAX_FORM_BYTES = 8 * 1024 * 1024;

/** The author's pages: what is deployed, checking and deploying. */
export function definitionRoutes(desk: Desk): Hono<Env> {
  const routes = new Hono<Env>();
  const tooLarge = bodyLimit({ maxSize: MAX_FORM_BYTES, onError: (c) => errorPage(desk.site, c, 'tooLarge', 413) });
  routes.get(
    '/definitions',
    seen(desk, 'definitions.viewed', ['author'], (c, visitor) => showDefinitions(desk, c, visitor)),
  );
  routes.get('/definitions/:namespace/:name', async (c) => {
    const visitor = await admitted(desk, c, 'author');
    if (visitor instanceof Response) return visitor;
    const { namespace, name } = c.req.param();
    const versions = await desk.store.definitions.versions(namespace, name);
    const chosen = versions.find(({ version }) => version === c.req.query('version')) ?? versions[0];
    if (!chosen) return errorPage(desk.site, c, 'notFound', 404, { language: visitor.language, back: '/definitions' });
    const running = await runningByVersion(desk.client, namespace, name);
    await noteLook(desk, c, visitor, 'definition.viewed', { details: { namespace, name, version: chosen.version } });
    return show(c, definitionPage(deskView(desk, visitor), { chosen, versions, running }), 200);
  });
  routes.post('/definitions', tooLarge, async (c) => {
    const sent = await posted(desk, c, 'author');
    return sent instanceof Response ? sent : take(desk, c, sent.visitor, sent.form);
  });
  routes.post('/definitions/act', tooLarge, async (c) => {
    const sent = await posted(desk, c, 'author');
    return sent instanceof Response ? sent : act(desk, c, sent.visitor, sent.form);
  });
  return routes;
}

/** A proposal of somebody else, confirmed or turned away, and a definition taken out of use. */
async function act(desk: Desk, c: Context<Env>, visitor: SignedIn, form: FormData): Promise<Response> {
  const parts = partsOf(desk, visitor);
  const { definitions: text } = deskView(desk, visitor).desk;
  try {
    const proposal = field(form, 'proposal');
    const verb = field(form, 'act');
    if (verb === 'undeploy') await undeploy(parts, field(form, 'namespace'), field(form, 'name'));
    else if (verb === 'reject') await rejectProposal(parts, proposal);
    else {
      const result = await confirmProposal(parts, proposal);
      if (!result.ok) return await showDefinitions(desk, c, visitor, { problem: text.wrong(proposal), ...result });
    }
    return c.redirect('/definitions', 303);
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    const problem = error.problem.status === 404 ? text.gone : text.notYours;
    return showDefinitions(desk, c, visitor, { problem });
  }
}

function partsOf(desk: Desk, { email, departments }: SignedIn): DeployDependencies {
  const { settings } = desk.site;
  return {
    ...{ store: desk.store, client: desk.client, timeZone: settings.timeZone, names: settings },
    options: { searchAttributes: desk.searchAttributes, ...lifecycleOf(settings) },
    ...{ actor: email, departments, proposes: true, fourEyes: settings.deploying.fourEyes },
  };
}

async function showDefinitions(desk: Desk, c: Context<Env>, visitor: SignedIn, told?: Told): Promise<Response> {
  const [current, proposals] = await Promise.all([desk.store.definitions.current(), desk.store.proposals.open()]);
  const page = definitionsPage(deskView(desk, visitor), { current, proposals }, told);
  return show(c, page, told?.problem === undefined ? 200 : 422);
}

async function take(desk: Desk, c: Context<Env>, visitor: SignedIn, form: FormData): Promise<Response> {
  const { definitions: text } = deskView(desk, visitor).desk;
  const request = await readUpload(form);
  if (!request) return showDefinitions(desk, c, visitor, { problem: text.nothing });
  if (field(form, 'act') !== 'deploy') {
    const { ok, findings } = check(request, desk.site.settings);
    const said = ok ? { notice: text.sound(request.file) } : { problem: text.wrong(request.file) };
    return showDefinitions(desk, c, visitor, { ...said, findings });
  }
  try {
    const result = await deploy(partsOf(desk, visitor), request);
    if (!result.ok) return await showDefinitions(desk, c, visitor, { problem: text.wrong(request.file), ...result });
    if ('proposal' in result) {
      const notice = text.proposed(`${result.namespace}/${result.name} ${result.version}`);
      return await showDefinitions(desk, c, visitor, { ...result, notice });
    }
    const title = `${result.namespace}/${result.name} ${result.version}`;
    const notice = result.changed ? text.deployed(title) : text.unchanged(title);
    return await showDefinitions(desk, c, visitor, { ...result, notice, changes: result.previous?.changes });
  } catch (error) {
    if (error instanceof ProblemError && error.problem.status === 403) {
      return showDefinitions(desk, c, visitor, { problem: text.notYours });
    }
    // Other content under a version that exists: what runs under a version never changes.
    if (error instanceof ProblemError && error.problem.status === 409) {
      return showDefinitions(desk, c, visitor, { problem: text.versionTaken });
    }
    throw error;
  }
}
