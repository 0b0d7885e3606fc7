import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Kysely } from 'kysely';
import { Migrator } from 'kysely/migration';
import { ApiTokens } from './api-tokens.ts';
import { Approvals } from './approvals.ts';
import { ApprovalCodes } from './approval-codes.ts';
import { ApprovalDigests } from './approval-digests.ts';
import { Artefacts } from './artefacts.ts';
import { Assignments } from './assignments.ts';
import { Audit } from './audit.ts';
import { Claims } from './claims.ts';
import { Codings } from './codings.ts';
import type { ConnectOptions } from './connect.ts';
import { connect } from './connect.ts';
import type { Database } from './database.ts';
import { Corrections } from './corrections.ts';
import { Suppliers } from './suppliers.ts';
import { Definitions } from './definitions.ts';
import { DeployProposals } from './deploy-proposals.ts';
import { Drafts } from './drafts.ts';
import { Effects } from './effects.ts';
import { Events } from './events.ts';
import { FilePuts } from './file-puts.ts';
import { Idempotency } from './idempotency.ts';
import { Mails } from './mails.ts';
import { migrations } from './migrations/index.ts';
import { Outbox } from './outbox.ts';
import { Passkeys } from './passkeys.ts';
import { Records } from './records.ts';
import { SignIns } from './sign-ins.ts';
import { Submissions } from './submissions.ts';
import { Substitutes } from './substitutes.ts';
import { Tasks } from './tasks.ts';
import { Users } from './users.ts';

/** Owner only. */
const PRIVATE_FOLDER = 0o700;

/** Everything durable that is not a Temporal history. */
export type Store = {
  db: Kysely<Database>;
  apiTokens: ApiTokens;
  approvals: Approvals;
  codes: ApprovalCodes;
  digests: ApprovalDigests;
  artefacts: Artefacts;
  assignments: Assignments;
  audit: Audit;
  claims: Claims;
  codings: Codings;
  corrections: Corrections;
  suppliers: Suppliers;
  definitions: Definitions;
  proposals: DeployProposals;
  drafts: Drafts;
  effects: Effects;
  events: Events;
  filePuts: FilePuts;
  idempotency: Idempotency;
  mails: Mails;
  outbox: Outbox;
  passkeys: Passkeys;
  records: Records;
  signIns: SignIns;
  submissions: Submissions;
  substitutes: Substitutes;
  tasks: Tasks;
  users: Users;
  close(): Promise<void>;
};

/**
 * Opens the store and brings its schema up to date. PostgreSQL by `databaseUrl`, else PGlite in `dir` (one process
 * only); artefacts always lie in `dir`.
 */
export async function openStore(options: ConnectOptions): Promise<Store> {
  const files = join(options.dir, 'artefacts');
  await mkdir(files, { recursive: true, mode: PRIVATE_FOLDER });
  const db = await connect(options);
  const { error } = await new Migrator({ db, provider: { getMigrations: async () => migrations } }).migrateToLatest();
  if (error) {
    await db.destroy();
    throw error instanceof Error ? error : new Error('the migrations of the store failed', { cause: error });
  }
  return {
    db,
    apiTokens: new ApiTokens(db),
    approvals: new Approvals(db),
    codes: new ApprovalCodes(db),
    digests: new ApprovalDigests(db),
    artefacts: new Artefacts(db, files, options.sealers?.artefacts),
    assignments: new Assignments(db),
    audit: new Audit(db),
    claims: new Claims(db),
    codings: new Codings(db),
    corrections: new Corrections(db),
    suppliers: new Suppliers(db),
    definitions: new Definitions(db),
    proposals: new DeployProposals(db),
    drafts: new Drafts(db),
    effects: new Effects(db),
    events: new Events(db),
    filePuts: new FilePuts(db),
    idempotency: new Idempotency(db),
    mails: new Mails(db),
    outbox: new Outbox(db),
    passkeys: new Passkeys(db),
    records: new Records(db),
    signIns: new SignIns(db),
    submissions: new Submissions(db),
    substitutes: new Substitutes(db),
    tasks: new Tasks(db),
    users: new Users(db),
    close: () => db.destroy(),
  };
}
