import type { Encoding, FixedColumn } from '../../../core/model/table.ts';
import { decoded } from './encoding.ts';
import { MAX_RECORD_CHARACTERS } from './limits.ts';
import { type SourceRow, unreadableTable } from './source-row.ts';

/** The rows of a text file whose columns have fixed places, one line each. Blanks around a value are no part of it. */
export function* fixedRows(
  file: { name: string; bytes: Uint8Array; encoding: Encoding },
  columns: readonly FixedColumn[],
): Generator<SourceRow> {
  let row = 0;
  for (const line of lines(file)) {
    row += 1;
    // Characters, not UTF-16 units: a place in the file is a place for a person too.
    const characters = Array.from(line);
    const cells = columns.map(({ start, length }) => ({
      text: characters
        .slice(start - 1, start - 1 + length)
        .join('')
        .trim(),
    }));
    yield { row, cells };
  }
}

function* lines({ name, bytes, encoding }: { name: string; bytes: Uint8Array; encoding: Encoding }): Generator<string> {
  let rest = '';
  try {
    for (const piece of decoded(bytes, encoding)) {
      const parts = (rest + piece).split('\n');
      rest = parts.pop() ?? '';
      if (rest.length > MAX_RECORD_CHARACTERS) throw unreadableTable(name, 'the file has no lines');
      for (const line of parts) yield line.replace(/\r$/, '');
    }
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    throw unreadableTable(name, `there are bytes that are no ${encoding}. Set dialect.encoding`, error);
  }
  if (rest !== '') yield rest;
}
