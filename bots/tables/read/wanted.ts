import type { ColumnKind, TableDialect } from '../../../core/model/table.ts';

/** What is wanted of a table. */
export type Wanted = {
  columns?: readonly string[] | undefined;
  kinds: Readonly<Record<string, ColumnKind>>;
  required: readonly string[];
  where: Readonly<Record<string, string>>;
  dialect: Pick<TableDialect, 'decimal' | 'date'>;
  /** Titles where the file has none. */
  given?: readonly string[] | undefined;
  faults: 'refuse' | 'report';
  /** Name under which each row carries its number. */
  rowNumber?: string | undefined;
  after: number;
  limit?: number | undefined;
  /** Rows that one call may hand over. */
  most: number;
};
