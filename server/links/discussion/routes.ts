import type { Context } from 'hono';
import { Hono } from 'hono';
import { MAX_REASON_LENGTH } from '../../../core/model/approval.ts';
import type { ApprovalAct } from '../../../core/model/approval-acts.ts';
import type { Env, Site } from '../../site/context.ts';
import { show, visitorView } from '../../site/context.ts';
import type { Again } from '../form-shown-again.ts';
import { messagePage } from '../../site/message-page.ts';
import type { Known } from '../colleagues.ts';
import { choosePerson, knownPeople, stillApprover } from '../colleagues.ts';
import type { Visit } from '../request-state.ts';
import { stateOf } from '../request-state.ts';
import type { Visitors } from '../visitors.ts';
import { formGuards, textOf } from '../../site/form-guards.ts';
import { refused, removed, showVisit, unconfirmed } from '../show-request.ts';
import { sameAddress } from '../../../core/model/mail-address.ts';

type Kind = 'ask' | 'delegate';

/** Asking a question and handing over, from the page of a request. Neither decides anything. */
export function aroundRoutes(site: Site, visitors: Visitors): Hono<Env> {
  const routes = new Hono<Env>();
  for (const kind of ['ask', 'delegate'] as const) {
    routes.post(`/:token/${kind}`, ...formGuards(site), async (c) => {
      const visit = await visitors.admit(c, 'decide');
      return visit instanceof Response ? visit : take(site, c, visit, kind);
    });
    // Whoever reloads the address of a form gets the page.
    routes.get(`/:token/${kind}`, (c) => c.redirect(`/a/${c.req.param('token')}`, 303));
  }
  return routes;
}

async function take(site: Site, c: Context<Env>, visit: Visit, kind: Kind): Promise<Response> {
  if (stateOf(visit, site.clock()).state !== 'waiting') return showVisit(site, c, visit, {});
  const view = visitorView(site, visit);
  if (!(await stillApprover(site, visit))) return removed(c, view, 409);
  const known = await knownPeople(site, visit);
  const form = await c.req.formData();
  const typed = {
    to: textOf(form, 'other')?.trim() || textOf(form, 'to') || '',
    text: textOf(form, 'text')?.trim() ?? '',
  };
  const again: Again = kind === 'ask' ? { asking: typed } : { delegating: typed };
  const { people, problems } = view.text;
  const page = site.tokens.readPage(visit.link, textOf(form, 'page') ?? '');
  const to = choosePerson(typed.to, known, site.settings);
  const tell = (problem: string): Promise<Response> => showVisit(site, c, visit, { ...again, problem });
  if (!page || page.expiresAt <= view.now) return tell(problems.pageExpired);
  if (typed.to === '') return tell(people.choosePerson);
  if (to === undefined) return tell(people.unknownPerson);
  if (kind === 'ask' && typed.text === '') return tell(people.textMissing);
  if (typed.text.length > MAX_REASON_LENGTH) return tell(people.textTooLong(MAX_REASON_LENGTH));
  const { link, dossier, person } = visit;
  const of = { approval: link.approval, round: link.round, approver: person.approver, to };
  const expires = { page: { expiresAt: page.expiresAt.toISOString() } };
  const act: ApprovalAct =
    kind === 'ask'
      ? { act: 'ask', ...of, text: typed.text, ...expires }
      : { act: 'delegate', ...of, ...(typed.text !== '' && { note: typed.text }), ...expires };
  const verdict = await site.act(dossier.approval.run, act, `${link.approval}/${kind}/${page.nonce}`);
  if (verdict.verdict === 'unconfirmed') return unconfirmed(site, c, visit, verdict.cause);
  if (verdict.verdict === 'refused') return refused(site, c, visit, verdict.refusal, again);
  if (verdict.verdict === 'recorded' && kind === 'delegate') return c.redirect(`/a/${link.token}`, 303);
  return done(site, c, visit, kind, nameIn(known, to), verdict.verdict);
}

function done(
  site: Site,
  c: Context<Env>,
  visit: Visit,
  kind: Kind,
  to: string,
  verdict: 'recorded' | 'accepted',
): Promise<Response> {
  const view = visitorView(site, visit);
  const texts = view.text.people.done;
  const back = `/a/${visit.link.token}`;
  if (verdict === 'accepted' || kind === 'delegate') {
    return show(c, messagePage(view, texts.taken, texts.takenDetail, back), 202);
  }
  return show(c, messagePage(view, texts.asked(to), texts.askedDetail, back), 200);
}

function nameIn(known: readonly Known[], email: string): string {
  return known.find((person) => sameAddress(person.email, email))?.name ?? email;
}
