import { setTimeout as sleep } from 'node:timers/promises';
import type { Context } from 'hono';
import { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import type { DecideRequest, Refusal } from '../../definitions/model/approval.ts';
import type { ApprovalDossier } from '../../store/approvals.ts';
import type { Env, Site } from '../context.ts';
import { errorPage, show, visitorView } from '../context.ts';
import type { Verdict } from '../decide.ts';
import { readDecision } from '../form.ts';
import type { Again } from '../pages/again.ts';
import { approvalPage } from '../pages/approval.ts';
import { outcomePage } from '../pages/outcome.ts';
import { stationPage } from '../pages/station.ts';
import { messagePage } from '../pages/message.ts';
import { isCrossSite } from '../security.ts';
import type { Visit } from '../state.ts';
import { stateOf } from '../state.ts';
import type { Visitors } from '../visit.ts';

/** A corrected invoice of a few hundred lines with a reason; ten megabytes of comment are refused unread. */
const MAX_FORM_BYTES = 512 * 1024;
/** Two seconds in all: the record is usually there after a tenth. */
const RECORD_LOOKS = 20;
const RECORD_LOOK_MS = 100;

/** The page behind an approver's link. GET and HEAD only show; only a POST with the page's own token decides. */
export function approvalRoutes(site: Site, visitors: Visitors): Hono<Env> {
  const routes = new Hono<Env>();
  routes.get('/:token', async (c) => {
    const visit = await visitors.admit(c, 'view');
    return visit instanceof Response ? visit : showVisit(site, c, visit);
  });
  routes.post(
    '/:token',
    async (c, next) =>
      isCrossSite(c.req.raw, site.settings.publicUrl) ? errorPage(site, c, 'elsewhere', 403) : next(),
    bodyLimit({ maxSize: MAX_FORM_BYTES, onError: (c) => errorPage(site, c, 'tooLarge', 413) }),
    async (c) => {
      const visit = await visitors.admit(c, 'decide');
      return visit instanceof Response ? visit : decide(site, c, visit);
    },
  );
  return routes;
}

async function showVisit(site: Site, c: Context<Env>, visit: Visit, again?: Again): Promise<Response> {
  const view = visitorView(site, visit);
  const state = stateOf(visit, site.clock());
  if (state.state !== 'waiting') {
    return show(
      c,
      outcomePage(visit, state, view, again?.problem),
      again ? 409 : state.state === 'decided' ? 200 : 410,
    );
  }
  const page = site.tokens.signPage(visit.link, site.clock());
  const render = visit.dossier.approval.kind === 'validation' ? stationPage : approvalPage;
  return show(c, render(visit, view, page, again), again ? 422 : 200);
}

async function decide(site: Site, c: Context<Env>, visit: Visit): Promise<Response> {
  // Whoever comes too late is told what happened, before anything they sent is judged.
  if (stateOf(visit, site.clock()).state !== 'waiting') return showVisit(site, c, visit, {});
  const view = visitorView(site, visit);
  const read = readDecision(await c.req.formData(), visit, site.tokens, view);
  if ('problem' in read) return showVisit(site, c, visit, read);
  const { link, dossier, person } = visit;
  const request: DecideRequest = {
    approval: link.approval,
    round: link.round,
    approver: person.approver,
    ...read.decision,
    page: { expiresAt: read.page.expiresAt.toISOString() },
  };
  // One page decides once: a form sent twice is the same update, and gets the same answer.
  const verdict = await site.decide(dossier.approval.run, request, `${link.approval}/${link.round}/${read.page.nonce}`);
  return answer(site, c, visit, verdict);
}

async function answer(site: Site, c: Context<Env>, visit: Visit, verdict: Verdict): Promise<Response> {
  const back = `/a/${visit.link.token}`;
  const { language } = visit.person;
  switch (verdict.verdict) {
    case 'recorded':
      return c.redirect(back, 303);
    case 'accepted': {
      const view = visitorView(site, visit);
      return show(c, messagePage(view, view.text.state.accepted, view.text.state.acceptedDetail, back), 202);
    }
    case 'unconfirmed':
      site.log('the engine did not confirm a decision', verdict.cause);
      return errorPage(site, c, 'noAnswer', 503, { language, back });
    default:
      return refused(site, c, visit, verdict.refusal);
  }
}

/** The run has judged. Only a page that was open too long, or a broken form, may try again. */
async function refused(site: Site, c: Context<Env>, visit: Visit, refusal: Refusal): Promise<Response> {
  const view = visitorView(site, visit);
  const problem = view.text.refusals[refusal];
  if (refusal === 'page-expired' || refusal === 'malformed') return showVisit(site, c, visit, { problem });
  const dossier = refusal === 'already-decided' ? await onceRecorded(site, visit) : await reread(site, visit);
  const now = { ...visit, dossier };
  if (stateOf(now, site.clock()).state !== 'waiting') return showVisit(site, c, now, { problem });
  return show(c, messagePage(view, view.text.errors.notCounted, problem), 409);
}

/** The record follows the run's judgement within moments: waits for it, so that the page tells who decided. */
async function onceRecorded(site: Site, visit: Visit): Promise<ApprovalDossier> {
  for (let look = 0; look < RECORD_LOOKS; look += 1) {
    const dossier = await reread(site, visit);
    if (dossier.decisions.some((made) => made.round === visit.link.round)) return dossier;
    await sleep(RECORD_LOOK_MS);
  }
  return reread(site, visit);
}

async function reread(site: Site, visit: Visit): Promise<ApprovalDossier> {
  return (await site.store.approvals.find(visit.link.approval)) ?? visit.dossier;
}
