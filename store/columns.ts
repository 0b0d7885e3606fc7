import type { ColumnType, JSONColumnType } from 'kysely';

/** Written as ISO 8601, read as a Date by both drivers. */
export type Timestamp = ColumnType<Date, string, string>;
/** Written as JSON text, read as a value. */
export type Json<T extends object> = JSONColumnType<T>;
