import { basename, join } from 'node:path';
import { appendRow } from '../bots/sheets/index.ts';
import { sheetAppend } from '../definitions/functions/sheet-append.ts';
import { applicationException } from '../definitions/model/problem.ts';
import { activity } from './activity.ts';

/** `sheet.append`: one row, once per key, into a workbook of the folder of sheets and of no other folder. */
export function createSheetActivities({ folder }: { folder: string }) {
  return {
    [sheetAppend.name]: activity(sheetAppend, async ({ file, sheet, key, row }) => {
      if (basename(file) !== file || !file.endsWith('.xlsx')) {
        throw applicationException('validation', `"${file}" is no name of a workbook; write for example register.xlsx`);
      }
      const written = await appendRow({ path: join(folder, file), sheet, key, row });
      return { file, sheet: written.sheet, row: written.row };
    }),
  };
}
