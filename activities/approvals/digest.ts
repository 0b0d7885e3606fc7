import type { SendDigest } from '../../core/model/approval-plan.ts';
import { applicationException } from '../../core/model/problem.ts';
import type { ApprovalDigest } from '../../store/approval-digests.ts';
import type { ApprovalDossier } from '../../store/approvals.ts';
import { mailRequest } from './ask.ts';
import type { ApprovalDeps } from './deps.ts';
import { dossierOf, linkTo, personFor } from './deps.ts';
import { digestMail } from './mail/digest.ts';

/** Attempts that wait for the run which made the digest to send it; after them, any run sends it. */
const PATIENT_ATTEMPTS = 4;

/**
 * Sends the digests of a time to the people of one request. Each run of a digest comes by; the one that makes the
 * digest sends it, the others only note it. Whatever came too late for it, or is alone in it, is mailed by itself.
 */
export async function sendDigests(deps: ApprovalDeps, args: SendDigest, attempt: number, now: Date): Promise<void> {
  const dossier = await dossierOf(deps, args.approval);
  for (const email of args.approvers) {
    const digest = await deps.store.digests.gather(email, new Date(args.at));
    const among = digest.requests.some(({ approval, round }) => approval === args.approval && round === args.round);
    if (among && digest.requests.length > 1) await sendOne(deps, digest, args, attempt, now);
    else await mailRequest(deps, dossier, { ...args, reminder: 0 }, email, now);
  }
}

async function sendOne(
  deps: ApprovalDeps,
  digest: ApprovalDigest & { mine: boolean },
  { approval, round }: SendDigest,
  attempt: number,
  now: Date,
): Promise<void> {
  const key = `digest/${digest.id}`;
  const sent = await deps.store.outbox.find(key);
  if (!sent && !digest.mine && attempt <= PATIENT_ATTEMPTS) {
    throw applicationException('communication', `the digest ${digest.id} is being sent by another run`);
  }
  const { approver } = digest;
  const person = await personFor(deps, approver);
  const dossiers: ApprovalDossier[] = [];
  for (const request of digest.requests) dossiers.push(await dossierOf(deps, request.approval));
  const link = linkTo(deps, { kind: 'digest', approval: digest.id, round: 1, approver, expiresAt: digest.expiresAt });
  const content = await digestMail({ dossiers, person, link, now, settings: deps.settings });
  const to = { name: person.name, address: approver };
  const messageId = sent ?? (await deps.sendMail({ ...content, key, to, language: person.language })).messageId;
  await deps.store.approvals.asked(approval, round, { ...person, email: approver }, { messageId, reminder: 0 }, now);
  await deps.store.approvals.mailed(approval, messageId, approver);
}
