import type { ColumnType } from 'kysely';
import type { Changeable } from '../core/catalogue/approval/options.ts';
import type { Change } from '../core/catalogue/approval-request.ts';
import type { About } from '../core/model/about.ts';
import type { FieldsFile } from '../core/fields/field.ts';
import type { ApprovalKind, ApprovalOutcome, Correction, DecisionVerb, Factor } from '../core/model/approval.ts';
import type { TrailKind } from '../core/model/approval-acts.ts';
import type { AskedBecause, Round } from '../core/model/approval-plan.ts';
import type { Artefact } from '../core/model/artefact.ts';
import type { CallInfo } from '../core/model/call.ts';
import type { Finding } from '../core/model/invoice.ts';
import type { Json, Timestamp } from './columns.ts';

/** Of a task: its words and its fields as they were then. */
export type TaskToDo = { text?: string | undefined; fields?: FieldsFile | undefined };

export type ApprovalStatus = 'open' | ApprovalOutcome;

export type ApprovalsTable = {
  id: string;
  kind: ApprovalKind;
  run: string;
  task: string;
  definition: Json<CallInfo['definition']>;
  about: Json<About>;
  /** VAT id of an invoice's seller, without country letters. */
  supplier: string | null;
  /** What to do, and what to fill in. */
  to_do: ColumnType<TaskToDo | null, string | null | undefined, never>;
  file: ColumnType<Artefact | null, string | null, never>;
  pages: Json<Artefact[]>;
  findings: Json<Finding[]>;
  rounds: Json<Round[]>;
  /** Fields that an approver may change, as they were at first. */
  changes: Json<Changeable[]>;
  /** Who may not decide: the requester, who is also asked first where an approver has a question. */
  barred: Json<string[]>;
  code_needed: boolean;
  status: ApprovalStatus;
  reason: string | null;
  created_at: Timestamp;
  expires_at: Timestamp;
  closed_at: ColumnType<Date | null, string | null | undefined, string | null>;
};

/** One person who was asked in one round. */
export type ApprovalRequestsTable = {
  approval: string;
  round: number;
  approver: string;
  name: string;
  language: 'pl' | 'en';
  asked_at: Timestamp;
  /** Empty while the request is only gathered for a digest. */
  message_id: string;
  reminders: number;
  because: AskedBecause;
  in_place_of: string | null;
  digest_at: ColumnType<Date | null, string | null, string | null>;
};

export type ApprovalDecisionsTable = {
  approval: string;
  round: number;
  approver: string;
  decision: DecisionVerb;
  reason: string | null;
  corrections: Json<Correction[]>;
  comment: string | null;
  changes: Json<Change[]>;
  answers: ColumnType<Record<string, unknown> | null, string | null | undefined, never>;
  factor: Factor | null;
  on_behalf_of: string | null;
  at: Timestamp;
};

/** What happened to a request and decided nothing: handed over, asked, answered, commented. */
export type ApprovalTrailTable = {
  approval: string;
  seq: number;
  kind: TrailKind;
  round: number;
  by: string | null;
  /** Address that the mail of a comment names, where its sender is not verified. */
  claimed: string | null;
  to: string | null;
  text: string | null;
  answers: number | null;
  at: Timestamp;
};

/** The code that a person was mailed last, as a salted hash, and how often it was mistyped. */
export type ApprovalCodesTable = {
  approval: string;
  round: number;
  approver: string;
  salt: string;
  hash: string;
  tries: number;
  expires_at: Timestamp;
};

/** The last time step of an authenticator that was used: each works once (RFC 6238, section 5.2). */
export type AuthenticatorUsesTable = { person: string; step: ColumnType<string | number, number, number> };

/** One mail with several requests to one person. */
export type ApprovalDigestsTable = {
  id: string;
  approver: string;
  at: Timestamp;
  requests: Json<{ approval: string; round: number }[]>;
  expires_at: Timestamp;
};

/** Mails of a request's thread, whoever got them. */
export type ApprovalMailsTable = { approval: string; message_id: string; to: string };
