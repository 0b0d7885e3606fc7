import type { ColumnType } from 'kysely';
import type { CallInfo } from '../core/model/call.ts';
import type { Role } from '../core/model/access.ts';
import type { Language } from '../core/settings/settings.ts';
import type { Json, Timestamp } from './columns.ts';

type MaybeTimestamp = ColumnType<Date | null, string | null | undefined, string | null>;

/** E-mail addresses are stored in small letters in all of these tables. */
export type UsersTable = {
  email: string;
  name: string;
  language: Language;
  roles: Json<Role[]>;
  /** Departments that their role of author is for; null stands for all. */
  departments: ColumnType<string[] | null, string | null | undefined, string | null>;
  created_at: Timestamp;
  removed_at: MaybeTimestamp;
};

/** One request to sign in: the link in the mail carries `id`, the person types the code. */
export type SignInsTable = {
  id: string;
  email: string;
  code_hash: string;
  attempts: number;
  created_at: Timestamp;
  expires_at: Timestamp;
  used_at: MaybeTimestamp;
};

/** `id` is the hash of what the cookie carries. */
export type SessionsTable = {
  id: string;
  email: string;
  created_at: Timestamp;
  expires_at: Timestamp;
  ended_at: MaybeTimestamp;
};

/** Public keys of devices, in base64url. */
export type PasskeysTable = {
  id: string;
  person: string;
  name: string;
  public_key: string;
  counter: ColumnType<string | number, number, number>;
  transports: Json<string[]>;
  created_at: Timestamp;
  used_at: MaybeTimestamp;
};

/** `from` and `to` are days of the company's calendar (ISO 8601), both included. */
export type SubstitutesTable = {
  id: string;
  person: string;
  substitute: string;
  from: string;
  to: string;
  created_by: string;
  created_at: Timestamp;
};

/** Who among the operators takes care of an incident. */
export type AssignmentsTable = { incident: string; run: string; assignee: string; by: string; at: Timestamp };

/** What someone has typed into the station and not yet handed in, and when their page was last open. */
export type DraftsTable = {
  approval: string;
  approver: string;
  name: string;
  form: ColumnType<object | null, string | null | undefined, string | null>;
  saved_at: MaybeTimestamp;
  seen_at: Timestamp;
};

/** One field that a person changed. `supplier` is a VAT id, or a name where none was read. */
export type CorrectionsTable = {
  approval: string;
  field: string;
  run: string;
  definition: Json<CallInfo['definition']>;
  supplier: string;
  before: string | null;
  after: string | null;
  confidence: number | null;
  by: string;
  at: Timestamp;
};

export type ApiTokensTable = {
  id: string;
  name: string;
  person: string | null;
  hash: string;
  scopes: Json<string[]>;
  departments: ColumnType<string[] | null, string | null | undefined, string | null>;
  created_by: string;
  created_at: Timestamp;
  expires_at: MaybeTimestamp;
  revoked_at: MaybeTimestamp;
};

/** The answer that a key got: `status` is null while the first request is still under way. */
export type IdempotencyTable = {
  token: string;
  key: string;
  request: string;
  status: number | null;
  body: string | null;
  created_at: Timestamp;
};
