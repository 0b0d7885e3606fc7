import type { ApprovalDecisionRow, ApprovalDossier, ApprovalRequestRow } from '../store/approvals.ts';
import type { Link } from './tokens.ts';
import { personOf } from './tokens.ts';

/** The person behind a link, and what their request is about. */
export type Visit = { link: Link; dossier: ApprovalDossier; person: ApprovalRequestRow };

/** What a link shows now. Only `waiting` can be decided; the run still judges. */
export type PageState =
  | { state: 'waiting' }
  | { state: 'decided'; decision: ApprovalDecisionRow; byVisitor: boolean; nextRound: boolean }
  | { state: 'expired' }
  | { state: 'withdrawn' };

/** Finds the request and the person of a link. Undefined when the person is not, or no more, among those asked. */
export function visitOf(link: Link, dossier: ApprovalDossier): Visit | undefined {
  const person = dossier.requests.find(
    (request) => request.round === link.round && personOf(request.approver) === link.person,
  );
  return person && { link, dossier, person };
}

/** What happened meanwhile, as far as the record knows. */
export function stateOf({ link, dossier, person }: Visit, now: Date): PageState {
  const { approval, decisions } = dossier;
  const decision = decisions.find((made) => made.round === link.round) ?? lastOf(decisions, approval.status);
  if (decision) {
    const nextRound = approval.status === 'open' && approval.rounds.length > decision.round;
    return { state: 'decided', decision, byVisitor: same(decision.approver, person.approver), nextRound };
  }
  if (approval.status === 'withdrawn') return { state: 'withdrawn' };
  if (approval.status !== 'open' || now >= approval.expires_at || now >= link.expiresAt) return { state: 'expired' };
  return { state: 'waiting' };
}

/** A request that ended in another round than the link's was decided there. */
function lastOf(decisions: readonly ApprovalDecisionRow[], status: string): ApprovalDecisionRow | undefined {
  return status === 'open' || status === 'expired' || status === 'withdrawn' ? undefined : decisions.at(-1);
}

/** Who someone is, for people: by name where known. */
export function nameOf(dossier: ApprovalDossier, email: string): string {
  return dossier.requests.find((request) => same(request.approver, email))?.name ?? email;
}

function same(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}
