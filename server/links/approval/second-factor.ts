import type { Context } from 'hono';
import type { DecisionVerb, Factor } from '../../../core/model/approval.ts';
import type { ApprovalAct } from '../../../core/model/approval-acts.ts';
import type { Env, Site } from '../../site/context.ts';
import { visitorView } from '../../site/context.ts';
import type { Again } from '../form-shown-again.ts';
import { checkFactor, factorOf } from '../factor.ts';
import { isSigned, passkeysWork } from '../../people/passkey.ts';
import type { Visit } from '../request-state.ts';
import type { PageToken } from '../../site/tokens.ts';
import { textOf } from '../../site/form-guards.ts';
import { refused, showVisit, unconfirmed } from '../show-request.ts';

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
  const code = textOf(form, 'code')?.trim();
  const passkey = textOf(form, 'passkey');
  const other = form.has('again');
  const byCode = factorOf(site, visit.person.approver);
  if (!other && !code && (passkey !== undefined || (await hasPasskey(site, visit)))) {
    return factorBySignature(site, c, visit, { page, passkey, typed });
  }
  if (!code || other) return askForCode(site, c, visit, page, { ...typed, code: byCode });
  const factor = byCode;
  const verdict = await checkFactor(site, visit, code);
  await record(site, visit, factor, verdict);
  if (verdict === 'right') return factor;
  const problem = visitorView(site, visit).text.people.code[verdict];
  return showVisit(site, c, visit, { ...typed, code: factor, problem });
}

/** A passkey signs for this page, or the page asks for it. */
async function factorBySignature(
  site: Site,
  c: Context<Env>,
  visit: Visit,
  { page, passkey, typed }: { page: PageToken; passkey: string | undefined; typed: Again },
): Promise<Factor | Response> {
  const again: Again = { ...typed, code: 'passkey' };
  if (passkey === undefined) return showVisit(site, c, visit, again);
  const signed = passkey !== '' && (await isSigned(site, visit, page, passkey));
  await record(site, visit, 'passkey', signed ? 'right' : 'wrong');
  if (signed) return 'passkey';
  return showVisit(site, c, visit, { ...again, problem: visitorView(site, visit).text.people.code.unsigned });
}

async function hasPasskey(site: Site, { person }: Visit): Promise<boolean> {
  return passkeysWork(site) && (await site.store.passkeys.of(person.approver)).length > 0;
}

async function record(site: Site, { dossier, link, person }: Visit, factor: Factor, verdict: string): Promise<void> {
  const { id: approval, run } = dossier.approval;
  const action = verdict === 'right' ? 'approval.code-right' : 'approval.code-wrong';
  const details = { approval, round: link.round, factor, verdict };
  await site.store.audit.append({ actor: person.approver, action, run, details });
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
