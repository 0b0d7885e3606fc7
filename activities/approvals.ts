import { AskApprovers, CloseApproval, OpenApproval, RecordDecision } from '../definitions/model/approval.ts';
import { APPROVAL_ACTIVITIES } from '../definitions/model/approval.ts';
import type { AskedApprovers, OpenedApproval } from '../definitions/model/approval.ts';
import type { CatalogueActivity } from '../definitions/model/call.ts';
import { applicationException } from '../definitions/model/problem.ts';
import type { Settings } from '../definitions/settings.ts';
import type { ApprovalDossier } from '../store/approvals.ts';
import type { Store } from '../store/index.ts';
import { internalActivity } from './activity.ts';
import { approvalMail } from './approvals/mail/mail.ts';
import { planApproval } from './approvals/open.ts';
import { personOfEmail } from './approvals/people.ts';
import { after } from './approvals/working-time.ts';

/** A mail to one approver, as the mailer takes it. */
export type OutgoingApprovalMail = {
  /** Sent once per key; the Message-ID is derived from it. */
  key: string;
  to: { name: string; address: string };
  subject: string;
  text: string;
  html: string;
  /** Message-ID of the first mail, so that reminders stay in its thread. */
  inReplyTo?: string | undefined;
};

export type ApprovalDeps = {
  store: Pick<Store, 'approvals' | 'audit'>;
  settings: Settings;
  /** Once per key, however often it is called. */
  sendMail: (mail: OutgoingApprovalMail) => Promise<{ messageId: string }>;
  /** Signs a link token; the server verifies it. */
  signLink: (claims: { approval: string; round: number; approver: string; expiresAt: Date }) => string;
  clock?: () => Date;
};

/** The activities behind `approval.request` and `document.validate`, by name. Definitions cannot call them. */
export function createApprovalActivities(deps: ApprovalDeps): Record<string, CatalogueActivity> {
  const clock = deps.clock ?? (() => new Date());
  return {
    [APPROVAL_ACTIVITIES.open]: internalActivity(APPROVAL_ACTIVITIES.open, OpenApproval, async (request, { call }) => {
      const opened: OpenedApproval = planApproval(request, call.key, deps.settings, clock());
      await deps.store.approvals.open(request, opened, call, clock());
      return opened;
    }),
    [APPROVAL_ACTIVITIES.ask]: internalActivity(APPROVAL_ACTIVITIES.ask, AskApprovers, async (args, { call }) => {
      const dossier = await dossierOf(deps, args.approval);
      for (const email of args.approvers) await ask(deps, dossier, args, email, clock());
      await deps.store.audit.append({
        actor: 'bot:approvals',
        action: args.reminder === 0 ? 'approval.asked' : 'approval.reminded',
        run: call.run,
        details: { approval: args.approval, round: args.round, approvers: args.approvers, reminder: args.reminder },
      });
      const { holidays: country, timeZone } = deps.settings;
      const remindAt = args.remind && after(clock(), args.remind, { country, timeZone }).toISOString();
      return { remindAt } satisfies AskedApprovers;
    }),
    [APPROVAL_ACTIVITIES.record]: internalActivity(
      APPROVAL_ACTIVITIES.record,
      RecordDecision,
      async (args, { call }) => {
        const { approval, decision } = args;
        if (!(await deps.store.approvals.record(approval, decision))) return;
        const { approver, ...details } = decision;
        const entry = { actor: approver, action: 'approval.decided', run: call.run };
        await deps.store.audit.append({ ...entry, details: { approval, ...details } });
      },
    ),
    [APPROVAL_ACTIVITIES.close]: internalActivity(APPROVAL_ACTIVITIES.close, CloseApproval, async (args, { call }) => {
      const { approval, outcome, reason } = args;
      if (!(await deps.store.approvals.close(approval, outcome, reason, clock()))) return;
      const entry = { actor: 'bot:approvals', action: 'approval.closed', run: call.run };
      await deps.store.audit.append({ ...entry, details: { approval, outcome, reason: reason ?? null } });
    }),
  };
}

async function dossierOf(deps: ApprovalDeps, approval: string): Promise<ApprovalDossier> {
  const dossier = await deps.store.approvals.find(approval);
  if (dossier) return dossier;
  throw applicationException('runtime', `the approval ${approval} is not in the store`, { retryable: false });
}

/** Mails one person their own link, and notes it. A repeated attempt sends nothing twice. */
async function ask(
  deps: ApprovalDeps,
  dossier: ApprovalDossier,
  args: AskApprovers,
  email: string,
  now: Date,
): Promise<void> {
  const { approval, round, reminder } = args;
  const person = personOfEmail(email, deps.settings);
  const expiresAt = dossier.approval.expires_at;
  const token = deps.signLink({ approval, round, approver: email, expiresAt });
  const link = new URL(`/a/${token}`, deps.settings.publicUrl).href;
  const earlier = dossier.requests.find((request) => request.round === round && request.approver === email);
  const content = await approvalMail({ dossier, person, round, reminder, link, now, settings: deps.settings });
  const { messageId } = await deps.sendMail({
    ...content,
    key: `${approval}/${round}/${email.toLowerCase()}/${reminder}`,
    to: { name: person.name, address: email },
    inReplyTo: reminder === 0 ? undefined : earlier?.message_id,
  });
  await deps.store.approvals.asked(approval, round, { ...person, email }, { messageId, reminder }, now);
}
