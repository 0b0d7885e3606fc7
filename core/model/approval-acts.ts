import { z } from 'zod';
import { MAX_REASON_LENGTH } from './approval.ts';

/** Temporal Update through which people do what decides nothing: hand over, ask, answer, comment. */
export const APPROVAL_ACT_UPDATE = 'approvalAct';

/** Acts of one approval. A discussion that goes on longer belongs on the telephone, and a history has its bounds. */
export const MAX_ACTS = 60;
/** Hand-overs of one approval: a hot potato stops somewhere. */
export const MAX_DELEGATIONS = 5;
/** Codes that one person can ask for within an hour in one approval. */
export const MAX_CODES = 5;

const Words = z.string().trim().min(1).max(MAX_REASON_LENGTH);
const FromPage = z.object({ expiresAt: z.iso.datetime() });
const OfApprover = { approval: z.string(), round: z.number().int().min(1), approver: z.email(), page: FromPage };

export const ApprovalAct = z.discriminatedUnion('act', [
  z.object({ act: z.literal('delegate'), ...OfApprover, to: z.email(), note: Words.optional() }),
  z.object({ act: z.literal('ask'), ...OfApprover, to: z.email(), text: Words }),
  z.object({ act: z.literal('code'), ...OfApprover }),
  z.object({
    act: z.literal('answer'),
    approval: z.string(),
    question: z.number().int().min(1).describe('Number of the question in the trail'),
    by: z.email(),
    text: Words,
    page: FromPage,
  }),
  /** From a reply to one of the mails. The sender of a mail can be forged, so it decides nothing and hands over nothing. */
  z.object({
    act: z.literal('comment'),
    approval: z.string(),
    by: z.email(),
    text: Words,
    mail: z.string(),
    verified: z.boolean().optional().describe('The receiving server found that the sender is who the mail says'),
  }),
]);
export type ApprovalAct = z.infer<typeof ApprovalAct>;

/** Why the run refuses an act. The page tells each in plain words. */
export const ACT_REFUSALS = [
  'to-requester',
  'to-oneself',
  'to-approver',
  'nobody-left',
  'too-many-acts',
  'unknown-question',
  'answered',
  'undelivered',
] as const;
export type ActRefusal = (typeof ACT_REFUSALS)[number];

export const TrailKind = z.enum(['substituted', 'returned', 'delegated', 'escalated', 'question', 'answer', 'comment']);
export type TrailKind = z.infer<typeof TrailKind>;

/** One thing that happened to an approval and decided nothing. */
export const TrailEntry = z.object({
  seq: z.number().int().min(1),
  kind: TrailKind,
  round: z.number().int().min(1),
  by: z.email().optional().describe('Absent where the engine did it'),
  claimed: z.email().optional().describe('For a comment whose sender is not verified: the address that the mail names'),
  to: z.email().optional(),
  text: z.string().optional(),
  answers: z.number().int().optional().describe('For an answer: the number of its question'),
  mail: z.string().optional().describe('For a comment: the Message-ID of the mail'),
  at: z.iso.datetime(),
});
export type TrailEntry = z.infer<typeof TrailEntry>;
