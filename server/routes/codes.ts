import type { Context } from 'hono';
import type { DecisionVerb, Factor } from '../../definitions/model/approval.ts';
import type { ApprovalAct } from '../../definitions/model/approval-acts.ts';
import type { Env, Site } from '../context.ts';
import { visitorView } from '../context.ts';
import type { Again } from '../pages/again.ts';
import { checkFactor, factorOf } from '../people/factor.ts';
import type { Visit } from '../state.ts';
import type { PageToken } from '../tokens.ts';
import { textOf } from './guards.ts';
import { refused, showVisit, unconfirmed } from './show.ts';

type Attempt = { form: FormData; page: PageToken; decision: DecisionVerb; typed: Again };

/**
 * The second factor of an approval above its limit: undefined where none is needed, else how it was shown, or the page
 * that asks for it. Rejecting takes none: it stops money, it does not move it.
 */
export async function factorFor(
  site: Site,
  c: Context<Env>,
  visit: Visit,
  { form, page, decision, typed }: Attempt,
): Promise<Factor | undefined | Response> {
  const { approval } = visit.dossier;
  if (!approval.code_needed || decision !== 'approved') return undefined;
  const factor = factorOf(site, visit.person.approver);
  const code = textOf(form, 'code')?.trim();
  if (!code || form.has('again')) return askForCode(site, c, visit, page, { ...typed, code: factor });
  const verdict = await checkFactor(site, visit, code);
  const action = verdict === 'right' ? 'approval.code-right' : 'approval.code-wrong';
  const details = { approval: approval.id, round: visit.link.round, factor, verdict };
  await site.store.audit.append({ actor: visit.person.approver, action, run: approval.run, details });
  if (verdict === 'right') return factor;
  const problem = visitorView(site, visit).text.people.code[verdict];
  return showVisit(site, c, visit, { ...typed, code: factor, problem });
}

/** An authenticator shows its code by itself; by mail the run sends one, so that its bounds hold over all servers. */
async function askForCode(site: Site, c: Context<Env>, visit: Visit, page: PageToken, again: Again): Promise<Response> {
  if (again.code === 'authenticator') return showVisit(site, c, visit, again);
  const { link, person, dossier } = visit;
  const act: ApprovalAct = {
    act: 'code',
    approval: link.approval,
    round: link.round,
    approver: person.approver,
    page: { expiresAt: page.expiresAt.toISOString() },
  };
  const verdict = await site.act(dossier.approval.run, act, `${link.approval}/code/${page.nonce}`);
  if (verdict.verdict === 'unconfirmed') return unconfirmed(site, c, visit, verdict.cause);
  if (verdict.verdict === 'refused') return refused(site, c, visit, verdict.refusal, again);
  return showVisit(site, c, visit, again);
}
