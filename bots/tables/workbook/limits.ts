/** Bounds of the sheets bot, each with its reason. */

/** Characters of a cell: the limit of Excel's file format. */
export const MAX_CELL_CHARS = 32_767;
/** Rows of a sheet: the limit of Excel's file format. */
export const MAX_ROWS = 1_048_576;
/** Columns that a sheet may have before a row is refused; Excel allows 16,384, nobody reads them. */
export const MAX_COLUMNS = 500;
/** Size of a workbook read into memory; a register of 100,000 rows has about 10 MB. */
export const MAX_WORKBOOK_BYTES = 64 * 1024 * 1024;
/** Rows in which the titles are sought: people put a heading, a logo or a filter note above them. */
export const HEADER_SEARCH_ROWS = 20;
/** Characters of a sheet's name, and the ones that Excel forbids in it. */
export const MAX_SHEET_NAME_CHARS = 31;
/** Widths of new columns, in characters. */
export const MIN_WIDTH = 10;
export const MAX_WIDTH = 48;

/** Longest wait for another process that writes the same workbook. */
export const LOCK_WAIT_MS = 30_000;
/** Pause between looks at a lock that is held. */
export const LOCK_POLL_MS = 40;
/** A holder touches its lock this often ... */
export const LOCK_BEAT_MS = 5_000;
/** ... and is taken for dead after this silence, where its process cannot be asked (another machine). */
export const LOCK_STALE_MS = 60_000;
/** Attempts when the workbook is saved by someone else between our reading and our writing. */
export const MAX_ATTEMPTS = 3;
