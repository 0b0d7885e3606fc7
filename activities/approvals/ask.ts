import type { AskApprovers, AskedApprovers } from '../../core/model/approval-plan.ts';
import type { ApprovalDossier } from '../../store/approvals.ts';
import type { ApprovalDeps } from './deps.ts';
import { calendarOf, dossierOf, linkTo, personFor } from './deps.ts';
import { approvalMail } from './mail/mail.ts';
import { isUpTo } from './rules.ts';
import { after, nextTimeOfDay } from './working-time.ts';

/** Asks the people of a round, or gathers for a digest. Answers with the times that follow from it. */
export async function askPeople(
  deps: ApprovalDeps,
  args: AskApprovers,
  run: string,
  now: Date,
): Promise<AskedApprovers> {
  const dossier = await dossierOf(deps, args.approval);
  const calendar = calendarOf(deps.settings);
  const digestAt = digestTime(deps, args, dossier, now);
  const gone = new Set(await deps.store.users.removed());
  for (const email of args.approvers) {
    if (gone.has(email.toLowerCase())) continue;
    if (digestAt === undefined) await mailRequest(deps, dossier, args, email, now);
    else await gather(deps, args, email, digestAt, now);
  }
  const { approval, round, approvers, reminder, because = 'asked' } = args;
  const asked = digestAt === undefined ? 'approval.asked' : 'approval.gathered';
  await deps.store.audit.append({
    actor: 'bot:approvals',
    action: reminder === 0 ? asked : 'approval.reminded',
    run,
    details: { approval, round, approvers, reminder, ...(because !== 'asked' && { because }) },
  });
  const from = digestAt === undefined ? now : new Date(digestAt);
  return {
    remindAt: args.remind && after(from, args.remind, calendar).toISOString(),
    escalateAt: args.escalate && after(from, args.escalate, calendar).toISOString(),
    digestAt,
  };
}

/** Mails one person their own link, and notes it. A repeated attempt sends nothing twice. */
export async function mailRequest(
  deps: ApprovalDeps,
  dossier: ApprovalDossier,
  args: AskApprovers,
  email: string,
  now: Date,
): Promise<void> {
  const { approval, round, reminder, because = 'asked', note } = args;
  const inPlaceOf = args.inPlaceOf?.[email];
  const person = await personFor(deps, email);
  const link = linkTo(deps, { approval, round, approver: email, expiresAt: dossier.approval.expires_at });
  const earlier = dossier.requests.find((request) => request.round === round && request.approver === email);
  const principal = inPlaceOf === undefined ? undefined : await personFor(deps, inPlaceOf);
  const stored = because === 'asked' && inPlaceOf !== undefined ? 'substitute' : because;
  const why = { because: earlier?.because ?? stored, inPlaceOf: principal?.name, note };
  const content = await approvalMail({ dossier, person, round, reminder, link, now, settings: deps.settings, why });
  const { messageId } = await deps.sendMail({
    ...content,
    key: `${approval}/${round}/${email.toLowerCase()}/${reminder}`,
    to: { name: person.name, address: email },
    language: person.language,
    inReplyTo: reminder === 0 ? undefined : earlier?.message_id || undefined,
  });
  await deps.store.approvals.asked(
    approval,
    round,
    { ...person, email },
    { messageId, reminder, because: stored, inPlaceOf },
    now,
  );
  await deps.store.approvals.mailed(approval, messageId, email);
}

async function gather(
  deps: ApprovalDeps,
  args: AskApprovers,
  email: string,
  digestAt: string,
  now: Date,
): Promise<void> {
  const person = await personFor(deps, email);
  const asked = { messageId: '', reminder: 0, inPlaceOf: args.inPlaceOf?.[email], digestAt };
  await deps.store.approvals.asked(args.approval, args.round, { ...person, email }, asked, now);
}

/** When the digest goes out; undefined where the request is mailed at once. A code is asked for singly, so not from a digest. */
function digestTime(
  { settings }: ApprovalDeps,
  { digest, reminder }: AskApprovers,
  { approval }: ApprovalDossier,
  now: Date,
): string | undefined {
  if (!digest || reminder > 0 || approval.code_needed) return undefined;
  if (digest.upTo !== undefined && !isUpTo(approval.about, digest.upTo)) return undefined;
  const at = nextTimeOfDay(now, digest.at, calendarOf(settings));
  // Whoever has less time than until then is asked now.
  return at < approval.expires_at ? at.toISOString() : undefined;
}
