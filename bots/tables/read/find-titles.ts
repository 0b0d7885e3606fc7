import { businessException } from '../../../core/model/problem.ts';
import type { ColumnKind } from '../../../core/model/table.ts';
import { normalise } from '../workbook/header.ts';
import { HEADER_SEARCH_ROWS } from './limits.ts';
import type { SourceRow, SourceRows } from './source-row.ts';
import type { Wanted } from './wanted.ts';

/** The columns of a table, each known by its title without case and outer blanks. */
export type Titles = {
  /** Place of each column, from 0. */
  at: ReadonlyMap<string, number>;
  /** Titles that the answer has, as they were asked for or as people wrote them. */
  shown: string[];
  kinds: ReadonlyMap<string, ColumnKind>;
  required: ReadonlySet<string>;
  /** Columns of the table, beyond which no cell has a title. */
  width: number;
};

/**
 * Finds the row of titles: among the first rows the one that has most of the titles asked for, else the first with
 * anything in it. Answers the rows below it. Throws `column-missing` with the titles that are there.
 */
export async function findTitles(
  name: string,
  source: SourceRows,
  wanted: Wanted,
): Promise<{ titles: Titles; rows: AsyncGenerator<SourceRow> }> {
  const asked = [
    ...(wanted.columns ?? []),
    ...Object.keys(wanted.kinds),
    ...wanted.required,
    ...Object.keys(wanted.where),
  ];
  const iterator = Symbol.asyncIterator in source ? source[Symbol.asyncIterator]() : source[Symbol.iterator]();
  const first: SourceRow[] = [];
  while (first.length < HEADER_SEARCH_ROWS) {
    const next = await iterator.next();
    if (next.done === true) break;
    first.push(next.value);
  }
  const header = wanted.given ? undefined : bestRow(first, asked);
  const words = wanted.given ?? header?.cells.map(({ text }) => text) ?? [];
  const titles = titlesOf(name, words, wanted, asked);
  return { titles, rows: below(first.slice(header ? first.indexOf(header) + 1 : 0), iterator) };
}

function bestRow(rows: readonly SourceRow[], asked: readonly string[]): SourceRow | undefined {
  const keys = new Set(asked.map(normalise));
  let best: { row: SourceRow; hits: number } | undefined;
  for (const row of rows) {
    const found = new Set(row.cells.map(({ text }) => normalise(text)).filter((text) => text !== ''));
    const hits = [...found].filter((title) => keys.has(title)).length;
    if (found.size > 0 && (best === undefined || hits > best.hits)) best = { row, hits };
  }
  return best?.row;
}

function titlesOf(name: string, words: readonly string[], wanted: Wanted, asked: readonly string[]): Titles {
  const at = new Map<string, number>();
  const written: string[] = [];
  for (const [column, word] of words.entries()) {
    const title = normalise(word);
    if (title === '' || at.has(title)) continue;
    at.set(title, column);
    written.push(word);
  }
  const absent = asked.find((title) => !at.has(normalise(title)));
  if (absent !== undefined) {
    const there = written.map((title) => `"${title}"`).join(', ') || 'none';
    throw businessException('column-missing', `${name} has no column "${absent}" (there: ${there})`);
  }
  return {
    at,
    shown: [...(wanted.columns ?? written)],
    kinds: new Map(Object.entries(wanted.kinds).map(([title, kind]) => [normalise(title), kind])),
    required: new Set(wanted.required.map(normalise)),
    width: words.findLastIndex((word) => word.trim() !== '') + 1,
  };
}

async function* below(
  first: readonly SourceRow[],
  rest: AsyncIterator<SourceRow> | Iterator<SourceRow>,
): AsyncGenerator<SourceRow> {
  try {
    yield* first;
    for (;;) {
      const next = await rest.next();
      if (next.done === true) return;
      yield next.value;
    }
  } finally {
    await rest.return?.();
  }
}
