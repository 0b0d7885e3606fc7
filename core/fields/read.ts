import type { Artefact } from '../model/artefact.ts';
import type { Language } from '../settings/settings.ts';
import type { Column, Field, FieldOf } from './field.ts';
import type { FieldMessages } from './messages.ts';
import { fieldMessages } from './messages.ts';
import type { Parts, Read } from './read-cell.ts';
import { readCell } from './read-cell.ts';

/** What was typed, by the names of the controls: `days`, `cost`, `cost.currency`, `period.from`, `lines.0.name`. */
export type Typed = Readonly<Record<string, string>>;
/** Files that were handed in, by the name of their field. */
export type Handed = Readonly<Record<string, readonly Artefact[]>>;
/** Values by name, and what to say beside a field (or cell) that cannot be taken. */
export type ReadFields = { values: Record<string, unknown>; problems: Map<string, string> };

/**
 * Reads what a person filled in. Money is `"1234.50 PLN"`, a date ISO 8601, a period `first/last`, a number a number, yes
 * and no a boolean, files a list of artefacts, a table a list of objects. A field that was left empty, or that another
 * field says is not asked, has no value.
 */
export function readFields(fields: readonly Field[], typed: Typed, files: Handed, language: Language): ReadFields {
  const messages = fieldMessages[language];
  const values: Record<string, unknown> = {};
  const problems = new Map<string, string>();
  for (const field of fields) {
    if (!isAsked(field, values)) continue;
    const { value, problem } =
      field.kind === 'file'
        ? readFiles(field, files[field.name] ?? [], messages)
        : field.kind === 'table'
          ? readTable(field, typed, { language, problems })
          : readCell(field, partsOf(typed, field.name), { messages, language });
    if (problem !== undefined) problems.set(field.name, problem);
    else if (value !== undefined) values[field.name] = value;
    else if (field.required && !problems.has(field.name)) problems.set(field.name, messages.missing);
  }
  return { values, problems };
}

/** Whether a field is asked, given the values of those above it. */
export function isAsked({ when }: Pick<Field, 'when'>, values: Readonly<Record<string, unknown>>): boolean {
  if (!when) return true;
  // A yes-no that nobody touched is a no.
  const value = values[when.field] ?? (typeof when.is === 'boolean' ? false : undefined);
  return [when.is].flat().some((wanted) => wanted === value);
}

function partsOf(typed: Typed, name: string): Parts {
  return (part) => (typed[part === undefined ? name : `${name}.${part}`] ?? '').trim();
}

function readFiles({ accept, maxFiles }: FieldOf<'file'>, files: readonly Artefact[], messages: FieldMessages): Read {
  if (files.length === 0) return {};
  if (files.length > maxFiles) return { problem: messages.files(maxFiles) };
  const wrong = files.find(({ mediaType }) => !accept.some((kind) => isOfKind(mediaType, kind)));
  return wrong ? { problem: messages.fileKind(wrong.name, accept) } : { value: [...files] };
}

/** True where a media type is of a kind such as `application/pdf` or `image/*`. */
export function isOfKind(mediaType: string, kind: string): boolean {
  return kind.endsWith('/*') ? mediaType.startsWith(kind.slice(0, -1)) : mediaType === kind;
}

/** Rows in which anything was typed; empty ones between them do not count. */
function readTable(
  { name, columns, maxRows }: FieldOf<'table'>,
  typed: Typed,
  { language, problems }: { language: Language; problems: Map<string, string> },
): Read {
  const messages = fieldMessages[language];
  const rows: Record<string, unknown>[] = [];
  for (let i = 0; i < maxRows; i += 1) {
    const cell = (column: Column): string => `${name}.${i}.${column.name}`;
    if (columns.every((column) => (typed[cell(column)] ?? '').trim() === '')) continue;
    const row: Record<string, unknown> = {};
    for (const column of columns) {
      const { value, problem } = readCell(column, partsOf(typed, cell(column)), { messages, language });
      if (problem !== undefined) problems.set(cell(column), problem);
      else if (value !== undefined) row[column.name] = value;
      else if (column.required) problems.set(cell(column), messages.missing);
    }
    rows.push(row);
  }
  return rows.length === 0 ? {} : { value: rows };
}
