import type { ColumnType } from 'kysely';
import type { ApprovalKind, ApprovalOutcome, Correction, DecisionVerb } from '../definitions/model/approval.ts';
import type { Artefact } from '../definitions/model/artefact.ts';
import type { CallInfo } from '../definitions/model/call.ts';
import type { Finding, Invoice } from '../definitions/model/invoice.ts';
import type { Json, Timestamp } from './columns.ts';

export type ApprovalStatus = 'open' | ApprovalOutcome;

export type ApprovalsTable = {
  id: string;
  kind: ApprovalKind;
  run: string;
  task: string;
  definition: Json<CallInfo['definition']>;
  about: Json<Invoice>;
  file: ColumnType<Artefact | null, string | null, never>;
  pages: Json<Artefact[]>;
  findings: Json<Finding[]>;
  rounds: Json<{ round: number; approvers: string[] }[]>;
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
  message_id: string;
  reminders: number;
};

export type ApprovalDecisionsTable = {
  approval: string;
  round: number;
  approver: string;
  decision: DecisionVerb;
  reason: string | null;
  corrections: Json<Correction[]>;
  at: Timestamp;
};
