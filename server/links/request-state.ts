import type {
  ApprovalDecisionRow,
  ApprovalDossier,
  ApprovalRequestRow,
  ApprovalTrailRow,
} from '../../store/approvals.ts';
import type { Link } from '../site/tokens.ts';
import { personOf } from '../site/tokens.ts';
import { sameAddress } from '../../core/model/mail-address.ts';

/** Someone whom the house knows by name. */
type Known = { name: string; email: string };

/** The person behind a link, and what their request is about. */
export type Visit = { link: Link; dossier: ApprovalDossier; person: ApprovalRequestRow };

/** What a link shows now. Only `waiting` can be decided; the run still judges. */
export type PageState =
  | { state: 'waiting' }
  | { state: 'decided'; decision: ApprovalDecisionRow; byVisitor: boolean; nextRound: boolean; left: number }
  | { state: 'handed'; to: string; at: Date }
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
export function stateOf(visit: Visit, now: Date): PageState {
  const { link, dossier } = visit;
  const { approval } = dossier;
  const decision = decisionFor(visit);
  if (decision) {
    const round = progressOf(dossier, decision.round);
    const nextRound = approval.status === 'open' && round.left === 0 && approval.rounds.length > decision.round;
    const left = approval.status === 'open' ? round.left : 0;
    return {
      state: 'decided',
      decision,
      byVisitor: sameAddress(decision.approver, visit.person.approver),
      nextRound,
      left,
    };
  }
  if (approval.status === 'withdrawn') return { state: 'withdrawn' };
  if (approval.status !== 'open' || now >= approval.expires_at || now >= link.expiresAt) return { state: 'expired' };
  const handed = handedOver(visit);
  if (handed?.to) return { state: 'handed', to: handed.to, at: handed.at };
  return { state: 'waiting' };
}

/** How many have approved a round, how many must, and how many are still needed. A rejection ends the need. */
export function progressOf({ approval, decisions }: ApprovalDossier, round: number) {
  const need = approval.rounds.find((candidate) => candidate.round === round)?.need ?? 1;
  const made = decisions.filter((decision) => decision.round === round);
  const rejected = made.some(({ decision }) => decision === 'rejected');
  return { need, made: made.length, left: rejected ? 0 : Math.max(0, need - made.length) };
}

/** The visitor's own decision; else the one that ended their round, or the whole request in another round. */
function decisionFor({ link, dossier, person }: Visit): ApprovalDecisionRow | undefined {
  const { approval, decisions } = dossier;
  const ofRound = decisions.filter((made) => made.round === link.round);
  const own = ofRound.find(({ approver }) => sameAddress(approver, person.approver));
  if (own) return own;
  if (ofRound.length > 0 && progressOf(dossier, link.round).left === 0) {
    return ofRound.find(({ decision }) => decision === 'rejected') ?? ofRound.at(-1);
  }
  return lastOf(decisions, approval.status);
}

/** A request that ended in another round than the link's was decided there. */
function lastOf(decisions: readonly ApprovalDecisionRow[], status: string): ApprovalDecisionRow | undefined {
  return status === 'open' || status === 'expired' || status === 'withdrawn' ? undefined : decisions.at(-1);
}

function handedOver({ link, dossier, person }: Visit): ApprovalTrailRow | undefined {
  return dossier.trail.find(
    ({ kind, round, by }) =>
      kind === 'delegated' && round === link.round && by !== null && sameAddress(by, person.approver),
  );
}

/** Who someone is, for people: by name where known, as one who was asked or as one of the house. */
export function nameOf(dossier: ApprovalDossier, email: string, known: readonly Known[] = []): string {
  const asked = dossier.requests.find((request) => sameAddress(request.approver, email));
  return asked?.name ?? known.find((person) => sameAddress(person.email, email))?.name ?? email;
}
