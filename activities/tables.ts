import { readTableFile } from '../bots/tables/read/index.ts';
import { columnsOf, writeCsv, writeXlsx } from '../bots/tables/write-table.ts';
import { MAX_ROWS_READ } from '../core/catalogue/sheet-read.ts';
import { tableRead } from '../core/catalogue/table-read.ts';
import { tableWrite } from '../core/catalogue/table-write.ts';
import type { Artefact, FileContent } from '../core/model/artefact.ts';
import { activity } from './activity.ts';
import { contentOf, type FileDeps } from './file-source.ts';

const XLSX_TYPE = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

type TableDeps = FileDeps & { artefacts: { put(file: FileContent): Promise<Artefact> } };

/** `table.read` and `table.write`: rows of files as data, and files made of rows. */
export function createTableActivities(deps: TableDeps) {
  return {
    [tableRead.name]: activity(tableRead, async ({ file, ...wanted }, { onProgress, signal }) => {
      const { name, bytes } = await contentOf(deps, file, signal);
      return readTableFile({ ...wanted, name, bytes, most: MAX_ROWS_READ }, onProgress);
    }),
    [tableWrite.name]: activity(tableWrite, async ({ name, rows, kinds, sheet, dialect, ...wanted }) => {
      const table = { columns: wanted.columns ?? columnsOf(rows), rows, kinds };
      const isWorkbook = name.endsWith('.xlsx');
      const bytes = isWorkbook ? await writeXlsx(table, sheet) : writeCsv(table, dialect);
      const mediaType = isWorkbook ? XLSX_TYPE : `text/csv; charset=${dialect.encoding}`;
      return { file: await deps.artefacts.put({ name, mediaType, bytes }), rows: rows.length };
    }),
  };
}
