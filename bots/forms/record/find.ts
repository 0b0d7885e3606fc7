import type { FindSection, Formats } from '../../../core/forms/form.ts';
import type { Step } from '../../../core/forms/step.ts';
import { parseValue } from '../values/formats.ts';
import { valuesOf } from './example.ts';
import type { Example, ExampleValue } from './example.ts';
import type { Row } from './in-page.ts';

/** A message of at least so many characters tells something. */
const SHORTEST_MESSAGE = 8;

/** What columns tell who the supplier is: with them, the same number of another supplier is another record. */
const WHOSE = /supplier|vendor|vatid/i;

/** Column names by heading, and what they must hold, from the row in which the record was found. */
export function findSection(
  steps: Step[],
  { cells, links }: Row,
  key: string,
  example: Example,
  formats: Formats,
): FindSection | undefined {
  const scalars = valuesOf(example).filter(({ line }) => !line);
  const columns = new Map<string, ExampleValue>();
  for (const value of scalars) {
    const shows = (heading: string): boolean => parseValue(cells[heading] ?? '', value.type, formats) === value.text;
    const heading = Object.keys(cells).find((h) => shows(h) && !columns.has(h));
    if (heading !== undefined) columns.set(heading, value);
  }
  const number = [...columns].find(([, { name }]) => name === key);
  if (!number) return undefined;
  const unknown = Object.keys(cells).filter((heading) => !columns.has(heading) && cells[heading] !== '');
  const record = links.find((heading) => unknown.includes(heading)) ?? unknown[0];
  const table = {
    ...(record === undefined ? {} : { id: record }),
    ...Object.fromEntries([...columns].map(([heading, { name }]) => [name, heading])),
  };
  const templates = (wanted: (value: ExampleValue) => boolean): Record<string, string> =>
    Object.fromEntries([...columns.values()].filter(wanted).map(({ name }) => [name, `{${name}}`]));
  const whose = (value: ExampleValue): boolean => value.name === key || WHOSE.test(value.name);
  const found: FindSection = { steps, table, match: templates(whose), same: templates((value) => !whose(value)) };
  return record === undefined ? found : { ...found, record: 'id' };
}

/** What the screen says when there is no such record: a line that is there without it, and not with it. */
export function nothingText(without: readonly string[], withIt: readonly string[]): string | undefined {
  const known = new Set(withIt);
  return without.find((line) => line.length >= SHORTEST_MESSAGE && /\p{L}{3}/u.test(line) && !known.has(line));
}
