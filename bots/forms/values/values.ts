import type { FormDefinition, Parameter } from '../../../core/forms/form.ts';
import { parseTemplate } from '../../../core/forms/template.ts';
import { businessException } from '../../../core/model/problem.ts';
import { formatValue } from './formats.ts';

type Entry = { value: unknown; type: Parameter['type']; of?: Record<string, Parameter> | undefined };

/** The values that templates of a form may use at one place, with their types. */
export class Values {
  readonly #entries: ReadonlyMap<string, Entry>;
  readonly #form: FormDefinition;

  private constructor(form: FormDefinition, entries: ReadonlyMap<string, Entry>) {
    this.#form = form;
    this.#entries = entries;
  }

  /**
   * The values of a run, checked against the form's parameters: all of them, or those that are `needed`.
   * @throws a business exception that names each value that is missing or too long.
   */
  static ofRun(form: FormDefinition, given: Record<string, unknown>, needed?: ReadonlySet<string>): Values {
    const faults = Object.entries(form.parameters)
      .filter(([name]) => needed === undefined || needed.has(name))
      .flatMap(([name, parameter]) => check(name, parameter, given[name]));
    if (faults.length > 0) throw businessException('incomplete-values', `form ${form.form}: ${faults.join('; ')}`);
    const entries = Object.entries(form.parameters).map(([name, { type, of }]) => {
      return [name, { value: given[name], type, of }] as const;
    });
    return new Values(form, new Map(entries));
  }

  /** Plain texts only: login name and password, which no other step may use. */
  static ofLogin(form: FormDefinition, texts: Record<string, string | undefined>): Values {
    const entries = Object.entries(texts).map(([name, value]) => [name, { value, type: 'text' }] as const);
    return new Values(form, new Map(entries));
  }

  /** The same with one more value. */
  with(name: string, value: unknown, like?: { type: Parameter['type']; of?: Parameter['of'] }): Values {
    const entry: Entry = { value, type: like?.type ?? 'text', of: like?.of };
    return new Values(this.#form, new Map([...this.#entries, [name, entry]]));
  }

  /** Items of a list parameter. */
  items(name: string): { item: unknown; of: Parameter['of'] }[] {
    const entry = this.#entries.get(name);
    const list: unknown[] = Array.isArray(entry?.value) ? entry.value : [];
    return list.map((item) => ({ item, of: entry?.of }));
  }

  /** The text that a template stands for, in the target's own formats and codes. */
  text(template: string): string {
    return parseTemplate(template)
      .map((part) => ('text' in part ? part.text : this.#part(part.path, part.code)))
      .join('');
  }

  /** Type and value of a path, as it was given: dates in ISO 8601, amounts as decimal strings. */
  at(path: readonly string[]): Entry {
    const [head = '', member] = path;
    const entry = this.#entries.get(head) ?? { value: undefined, type: 'text' };
    if (member === undefined) return entry;
    const value = isRecord(entry.value) ? entry.value[member] : undefined;
    return { value, type: entry.of?.[member]?.type ?? 'text' };
  }

  #part(path: readonly string[], code?: string): string {
    const { value, type } = this.at(path);
    if (code === undefined) return formatValue(value, type, this.#form.formats);
    const key = formatValue(value, 'text', this.#form.formats);
    const mapped = this.#form.codes[code]?.[key];
    if (mapped === undefined) {
      throw businessException('unknown-code', `the form file ${this.#form.form} has no "${code}" for "${key}"`);
    }
    return mapped;
  }
}

function check(name: string, parameter: Parameter, value: unknown): string[] {
  if (value === undefined || value === null || value === '') {
    return parameter.optional ? [] : [`${name} is missing`];
  }
  if (parameter.type === 'list') {
    if (!Array.isArray(value)) return [`${name} is not a list`];
    return value.flatMap((item: unknown, index) =>
      Object.entries(parameter.of ?? {}).flatMap(([member, of]) =>
        check(`${name}[${index}].${member}`, of, isRecord(item) ? item[member] : undefined),
      ),
    );
  }
  const { maxLength } = parameter;
  if (maxLength !== undefined && typeof value === 'string' && value.length > maxLength) {
    return [`${name} has ${value.length} characters, the target keeps ${maxLength}`];
  }
  return [];
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;
