import type { Context } from 'hono';
import { Hono } from 'hono';
import type { DecideRequest } from '../../../core/model/approval.ts';
import type { Env, Site } from '../../site/context.ts';
import { show, visitorView } from '../../site/context.ts';
import type { Verdict } from '../../../intake/decisions.ts';
import { readDecision } from './posted-form.ts';
import type { Again } from '../form-shown-again.ts';
import { messagePage } from '../../site/message-page.ts';
import { stillApprover } from '../colleagues.ts';
import type { Visit } from '../request-state.ts';
import { stateOf } from '../request-state.ts';
import { lookByLink } from '../look-by-link.ts';
import type { Visitors } from '../visitors.ts';
import { factorFor } from './second-factor.ts';
import { formGuards } from '../../site/form-guards.ts';
import { aroundRoutes } from '../discussion/routes.ts';
import { refused, removed, showVisit, unconfirmed } from '../show-request.ts';

/** The page behind an approver's link. GET and HEAD only show; only a POST with the page's own token decides. */
export function approvalRoutes(site: Site, visitors: Visitors): Hono<Env> {
  const routes = new Hono<Env>();
  routes.get('/:token', async (c) => {
    const visit = await visitors.admit(c, 'view');
    if (visit instanceof Response) return visit;
    await site.views.note(c, visit.link.token, lookByLink(visit, 'approval.viewed'));
    return showVisit(site, c, visit);
  });
  routes.post('/:token', ...formGuards(site), async (c) => {
    const visit = await visitors.admit(c, 'decide');
    return visit instanceof Response ? visit : decide(site, c, visit);
  });
  routes.route('/', aroundRoutes(site, visitors));
  return routes;
}

async function decide(site: Site, c: Context<Env>, visit: Visit): Promise<Response> {
  // Whoever comes too late is told what happened, before anything they sent is judged.
  if (stateOf(visit, site.clock()).state !== 'waiting') return showVisit(site, c, visit, {});
  const view = visitorView(site, visit);
  if (!(await stillApprover(site, visit))) return removed(c, view, 409);
  const form = await c.req.formData();
  const read = readDecision(form, visit, site.tokens, view);
  if ('problem' in read) return showVisit(site, c, visit, read);
  const { link, dossier, person } = visit;
  const typed: Again = { values: read.decision.values, comment: read.decision.comment };
  const factor = await factorFor(site, c, visit, { form, page: read.page, decision: read.decision.decision, typed });
  if (factor instanceof Response) return factor;
  const request: DecideRequest = {
    approval: link.approval,
    round: link.round,
    approver: person.approver,
    ...read.decision,
    ...(factor && { factor }),
    page: { expiresAt: read.page.expiresAt.toISOString() },
  };
  // One page decides once: a form sent twice is the same update, and gets the same answer.
  const verdict = await site.decide(dossier.approval.run, request, `${link.approval}/${link.round}/${read.page.nonce}`);
  return answer(site, c, visit, verdict, typed);
}

async function answer(site: Site, c: Context<Env>, visit: Visit, verdict: Verdict, typed: Again): Promise<Response> {
  const back = `/a/${visit.link.token}`;
  switch (verdict.verdict) {
    case 'recorded':
      return c.redirect(back, 303);
    case 'accepted': {
      const view = visitorView(site, visit);
      return show(c, messagePage(view, view.text.state.accepted, view.text.state.acceptedDetail, back), 202);
    }
    case 'unconfirmed':
      return unconfirmed(site, c, visit, verdict.cause);
    default:
      return refused(site, c, visit, verdict.refusal, typed);
  }
}
