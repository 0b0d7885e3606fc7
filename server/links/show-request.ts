import { setTimeout as sleep } from 'node:timers/promises';
import type { Context } from 'hono';
import type { Refusal } from '../../core/model/approval.ts';
import type { ActRefusal } from '../../core/model/approval-acts.ts';
import type { ApprovalDossier } from '../../store/approvals.ts';
import type { Env, Site } from '../site/context.ts';
import { errorPage, show, visitorView } from '../site/context.ts';
import type { Again, Around } from './form-shown-again.ts';
import { approvalPage } from './approval/page.ts';
import { outcomePage } from './outcome-page.ts';
import { typedBefore } from './task/before.ts';
import { taskPage } from './task/page.ts';
import { stationPage } from './station/page.ts';
import { messagePage } from '../site/message-page.ts';
import type { View } from '../site/layout.ts';
import { signOptions } from '../people/passkey.ts';
import { knownPeople, stillApprover } from './colleagues.ts';
import { CALLING_POLICY } from '../site/security.ts';
import { draftOf, othersIn } from './station/presence.ts';
import type { Visit } from './request-state.ts';
import { stateOf } from './request-state.ts';
import { sameAddress } from '../../core/model/mail-address.ts';

/** Two seconds in all: the record is usually there after a tenth. */
const RECORD_LOOKS = 20;
const RECORD_LOOK_MS = 100;

/** The page behind a link as it is now; `again` where something that was sent could not be taken. */
export async function showVisit(site: Site, c: Context<Env>, visit: Visit, again?: Again): Promise<Response> {
  const view = visitorView(site, visit);
  const state = stateOf(visit, site.clock());
  if (state.state !== 'waiting') {
    const status = again ? 409 : state.state === 'decided' || state.state === 'handed' ? 200 : 410;
    return show(c, outcomePage(visit, state, view, await aroundOf(site, visit), again?.problem), status);
  }
  if (!(await stillApprover(site, visit))) return removed(c, view, again ? 409 : 200);
  const page = site.tokens.signPage(visit.link, site.clock());
  // A code that is asked for is a step, not a mistake.
  const status = again?.problem ? 422 : 200;
  if (visit.dossier.approval.kind === 'task') {
    const typed = again?.task ?? (await typedBefore(site, visit));
    return show(c, taskPage(visit, view, page, await aroundOf(site, visit), typed, again), status);
  }
  if (visit.dossier.approval.kind === 'validation') return showStation(site, c, visit, { view, page, again, status });
  const sign = again?.code === 'passkey' ? await signed(site, visit, page) : undefined;
  return show(c, approvalPage(visit, view, page, await aroundOf(site, visit), { ...again, sign }), status);
}

/** What the browser needs to sign with a passkey for the page that is about to be shown. */
async function signed(site: Site, visit: Visit, page: string): Promise<object | undefined> {
  const token = site.tokens.readPage(visit.link, page);
  return token && signOptions(site, visit, token);
}

/** The station with what the person typed before, and with who else has it open. Its script may call this server. */
async function showStation(
  site: Site,
  c: Context<Env>,
  visit: Visit,
  { view, page, again, status }: { view: View; page: string; again: Again | undefined; status: 200 | 422 },
): Promise<Response> {
  const { approver } = visit.person;
  const drafts = await site.store.drafts.of(visit.dossier.approval.id);
  const draft = again?.typed ? undefined : draftOf(drafts, approver);
  const company = { others: othersIn(drafts, approver, view.now), restored: draft !== undefined };
  const response = await show(
    c,
    stationPage(visit, view, page, company, await aroundOf(site, visit), draft ? { ...again, typed: draft } : again),
    status,
  );
  response.headers.set('Content-Security-Policy', CALLING_POLICY);
  return response;
}

export async function aroundOf(site: Site, visit: Visit): Promise<Around> {
  return { known: await knownPeople(site, visit), domains: site.settings.approvals.domains };
}

export function removed(c: Context<Env>, view: View, status: 200 | 409): Promise<Response> {
  const { title, detail } = view.text.people.removed;
  return show(c, messagePage(view, title, detail), status);
}

/** The run has judged. Only a page that was open too long, or a broken form, may try again. */
export async function refused(
  site: Site,
  c: Context<Env>,
  visit: Visit,
  refusal: Refusal | ActRefusal,
  again: Again = {},
): Promise<Response> {
  const view = visitorView(site, visit);
  const problem = refusalText(view, refusal);
  if (MAY_TRY_AGAIN.has(refusal)) return showVisit(site, c, visit, { ...again, problem });
  const dossier = refusal === 'already-decided' ? await onceRecorded(site, visit) : await reread(site, visit);
  const now = { ...visit, dossier };
  if (stateOf(now, site.clock()).state !== 'waiting') return showVisit(site, c, now, { problem });
  return show(c, messagePage(view, view.text.errors.notCounted, problem), 409);
}

const MAY_TRY_AGAIN: ReadonlySet<string> = new Set<Refusal | ActRefusal>([
  'page-expired',
  'malformed',
  'code-needed',
  'unproved',
  'to-requester',
  'to-oneself',
  'to-approver',
  'nobody-left',
  'too-many-acts',
  'undelivered',
]);

export function refusalText({ text }: Pick<View, 'text'>, refusal: Refusal | ActRefusal): string {
  const { refusals, people } = text;
  return refusal in refusals ? refusals[refusal as Refusal] : people.actRefusals[refusal as ActRefusal];
}

/** The engine did not answer in time: the page says so, and whether it may have counted. */
export function unconfirmed(site: Site, c: Context<Env>, visit: Visit, cause: unknown): Promise<Response> {
  site.log('the engine did not confirm a decision', cause);
  const { language } = visit.person;
  return errorPage(site, c, 'noAnswer', 503, { language, back: `/a/${visit.link.token}` });
}

/** The record follows the run's judgement within moments: waits for it, so that the page tells who decided. */
async function onceRecorded(site: Site, visit: Visit): Promise<ApprovalDossier> {
  for (let look = 0; look < RECORD_LOOKS; look += 1) {
    const dossier = await reread(site, visit);
    if (stateOf({ ...visit, dossier }, site.clock()).state === 'decided') return dossier;
    if (dossier.decisions.some(({ approver }) => sameAddress(approver, visit.person.approver))) return dossier;
    await sleep(RECORD_LOOK_MS);
  }
  return reread(site, visit);
}

async function reread(site: Site, visit: Visit): Promise<ApprovalDossier> {
  return (await site.store.approvals.find(visit.link.approval)) ?? visit.dossier;
}
