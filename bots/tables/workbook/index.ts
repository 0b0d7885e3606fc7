export { appendRow, type AppendRequest, type AppendResult } from './append-row.ts';
export type { ColumnKind, RowValue } from './cell-value.ts';
export { normalise } from './header.ts';
export { readRows, readTable, type TableRow } from './read-rows.ts';
export { updateRow } from './update-row.ts';
