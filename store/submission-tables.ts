import type { ColumnType } from 'kysely';
import type { FieldsFile } from '../core/fields/field.ts';
import type { Artefact } from '../core/model/artefact.ts';
import type { Json, Timestamp } from './columns.ts';

/** Forms that people fill in and hand in. */
export type SubmissionsTable = {
  /** Id of the event, too: what has one id is handed in once. */
  id: string;
  department: string;
  form: string;
  person: string;
  status: 'draft' | 'sent' | 'withdrawn';
  typed: Json<Record<string, string>>;
  files: Json<Record<string, Artefact[]>>;
  /** The form as it was filled in: a later version may ask otherwise. */
  fields: ColumnType<FieldsFile | null, string | null | undefined, string | null>;
  values: ColumnType<Record<string, unknown> | null, string | null | undefined, string | null>;
  runs: Json<string[]>;
  saved_at: Timestamp;
  sent_at: ColumnType<Date | null, string | null | undefined, string | null>;
};
