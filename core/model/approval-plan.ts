import { z } from 'zod';
import { Changeable, Digest, Period } from '../catalogue/approval/options.ts';
import { ApproverRule, Need, PersonOrRole } from '../catalogue/approval/rule.ts';
import { About } from './about.ts';
import { ApprovalKind, ApprovalOutcome, DecisionMade } from './approval.ts';
import { TrailEntry } from './approval-acts.ts';
import { Artefact } from './artefact.ts';
import { Finding } from './invoice.ts';
import { MoneyText } from './money.ts';
import { ProofKeys } from './proof.ts';

/** Arguments of the internal activity `approval.open`. */
export const OpenApproval = z.object({
  kind: ApprovalKind,
  about: About,
  task: z
    .object({ text: z.string().optional(), fields: z.string().optional() })
    .optional()
    .describe('For a task: what to do, and the name of the fields to fill in'),
  file: Artefact.optional(),
  pages: z.array(Artefact).default([]),
  findings: z.array(Finding).default([]),
  department: z.string().optional(),
  costCentre: z.string().optional(),
  approvers: z.array(PersonOrRole).min(1).optional(),
  need: Need.optional(),
  inOrder: z.boolean().optional(),
  rules: z.array(ApproverRule).default([]).describe('Of the definition, then of its table'),
  twoAbove: MoneyText.optional(),
  second: z.array(PersonOrRole).default([]),
  requester: PersonOrRole.optional(),
  changes: z.array(Changeable).default([]),
  codeAbove: MoneyText.optional(),
  escalateTo: z.array(PersonOrRole).default([]),
  expire: Period,
});
export type OpenApproval = z.infer<typeof OpenApproval>;

/** One round: who may decide it, and how many of them must approve. A round begins when the one before is over. */
export const Round = z.object({
  round: z.number().int().min(1),
  approvers: z.array(z.email()).min(1),
  need: z.number().int().min(1).optional().describe('Default: 1'),
  from: z.array(PersonOrRole).optional().describe('The people and roles from which the approvers were determined'),
});
export type Round = z.infer<typeof Round>;

/** Its result: people by e-mail address, times as instants. */
export const OpenedApproval = z.object({
  approval: z.string(),
  rounds: z.array(Round).min(1),
  barred: z.array(z.email()).describe('The requester: may not decide'),
  escalation: z.array(z.email()).optional().describe('People who are also asked if nobody decides'),
  codeNeeded: z.boolean().optional().describe('Approval requires a second factor'),
  changes: z.array(Changeable).optional().describe('Fields that an approver may change'),
  proofKeys: ProofKeys.optional().describe(
    'Whoever decides or acts is proved by one of these; absent before there were any',
  ),
  expiresAt: z.iso.datetime(),
});
export type OpenedApproval = z.infer<typeof OpenedApproval>;

/** Arguments of `approval.table`: the rules of a workbook. Runs where the sheets are. */
export const ReadRules = z.object({ file: z.string(), sheet: z.string().optional() });

export const ReadRulesResult = z.object({ rules: z.array(ApproverRule) });

/** Why a person gets a mail with a link. */
export const AskedBecause = z.enum(['asked', 'substitute', 'delegated', 'escalated']);
export type AskedBecause = z.infer<typeof AskedBecause>;

/** Arguments of `approval.ask`: asks people of one round, for the first time (`reminder` 0) or again. */
export const AskApprovers = z.object({
  approval: z.string(),
  round: z.number().int().min(1),
  approvers: z.array(z.email()).min(1),
  reminder: z.number().int().min(0),
  remind: Period.optional(),
  escalate: Period.optional(),
  digest: Digest.optional(),
  because: AskedBecause.optional(),
  /** For whom a person stands in, or who handed it over to them, by their own address. */
  inPlaceOf: z.record(z.string(), z.email()).optional(),
  note: z.string().optional().describe('Note from the person who hands over'),
});
export type AskApprovers = z.infer<typeof AskApprovers>;

export const AskedApprovers = z.object({
  remindAt: z.iso.datetime().optional(),
  escalateAt: z.iso.datetime().optional(),
  digestAt: z.iso.datetime().optional().describe('Held for a digest, which is sent then'),
});
export type AskedApprovers = z.infer<typeof AskedApprovers>;

/** Arguments of `approval.digest`: the time of a digest has come. */
export const SendDigest = AskApprovers.pick({ approval: true, round: true, approvers: true }).extend({
  at: z.iso.datetime(),
});
export type SendDigest = z.infer<typeof SendDigest>;

/** Arguments of `approval.substitutes`: who stands in today for whom. `not`: who may not, being the requester or the like. */
export const FindSubstitutes = z.object({ approvers: z.array(z.email()), not: z.array(z.email()) });
export type FindSubstitutes = z.infer<typeof FindSubstitutes>;

export const FoundSubstitutes = z.object({
  substitutes: z.array(z.object({ person: z.email(), substitute: z.email(), until: z.iso.date() })),
});
export type FoundSubstitutes = z.infer<typeof FoundSubstitutes>;

/** Arguments of `approval.record`: one accepted decision, onto the record. */
export const RecordDecision = z.object({ approval: z.string(), decision: DecisionMade });
export type RecordDecision = z.infer<typeof RecordDecision>;

/** Arguments of `approval.note`: one act that decides nothing, onto the record and, where someone must know, by mail. */
export const NoteAct = z.object({
  approval: z.string(),
  entry: TrailEntry,
  mailTo: z.array(z.object({ email: z.email(), link: z.enum(['decide', 'answer']) })).default([]),
});
export type NoteAct = z.infer<typeof NoteAct>;

/** Arguments of `approval.code`: mails a person the code that approving takes. */
export const SendCode = z.object({
  approval: z.string(),
  round: z.number().int().min(1),
  approver: z.email(),
  nth: z.number().int().min(1),
});
export type SendCode = z.infer<typeof SendCode>;

/** Arguments of `approval.close`: how it ended. */
export const CloseApproval = z.object({
  approval: z.string(),
  outcome: ApprovalOutcome,
  reason: z.string().optional(),
});
export type CloseApproval = z.infer<typeof CloseApproval>;

/** Names of the internal activities, as the flow calls them. */
export const APPROVAL_ACTIVITIES = {
  table: 'approval.table',
  open: 'approval.open',
  substitutes: 'approval.substitutes',
  ask: 'approval.ask',
  digest: 'approval.digest',
  note: 'approval.note',
  code: 'approval.code',
  record: 'approval.record',
  close: 'approval.close',
} as const;
