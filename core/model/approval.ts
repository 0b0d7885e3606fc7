import { z } from 'zod';
import { MAX_VALUE_LENGTH } from '../catalogue/approval/options.ts';
import { Invoice } from './invoice.ts';

/** Temporal Update through which a decision reaches its run. Its validator is the last judge. */
export const DECIDE_UPDATE = 'decide';

/** Longest reason that a person can give; longer texts belong into an answer to the mail. */
export const MAX_REASON_LENGTH = 2000;

export const ApprovalKind = z.enum(['approval', 'validation', 'task']);
export type ApprovalKind = z.infer<typeof ApprovalKind>;

/** `corrected` and `confirmed` answer a validation, `approved` an approval, `done` a task, `rejected` all of them. */
export const DecisionVerb = z.enum(['approved', 'rejected', 'corrected', 'confirmed', 'done']);
export type DecisionVerb = z.infer<typeof DecisionVerb>;

/** One field that a person changed, by its path in the invoice. */
export const Correction = z.object({ field: z.string(), before: z.string().optional(), after: z.string().optional() });
export type Correction = z.infer<typeof Correction>;

/** How a person has shown once more that it is them: a code from a mail or from their authenticator, or a passkey. */
export const Factor = z.enum(['mail-code', 'authenticator', 'passkey']);
export type Factor = z.infer<typeof Factor>;

/** Of an approval with changeable fields: their values by name, as the approver left them. */
const Values = z.record(z.string(), z.string().max(MAX_VALUE_LENGTH));

/** What a person has filled in: texts, numbers, files by reference. The server has judged it by the fields. */
const Answers = z.record(z.string(), z.unknown());

/** What the page hands to the run. */
export const DecideRequest = z.object({
  approval: z.string(),
  round: z.number().int().min(1),
  approver: z.email(),
  decision: DecisionVerb,
  reason: z.string().max(MAX_REASON_LENGTH).optional(),
  invoice: Invoice.optional().describe('For a validation: the invoice as corrected'),
  corrections: z.array(Correction).optional(),
  answers: Answers.optional().describe('For a task: what was filled in, by the names of the fields'),
  values: Values.optional().describe('For an approval: the changeable fields as the approver left them'),
  comment: z.string().max(MAX_REASON_LENGTH).optional(),
  factor: Factor.optional().describe('Verified by the server, if a code is required'),
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
  comment: z.string().optional(),
  changes: z.array(z.object({ field: z.string(), before: z.string(), after: z.string() })).optional(),
  answers: Answers.optional(),
  factor: Factor.optional(),
  onBehalfOf: z.email().optional().describe('Person they acted for, as a substitute or by delegation'),
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
  'handed-over',
  'code-needed',
  'unproved',
] as const;
export type Refusal = (typeof REFUSALS)[number];

/** Prefix of the failure types by which a refusal travels through Temporal. */
export const REFUSAL_TYPE_PREFIX = 'approval.refused.';

export const ApprovalOutcome = z.enum([
  'approved',
  'rejected',
  'corrected',
  'confirmed',
  'done',
  'expired',
  'withdrawn',
]);
export type ApprovalOutcome = z.infer<typeof ApprovalOutcome>;
