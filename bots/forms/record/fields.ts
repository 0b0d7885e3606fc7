import { LOCATOR_KINDS } from '../../../core/forms/field.ts';
import type { Field } from '../../../core/forms/field.ts';
import type { Recognised } from './example.ts';
import type { Gesture, Ways } from './in-page.ts';

/** Longer texts are prose, not names. */
const MAX_NAME = 40;

/** A parameter as a form file declares it, without what goes without saying. */
type Declared = { type: Recognised['type']; of?: Record<string, Declared> };

/** The fields met while recording, each under a name of its own, with the ways that lead there. */
export class FieldBook {
  readonly #fields = new Map<string, Ways>();
  readonly #notes = new Map<string, string[]>();
  readonly #harmless = new Set<string>();
  readonly #parameters = new Map<string, Declared>();
  readonly #texts: ReadonlyMap<string, string>;

  /** @param texts values of the example in the target's formats, by the name of their parameter. */
  constructor(texts: ReadonlyMap<string, string>) {
    this.#texts = texts;
  }

  /** The field's name; a field of a line gets ways that hold for every row. */
  fieldOf(gesture: Gesture, line: { index: number } | undefined): string {
    const ways = this.#general(gesture, line);
    const key = JSON.stringify(ways);
    for (const [name, known] of this.#fields) if (JSON.stringify(known) === key) return name;
    const name = this.#freeName(nameOf(ways));
    this.#fields.set(name, ways);
    if (LOCATOR_KINDS.filter((kind) => ways[kind] !== undefined).length === 1) {
      this.note(name, 'one way only: it must be found exactly once; add another');
    }
    return name;
  }

  /** Leaves out a field that nothing uses. */
  forget(field: string): void {
    this.#fields.delete(field);
    this.#notes.delete(field);
  }

  /** Pressing it changed nothing, as a person said. */
  harmless(field: string): void {
    this.#harmless.add(field);
  }

  note(field: string, text: string): void {
    const notes = this.#notes.get(field) ?? [];
    if (!notes.includes(text)) this.#notes.set(field, [...notes, text]);
  }

  /** Notes the parameter that a value belongs to. */
  use({ name, type, line }: Recognised): void {
    const parameter: Declared = { type };
    if (!line) {
      this.#parameters.set(name, parameter);
      return;
    }
    const list = this.#parameters.get(line.list) ?? { type: 'list', of: {} };
    this.#parameters.set(line.list, { ...list, of: { ...list.of, [name]: parameter } });
  }

  get fields(): Record<string, Field> {
    return Object.fromEntries(
      [...this.#fields].map(([name, ways]) => [
        name,
        { ...ordered(ways), ...(this.#harmless.has(name) && { harmless: true as const }) },
      ]),
    );
  }

  get notes(): ReadonlyMap<string, string[]> {
    return this.#notes;
  }

  get parameters(): Record<string, Declared> {
    return Object.fromEntries(this.#parameters);
  }

  /** Ways without the example in them: its values become parameters, its rows `{row}`, texts of data go. */
  #general({ ways, inData }: Gesture, line: { index: number } | undefined): Ways {
    const general: Ways = {};
    for (const [kind, text] of Object.entries(ways) as [keyof Ways, string][]) {
      const parameter = [...this.#texts].find(([, value]) => value === text)?.[0];
      // A text of the record itself leads there only as a parameter, and only where it is what is pressed.
      if (parameter !== undefined && kind === 'link') general[kind] = `{${parameter}}`;
      if (parameter !== undefined || (inData && kind === 'link')) continue;
      const escaped = text.replace(/[{}]/g, '$&$&');
      general[kind] = line ? forEveryRow(kind, escaped, line.index + 1) : escaped;
    }
    return line ? withoutLabel(general) : withoutColumn(general);
  }

  #freeName(wanted: string): string {
    for (let number = 1; ; number += 1) {
      const name = number === 1 ? wanted : `${wanted} ${number}`;
      if (!this.#fields.has(name)) return name;
    }
  }
}

/** In a table of lines the text beside a field is that of another field, or of the row. */
function withoutLabel({ label, ...ways }: Ways): Ways {
  return ways.column === undefined && label !== undefined ? { ...ways, label } : ways;
}

/** Where a field stands is worth little when lines above it come and go, and other ways are there. */
function withoutColumn({ column, row, ...ways }: Ways): Ways {
  const enough = ways.name !== undefined && ways.css !== undefined;
  return enough || column === undefined || row === undefined ? ways : { ...ways, column, row };
}

function forEveryRow(kind: keyof Ways, text: string, row: number): string {
  if (kind === 'row') return text === String(row) ? '{row}' : text;
  if (kind !== 'name' && kind !== 'css') return text;
  return text.replace(new RegExp(`(?<![0-9])${row}(?![0-9])(?=[^0-9]*$)`), '{row}');
}

function nameOf(ways: Ways): string {
  const plain = (text: string | undefined): string =>
    (text ?? '').replace(/[{}]/g, '').replace(/\s+/g, ' ').trim().toLowerCase().slice(0, MAX_NAME);
  const { label, column, button, link, near, name } = ways;
  const spoken = [label, column, near, button, link].map(plain).find((text) => /\p{L}{2}/u.test(text));
  return spoken ?? (plain(name) || 'found entry');
}

function ordered(ways: Ways): Field {
  const field: Field = {};
  for (const kind of LOCATOR_KINDS) {
    if (ways[kind] !== undefined) field[kind] = ways[kind];
    if (kind === 'column' && ways.row !== undefined) field.row = ways.row;
  }
  return field;
}
