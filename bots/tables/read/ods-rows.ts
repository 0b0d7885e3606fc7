import { XMLParser } from 'fast-xml-parser';
import { businessException } from '../../../core/model/problem.ts';
import { openArchive } from '../workbook/archive.ts';
import { MAX_CELLS } from './limits.ts';
import { type SourceCell, type SourceRow, unreadableTable } from './source-row.ts';

/** An element in the order of the document: its name with its children, and its attributes under `:@`. */
type Element = { ':@'?: Record<string, string>; '#text'?: string } & { [name: string]: Element[] };

const PARSER = new XMLParser({
  preserveOrder: true,
  ignoreAttributes: false,
  attributeNamePrefix: '',
  parseTagValue: false,
  parseAttributeValue: false,
  trimValues: false,
});

/**
 * The rows of one sheet of an OpenDocument spreadsheet (ODF 1.3, part 3, chapter 9). Cells have the value that was saved;
 * formulas are not evaluated. Throws `table-unreadable` and `sheet-missing`.
 */
export async function odsRows(
  name: string,
  bytes: Uint8Array,
  wanted: string | undefined,
): Promise<{ sheet: string; rows: Generator<SourceRow> }> {
  const tables = tablesOf(name, await contentOf(name, bytes));
  const titled = tables.map((table) => ({ title: attribute(table, 'table:name'), table }));
  const found = titled.find(({ title }) => wanted === undefined || title.toLowerCase() === wanted.toLowerCase());
  if (found) return { sheet: found.title, rows: rowsOf(found.table) };
  const there = titled.map(({ title }) => `"${title}"`).join(', ');
  throw businessException('sheet-missing', `${name} has no sheet "${wanted ?? ''}" (there: ${there})`);
}

async function contentOf(name: string, bytes: Uint8Array): Promise<string> {
  const archive = await openArchive(bytes);
  const content = await archive?.file('content.xml')?.async('string');
  // No spreadsheet program writes a document type; entities of one could grow without end.
  if (content !== undefined && !content.includes('<!DOCTYPE')) return content;
  throw unreadableTable(name, 'the file is not an OpenDocument spreadsheet, or a damaged or encrypted one');
}

function tablesOf(name: string, content: string): Element[] {
  let document: Element[];
  try {
    document = PARSER.parse(content) as Element[];
  } catch (error) {
    throw unreadableTable(name, 'the file is damaged or encrypted', error);
  }
  const inside = (elements: Element[], ...path: string[]): Element[] =>
    path.reduce((level, tag) => level.flatMap((element) => element[tag] ?? []), elements);
  return inside(document, 'office:document-content', 'office:body', 'office:spreadsheet').filter(
    (element) => 'table:table' in element,
  );
}

function* rowsOf(table: Element): Generator<SourceRow> {
  let row = 0;
  for (const element of rowElements(table['table:table'] ?? [])) {
    const cells = cellsOf(element['table:table-row'] ?? []);
    const times = repeated(element, 'table:number-rows-repeated');
    // The last row of a sheet stands for all that are empty, up to a million.
    if (cells.length > 0) for (let n = 1; n <= times; n += 1) yield { row: row + n, cells };
    row += times;
  }
}

/** Rows, also those in groups and in the head that is printed on each page. */
function* rowElements(elements: Element[]): Generator<Element> {
  for (const element of elements) {
    if ('table:table-row' in element) yield element;
    for (const group of ['table:table-header-rows', 'table:table-rows', 'table:table-row-group']) {
      if (group in element) yield* rowElements(element[group] ?? []);
    }
  }
}

function cellsOf(elements: Element[]): SourceCell[] {
  const cells: SourceCell[] = [];
  for (const element of elements) {
    const content = element['table:table-cell'] ?? element['table:covered-table-cell'];
    if (!content) continue;
    const cell = cellOf(element, content);
    const times = Math.min(repeated(element, 'table:number-columns-repeated'), MAX_CELLS - cells.length);
    for (let n = 0; n < times; n += 1) cells.push(cell);
  }
  return cells.slice(0, cells.findLastIndex(({ text, problem }) => text !== '' || problem !== undefined) + 1);
}

function cellOf(element: Element, content: Element[]): SourceCell {
  const text = content
    .filter((child) => 'text:p' in child)
    .map((child) => textOf(child['text:p'] ?? []))
    .join('\n')
    .trim();
  const value = attribute(element, 'office:value');
  const type = attribute(element, 'office:value-type');
  if (type === 'float' || type === 'percentage') return { text: value, exact: 'number' };
  if (type === 'currency') {
    const currency = attribute(element, 'office:currency');
    return { text: value, exact: 'number', ...(currency && { currency }) };
  }
  if (type === 'date')
    return { text: attribute(element, 'office:date-value').slice(0, 'YYYY-MM-DD'.length), exact: 'date' };
  if (type === 'boolean') return { text: attribute(element, 'office:boolean-value'), exact: 'boolean' };
  const isError = attribute(element, 'calcext:value-type') === 'error' || /^(Err:\d+|#\w+[!?/]\w*)$/.test(text);
  return isError ? { text: '', problem: `the error ${text} of a formula` } : { text };
}

function textOf(elements: Element[]): string {
  return elements
    .map((element) => {
      if (element['#text'] !== undefined) return element['#text'];
      if ('text:s' in element) return ' '.repeat(repeated(element, 'text:c'));
      return Object.values(element)
        .map((inner) => (Array.isArray(inner) ? textOf(inner) : ''))
        .join('');
    })
    .join('');
}

const attribute = (element: Element, name: string): string => element[':@']?.[name] ?? '';

function repeated(element: Element, name: string): number {
  const times = Number.parseInt(attribute(element, name), 10);
  return Number.isInteger(times) && times > 0 ? times : 1;
}
