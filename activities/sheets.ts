import { basename, join } from 'node:path';
import { appendRow, readRows, updateRow } from '../bots/tables/workbook/index.ts';
import { sheetAppend } from '../core/catalogue/sheet-append.ts';
import { sheetRead } from '../core/catalogue/sheet-read.ts';
import { sheetUpdate } from '../core/catalogue/sheet-update.ts';
import { APPROVAL_ACTIVITIES, ReadRules } from '../core/model/approval-plan.ts';
import { applicationException } from '../core/model/problem.ts';
import { activity, internalActivity } from './activity.ts';
import { RULE_TITLES, rulesOfTable } from './approvals/rule-table.ts';
import { rowsOf } from './sheet-rows.ts';

/** `sheet.append`: one row, once per key; `sheet.update`; `sheet.read`; and the table of an approval. Workbooks of the folder of sheets and of no other folder. */
export function createSheetActivities({ folder }: { folder: string }) {
  return {
    [sheetAppend.name]: activity(sheetAppend, async ({ file, sheet, key, row }) => {
      const written = await appendRow({ path: pathOf(folder, file), sheet, key, row });
      return { file, sheet: written.sheet, row: written.row };
    }),
    [sheetUpdate.name]: activity(sheetUpdate, async ({ file, ...change }) => {
      const written = await updateRow({ path: pathOf(folder, file), ...change });
      return { file, ...written };
    }),
    [sheetRead.name]: activity(sheetRead, (args) => rowsOf(pathOf(folder, args.file), args)),
    [APPROVAL_ACTIVITIES.table]: internalActivity(APPROVAL_ACTIVITIES.table, ReadRules, async ({ file, sheet }) => {
      const rows = await readRows({ path: pathOf(folder, file), sheet, titles: RULE_TITLES });
      return { rules: rulesOfTable(rows, file) };
    }),
  };
}

function pathOf(folder: string, file: string): string {
  if (basename(file) === file && file.endsWith('.xlsx')) return join(folder, file);
  throw applicationException('validation', `"${file}" is not a name of a workbook; write, for example, register.xlsx`);
}
