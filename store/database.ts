import type { ColumnType } from 'kysely';
import type { InvoiceFigures } from '../core/model/invoice-figures.ts';
import type { MailFate } from '../core/model/mail-account.ts';
import type {
  ApprovalCodesTable,
  ApprovalDecisionsTable,
  ApprovalDigestsTable,
  ApprovalMailsTable,
  ApprovalRequestsTable,
  ApprovalsTable,
  ApprovalTrailTable,
  AuthenticatorUsesTable,
} from './approval-tables.ts';
import type { RecordValues } from '../core/model/record-table.ts';
import type { Json, Timestamp } from './columns.ts';
import type {
  ApiTokensTable,
  AssignmentsTable,
  CorrectionsTable,
  DraftsTable,
  IdempotencyTable,
  PasskeysTable,
  SessionsTable,
  SignInsTable,
  SubstitutesTable,
  UsersTable,
} from './people-tables.ts';
import type { SubmissionsTable } from './submission-tables.ts';

export type DefinitionsTable = {
  hash: string;
  namespace: string;
  name: string;
  version: string;
  definition: Json<object>;
  source: string;
  /** Forms and mail texts of the definition's folder, by relative path. */
  files: Json<Record<string, string>>;
  deployed_at: Timestamp;
  undeployed_at: ColumnType<Date | null, string | null | undefined, string | null>;
};

export type DeployProposalsTable = {
  id: string;
  hash: string;
  namespace: string;
  name: string;
  version: string;
  request: Json<object>;
  proposed_by: string;
  proposed_at: Timestamp;
  decided_by: string | null;
  decided_at: ColumnType<Date | null, string | null | undefined, string | null>;
  outcome: string | null;
};

export type ArtefactsTable = {
  id: string;
  name: string;
  media_type: string;
  size: ColumnType<string | number, number, never>;
  created_at: Timestamp;
};

export type ClaimsTable = {
  key: string;
  run: string;
  claimed_at: Timestamp;
  figures: ColumnType<InvoiceFigures | null, string | null | undefined, string | null>;
};

export type CodingsTable = {
  ledger: string;
  reference: string;
  supplier: string;
  number: string;
  account: string;
  cost_centre: string | null;
  chosen_by: string | null;
  booked_at: Timestamp;
};

export type EffectsTable = { key: string; since: string; times: number; doubted: boolean };

export type EventsTable = { source: string; id: string; event: Json<object>; received_at: Timestamp };

/** `department`: whose run it is; null where it listens since before departments were known. */
export type SubscriptionsTable = { run: string; key: string; types: Json<string[]>; department: string | null };

export type MailsTable = {
  mailbox: string;
  /** Folder, UIDVALIDITY and UID of this copy. */
  copy: string;
  message_id: string;
  content: string | null;
  fate: MailFate | null;
  folder: 'processed' | 'quarantine' | null;
  runs: ColumnType<string[], string | undefined, string>;
  reason: string | null;
  seen_at: Timestamp;
  decided_at: ColumnType<Date | null, string | null | undefined, string | null>;
};

export type OutboxTable = {
  key: string;
  message_id: string;
  recipients: Json<string[]>;
  created_at: Timestamp;
  sent_at: ColumnType<Date | null, string | null | undefined, string | null>;
  result: ColumnType<object | null, string | null | undefined, string | null>;
};

/** A row of a department's table; one that was removed stays, so that its versions go on. */
export type RecordsTable = {
  namespace: string;
  table: string;
  key: string;
  values: Json<RecordValues>;
  version: number;
  removed: boolean;
  changed_at: Timestamp;
  changed_by: string;
};

export type RecordChangesTable = {
  namespace: string;
  table: string;
  key: string;
  version: number;
  outcome: 'added' | 'changed' | 'removed';
  values: Json<RecordValues>;
  at: Timestamp;
  by: string;
  /** Idempotency key of the call, or of the form that a person sent. */
  call: string;
};

export type FilePutsTable = { key: string; state: 'begun' | 'sent' | 'done'; at: Timestamp };

export type AuditTable = {
  seq: ColumnType<string | number, number, never>;
  at: Timestamp;
  actor: string;
  action: string;
  run: string | null;
  details: Json<object>;
  previous: string;
  hash: string;
};

/** Tables of the store. */
export type Database = {
  definitions: DefinitionsTable;
  artefacts: ArtefactsTable;
  claims: ClaimsTable;
  codings: CodingsTable;
  effects: EffectsTable;
  events: EventsTable;
  subscriptions: SubscriptionsTable;
  deploy_proposals: DeployProposalsTable;
  mails: MailsTable;
  outbox: OutboxTable;
  file_puts: FilePutsTable;
  records: RecordsTable;
  record_changes: RecordChangesTable;
  submissions: SubmissionsTable;
  audit: AuditTable;
  approvals: ApprovalsTable;
  approval_requests: ApprovalRequestsTable;
  approval_decisions: ApprovalDecisionsTable;
  users: UsersTable;
  sign_ins: SignInsTable;
  sessions: SessionsTable;
  substitutes: SubstitutesTable;
  assignments: AssignmentsTable;
  drafts: DraftsTable;
  corrections: CorrectionsTable;
  api_tokens: ApiTokensTable;
  idempotency: IdempotencyTable;
  approval_trail: ApprovalTrailTable;
  approval_mails: ApprovalMailsTable;
  approval_codes: ApprovalCodesTable;
  approval_digests: ApprovalDigestsTable;
  authenticator_uses: AuthenticatorUsesTable;
  passkeys: PasskeysTable;
};
