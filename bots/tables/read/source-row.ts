import { businessException, type ProblemError } from '../../../core/model/problem.ts';

/** A cell as its file has it. */
export type SourceCell = {
  text: string;
  /** The file itself says what it is: numbers have a point, dates are ISO 8601. Else the text is as somebody typed it. */
  exact?: 'number' | 'date' | 'boolean';
  /** Currency of a number's format, ISO 4217. */
  currency?: string;
  /** Why the cell has no value, for example an error of its formula. */
  problem?: string;
};

/** A row and its number as people count it: the first row of the file is 1. */
export type SourceRow = { row: number; cells: SourceCell[] };

/** The rows of a file, one after another. */
export type SourceRows = AsyncIterable<SourceRow> | Iterable<SourceRow>;

/** The file is no table that can be read. A person has to look; nothing was changed. */
export function unreadableTable(name: string, why: string, cause?: unknown): ProblemError {
  return businessException('table-unreadable', `${name}: ${why}`, cause);
}
