import type { z } from 'zod';
import { isObject } from '../schema/choose.ts';
import { TASK_KINDS } from '../task-kinds.ts';
import { nearest, shortList, suggestion } from '../suggest.ts';

export type Issue = z.core.$ZodIssue;
export type Told = { rule: string; message: string; hint?: string | undefined };

/** Longer values are cut in messages. */
const SHOWN = 60;

/** Tells one schema issue (other than unknown properties) in words. */
export function tell(issue: Issue): Told {
  if (issue.code === 'invalid_type') return wrongType(issue);
  if (issue.code === 'invalid_value') return wrongValue(issue);
  if (issue.code === 'invalid_union') return { rule: 'dsl/value', message: `${branches(issue)}${found(issue.input)}` };
  if (issue.code === 'too_small' && issue.origin !== 'array' && issue.origin !== 'string') {
    return { rule: 'dsl/value', message: `expected at least ${issue.minimum}, found ${show(issue.input)}` };
  }
  if (issue.code === 'too_big') {
    return { rule: 'dsl/value', message: `expected at most ${issue.maximum}, found ${show(issue.input)}` };
  }
  if (issue.code === 'too_small' && issue.origin === 'string') {
    return { rule: 'dsl/value', message: 'expected a text, found an empty one' };
  }
  if (issue.code === 'invalid_format' && issue.format === 'email') {
    return { rule: 'dsl/value', message: `expected a mail address such as anna@company.example${found(issue.input)}` };
  }
  return { rule: 'dsl/value', message: `${issue.message}${found(issue.input)}`, hint: slipHint(issue.input) };
}

/** Tells a property that is missing. */
export function missing(name: string): Told {
  return { rule: 'dsl/missing', message: `"${name}" is missing`, hint: `add ${name}: …` };
}

/** Tells a property that the language does not know at this place. */
export function unknownProperty(name: string, known: readonly string[], siblings: readonly string[]): Told {
  const rule = 'dsl/unknown-property';
  const kind = TASK_KINDS.find((candidate) => siblings.includes(candidate) && known.includes(candidate));
  if (kind && TASK_KINDS.some((candidate) => candidate === name)) {
    const message = `one task does one thing: "${name}" cannot stand beside "${kind}"`;
    return { rule, message, hint: `make "${name}" a task of its own, "- name: { ${name}: … }"` };
  }
  return { rule, message: `unknown property "${name}"`, hint: suggestion(name, known) };
}

const TYPES: Readonly<Record<string, string>> = {
  string: 'text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'an object',
  record: 'an object',
};

function wrongType(issue: z.core.$ZodIssueInvalidType): Told {
  const { expected, input } = issue;
  const message = `expected ${TYPES[expected] ?? expected}, found ${show(input)}`;
  if (expected === 'string' && (typeof input === 'number' || typeof input === 'boolean')) {
    return { rule: 'dsl/type', message, hint: 'put it in quotes' };
  }
  if (typeof input === 'string' && /^\$\s*\{|^\{\s*\$/.test(input)) {
    return { rule: 'dsl/type', message, hint: 'an expression begins with "${" and ends with "}"' };
  }
  if (expected === 'array' && isObject(input)) return { rule: 'dsl/type', message, hint: 'start each entry with "- "' };
  return { rule: 'dsl/type', message };
}

/** What the branches of a union would have taken. */
function branches(issue: z.core.$ZodIssueInvalidUnion): string {
  const wanted = issue.errors.flatMap((branch) =>
    branch.flatMap((one) => (one.code === 'invalid_type' ? (TYPES[one.expected] ?? one.expected) : one.message)),
  );
  return wanted.length > 0 ? `expected ${[...new Set(wanted)].join(' or ')}` : issue.message;
}

function wrongValue(issue: z.core.$ZodIssueInvalidValue): Told {
  const allowed = issue.values.map(String);
  const message = `expected ${allowed.length === 1 ? `"${allowed[0]}"` : `one of ${shortList(allowed)}`}, found ${show(issue.input)}`;
  const hint = typeof issue.input === 'string' ? suggestion(issue.input, allowed) : undefined;
  return { rule: 'dsl/value', message, hint: hint?.startsWith('known') ? undefined : hint };
}

/** A task list written without dashes, or a task without its name, are the usual slips of indentation. */
function slipHint(input: unknown): string | undefined {
  if (!isObject(input)) return undefined;
  const keys = Object.keys(input);
  for (const key of keys) {
    const kind = nearest(key, TASK_KINDS);
    if (kind && !keys.includes(kind)) return `did you mean "${kind}" instead of "${key}"?`;
  }
  return keys.length > 1 ? `found ${shortList(keys)}; is the indentation right?` : undefined;
}

/** An object is not worth showing: the finding points at it. */
function found(input: unknown): string {
  return isObject(input) ? '' : `, found ${show(input)}`;
}

/** A value as a message shows it. */
export function show(value: unknown): string {
  if (value === undefined) return 'nothing';
  if (value === null) return 'nothing (null)';
  if (Array.isArray(value)) return value.length === 0 ? 'an empty list' : 'a list';
  if (isObject(value)) return Object.keys(value).length === 0 ? 'an empty object' : 'an object';
  const text = JSON.stringify(value);
  return text.length > SHOWN ? `${text.slice(0, SHOWN)}…"` : text;
}
