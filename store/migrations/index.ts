import type { Migration } from 'kysely/migration';
import * as base from './001_base.ts';
import * as approvals from './002_approvals.ts';
import * as people from './003_people.ts';
import * as peopleDecide from './004_people_decide.ts';
import * as codings from './005_codings.ts';
import * as passkeys from './006_passkeys.ts';
import * as supplierMemory from './007_supplier_memory.ts';
import * as filePuts from './008_file_puts.ts';
import * as departments from './009_departments.ts';
import * as records from './010_records.ts';
import * as effects from './011_effects.ts';
import * as mails from './012_mails.ts';
import * as figuresOfClaims from './013_figures_of_claims.ts';
import * as sealedColumns from './014_sealed_columns.ts';
import * as submissions from './015_submissions.ts';
import * as tasks from './016_tasks.ts';
import * as claimedSenders from './017_claimed_senders.ts';

/** Every migration by name, in order. A landed migration is never edited: add the next one. */
export const migrations: Record<string, Migration> = {
  '001_base': base,
  '002_approvals': approvals,
  '003_people': people,
  '004_people_decide': peopleDecide,
  '005_codings': codings,
  '006_passkeys': passkeys,
  '007_supplier_memory': supplierMemory,
  '008_file_puts': filePuts,
  '009_departments': departments,
  '010_records': records,
  '011_effects': effects,
  '012_mails': mails,
  '013_figures_of_claims': figuresOfClaims,
  '014_sealed_columns': sealedColumns,
  '015_submissions': submissions,
  '016_tasks': tasks,
  '017_claimed_senders': claimedSenders,
};
