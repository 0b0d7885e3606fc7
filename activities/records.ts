import { parse as parseYaml } from 'yaml';
import { z } from 'zod';
import { MAX_RECORDS_FOUND, recordFind } from '../core/catalogue/record-find.ts';
import { recordPut } from '../core/catalogue/record-put.ts';
import type { CallInfo } from '../core/model/call.ts';
import { applicationException, businessException, type ProblemError } from '../core/model/problem.ts';
import { checkRow, keyOf, RecordTable, type RecordValues } from '../core/model/record-table.ts';
import type { RecordRow, Records } from '../store/records.ts';
import { activity } from './activity.ts';

export type RecordDeps = {
  records: Records;
  /** A file beside the definition of that hash. */
  definitionFile: (hash: string, path: string) => Promise<string | undefined>;
};

/** `record.find` and `record.put`: tables of the department whose definition calls. */
export function createRecordActivities({ records, definitionFile }: RecordDeps) {
  async function tableOf(name: string, { definition }: CallInfo): Promise<RecordTable> {
    const path = `records/${name}.yaml`;
    const source = await definitionFile(definition.hash, path);
    if (source === undefined) {
      const detail = `the definition has no record table ${path}. To fix: add that file and deploy again`;
      throw applicationException('configuration', detail);
    }
    const parsed = RecordTable.safeParse(parseYaml(source, { maxAliasCount: 0 }));
    if (parsed.success) return parsed.data;
    throw applicationException('configuration', `${path}: ${z.prettifyError(parsed.error)}`);
  }

  return {
    [recordFind.name]: activity(recordFind, async ({ table: name, where }, { call }) => {
      const table = await tableOf(name, call);
      const unknown = Object.keys(where).find((column) => !Object.hasOwn(table.columns, column));
      if (unknown !== undefined) throw refused(name, [`there is no column "${unknown}"`]);
      const place = { namespace: call.definition.namespace, table: name };
      const found = await records.find(place, where, MAX_RECORDS_FOUND + 1);
      if (found.length > MAX_RECORDS_FOUND) {
        const fix = 'To fix: narrow them by "where"';
        throw businessException('too-many-rows', `${name} has more than ${MAX_RECORDS_FOUND} such rows. ${fix}`);
      }
      const shown = found.map(shownRecord);
      return { records: shown, ...(shown[0] && { first: shown[0] }) };
    }),
    [recordPut.name]: activity(recordPut, async ({ table: name, values, version, remove }, { call }) => {
      const table = await tableOf(name, call);
      const { namespace } = call.definition;
      const made = await records.change({
        namespace,
        table: name,
        key: keyOf(table.key, values),
        version: version ?? undefined,
        next: (before) => (remove ? before : checked(name, table, { ...before, ...values })),
        remove,
        by: call.run,
        call: call.key,
      });
      if (made.outcome !== 'refused') return made;
      throw changedSince(name, table, values, made.row, version ?? undefined);
    }),
  };
}

/** The whole row; a column that the table no longer has is dropped. */
function checked(name: string, table: RecordTable, values: RecordValues): RecordValues {
  const result = checkRow(table, values);
  if ('row' in result) return result.row;
  throw refused(name, result.faults);
}

function refused(name: string, faults: readonly string[]): ProblemError {
  return businessException('record-refused', `${name}: ${faults.join('; ')}`);
}

function changedSince(
  name: string,
  { key }: RecordTable,
  values: RecordValues,
  row: RecordRow | undefined,
  version: number | undefined,
): ProblemError {
  const which = `the row ${key.map((column) => `${column} "${String(values[column] ?? '')}"`).join(', ')} of ${name}`;
  if (!row)
    return businessException(
      'record-changed',
      `${which} is not there any more, or was changed just now. Find it again`,
    );
  const now = `its version is ${row.version}, changed by ${row.changed_by}`;
  if (version === undefined)
    return businessException('record-changed', `${which} is there already (${now}). Find it, and give its version`);
  return businessException(
    'record-changed',
    `${which} was changed since it was found: ${now}, not ${version}. Find it again`,
  );
}

const shownRecord = ({ values, version, changed_at, changed_by }: RecordRow) => ({
  values,
  version,
  changedAt: changed_at.toISOString(),
  changedBy: changed_by,
});
