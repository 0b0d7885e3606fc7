import { z } from 'zod';
import { Period, PersonOrRole } from '../functions/approval-request.ts';
import { Artefact } from './artefact.ts';
import { Finding, Invoice } from './invoice.ts';
import { MoneyText } from './money.ts';

/** Temporal Update through which a decision reaches its run. Its validator is the last judge. */
export const DECIDE_UPDATE = 'decide';

/** Longest reason that a person can give; longer texts belong into an answer to the mail. */
export const MAX_REASON_LENGTH = 2000;

export const ApprovalKind = z.enum(['approval', 'validation']);
export type ApprovalKind = z.infer<typeof ApprovalKind>;

/** `corrected` and `confirmed` answer a validation, `approved` an approval, `rejected` both. */
export const DecisionVerb = z.enum(['approved', 'rejected', 'corrected', 'confirmed']);
export type DecisionVerb = z.infer<typeof DecisionVerb>;

/** One field that a person changed, by its path in the invoice. */
export const Correction = z.object({ field: z.string(), before: z.string().optional(), after: z.string().optional() });
export type Correction = z.infer<typeof Correction>;

/** What the page hands to the run. */
export const DecideRequest = z.object({
  approval: z.string(),
  round: z.number().int().min(1),
  approver: z.email(),
  decision: DecisionVerb,
  reason: z.string().max(MAX_REASON_LENGTH).optional(),
  invoice: Invoice.optional().describe('Of a validation: the invoice as corrected'),
  corrections: z.array(Correction).optional(),
  /** The page's own token, already verified by the server: the run checks its time again by its own clock. */
  page: z.object({ expiresAt: z.iso.datetime() }),
});
export type DecideRequest = z.infer<typeof DecideRequest>;

/** A decision that the run has accepted. */
export const DecisionMade = z.object({
  round: z.number().int().min(1),
  approver: z.email(),
  decision: DecisionVerb,
  reason: z.string().optional(),
  at: z.iso.datetime(),
  corrections: z.array(Correction).optional(),
});
export type DecisionMade = z.infer<typeof DecisionMade>;

/** Why the run refuses a decision. The page tells each in plain words. */
export const REFUSALS = [
  'unknown',
  'malformed',
  'page-expired',
  'expired',
  'already-decided',
  'round-over',
  'not-approver',
  'requester',
  'same-person',
] as const;
export type Refusal = (typeof REFUSALS)[number];

/** Prefix of the failure types by which a refusal travels through Temporal. */
export const REFUSAL_TYPE_PREFIX = 'approval.refused.';

export const ApprovalOutcome = z.enum(['approved', 'rejected', 'corrected', 'confirmed', 'expired', 'withdrawn']);
export type ApprovalOutcome = z.infer<typeof ApprovalOutcome>;

/** Arguments of the internal activity `approval.open`. */
export const OpenApproval = z.object({
  kind: ApprovalKind,
  about: Invoice,
  file: Artefact.optional(),
  pages: z.array(Artefact).default([]),
  findings: z.array(Finding).default([]),
  approvers: z.array(PersonOrRole).min(1),
  twoAbove: MoneyText.optional(),
  second: z.array(PersonOrRole).default([]),
  requester: PersonOrRole.optional(),
  expire: Period,
});
export type OpenApproval = z.infer<typeof OpenApproval>;

/** Its result: people by e-mail address, times as instants. Rounds follow one another; any one person decides a round. */
export const OpenedApproval = z.object({
  approval: z.string(),
  rounds: z.array(z.object({ round: z.number().int().min(1), approvers: z.array(z.email()).min(1) })).min(1),
  barred: z.array(z.email()).describe('The requester: may not decide'),
  expiresAt: z.iso.datetime(),
});
export type OpenedApproval = z.infer<typeof OpenedApproval>;

/** Arguments of `approval.ask`: asks the people of one round, for the first time (`reminder` 0) or again. */
export const AskApprovers = z.object({
  approval: z.string(),
  round: z.number().int().min(1),
  approvers: z.array(z.email()).min(1),
  reminder: z.number().int().min(0),
  remind: Period.optional(),
});
export type AskApprovers = z.infer<typeof AskApprovers>;

export const AskedApprovers = z.object({ remindAt: z.iso.datetime().optional() });
export type AskedApprovers = z.infer<typeof AskedApprovers>;

/** Arguments of `approval.record`: one accepted decision, onto the record. */
export const RecordDecision = z.object({ approval: z.string(), decision: DecisionMade });
export type RecordDecision = z.infer<typeof RecordDecision>;

/** Arguments of `approval.close`: how it ended. */
export const CloseApproval = z.object({
  approval: z.string(),
  outcome: ApprovalOutcome,
  reason: z.string().optional(),
});
export type CloseApproval = z.infer<typeof CloseApproval>;

/** Names of the internal activities, as the flow calls them. */
export const APPROVAL_ACTIVITIES = {
  open: 'approval.open',
  ask: 'approval.ask',
  record: 'approval.record',
  close: 'approval.close',
} as const;
