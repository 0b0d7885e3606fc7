/** Bounds of reading tables, each with its reason. */

/** Rows in which the titles are sought: people put a heading, a logo or a note above them. */
export const HEADER_SEARCH_ROWS = 20;
/** Bytes of a table: what the store takes for one file. */
export const MAX_TABLE_BYTES = 64 * 1024 * 1024;
/** Characters of one record of a text file; a quote that is never closed would swallow the file. */
export const MAX_RECORD_CHARACTERS = 1024 * 1024;
/** Bytes of a text file that are looked at to find its delimiter. */
export const SAMPLE_BYTES = 64 * 1024;
/** Characters of all rows that one call hands over: they go into a history, where Temporal takes 2 MB. */
export const MAX_CHARACTERS_READ = 1_000_000;
/** Faults that are listed; whoever corrects the file sees the pattern by then. */
export const MAX_FAULTS = 100;
/** Characters of a cell that a fault quotes. */
export const QUOTED_CHARACTERS = 60;
/** Rows between two signs of progress. */
export const PROGRESS_ROWS = 10_000;
/** Bytes of a text file that are decoded at once. */
export const CHUNK_BYTES = 256 * 1024;
/** Cells of one row that are looked at; Excel's own bound. */
export const MAX_CELLS = 16_384;
