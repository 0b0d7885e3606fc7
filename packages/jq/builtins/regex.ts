import type { Budget } from '../bounds.ts';
import { JqError } from '../errors.ts';
import { computed, each, type Env, type Filter } from '../evaluation/filter.ts';
import { compileRegex, eachMatch, type Regex } from '../regex/index.ts';
import type { Captures } from '../regex/machine.ts';
import { typeError } from '../values/text.ts';
import { isArray, put, typeOf, type JsonObject } from '../values/types.ts';
import { argument, type Native, type NativeTable } from './native.ts';

/** Functions about regular expressions. */
export const REGEX: NativeTable = {
  'test/1': overPattern(null, '', test),
  'test/2': overPattern(1, '', test),
  'match/1': overPattern(null, '', match),
  'match/2': overPattern(1, '', match),
  'capture/1': overPattern(null, '', capture),
  'capture/2': overPattern(1, '', capture),
  'scan/1': overPattern(null, 'g', scan),
  'scan/2': overPattern(1, 'g', scan),
  'splits/1': overPattern(null, 'g', splits),
  'splits/2': overPattern(1, 'g', splits),
  'split/2': overPattern(1, 'g', (subject, take) => {
    const parts: unknown[] = [];
    splits(subject, (part) => parts.push(part) < 0);
    return take(parts);
  }),
  'sub/2': (args) => substitute(args, ''),
  'sub/3': (args) => substitute(args, ''),
  'gsub/2': (args) => substitute(args, 'g'),
  'gsub/3': (args) => substitute(args, 'g'),
};

/** A text with the pattern to apply to it; texts are code points, as jq's offsets count these. */
interface Subject {
  readonly regex: Regex;
  readonly points: readonly number[];
  readonly budget: Budget;
}
type Apply = (subject: Subject, take: (value: unknown) => boolean) => boolean;

/** A function of a pattern in the first argument and modifiers in another, for each of these. */
function overPattern(modifiers: number | null, always: string, apply: Apply): Native {
  return (args) => ({
    run: (input, path, env, emit) =>
      eachPattern(args, modifiers, always, input, env, (subject) =>
        apply(subject, (value) => emit(value, computed(path, input, value))),
      ),
  });
}

function eachPattern(
  args: readonly Filter[],
  modifiers: number | null,
  always: string,
  input: unknown,
  env: Env,
  take: (subject: Subject) => boolean,
): boolean {
  return each(argument(args, 0), input, env, (pattern) => {
    if (modifiers === null) return take(prepare(input, ...unpack(pattern), always, env.evaluation.budget));
    return each(argument(args, modifiers), input, env, (flags) =>
      take(prepare(input, pattern, flags, always, env.evaluation.budget)),
    );
  });
}

/** One argument may hold both: `test(["a", "i"])`. */
function unpack(pattern: unknown): [unknown, unknown] {
  if (typeof pattern === 'string') return [pattern, null];
  if (isArray(pattern) && pattern.length > 0) return [pattern[0], pattern[1] ?? null];
  throw new JqError(`${typeOf(pattern)} not a string or array`);
}

function prepare(input: unknown, pattern: unknown, flags: unknown, always: string, budget: Budget): Subject {
  if (typeof input !== 'string') throw typeError(input, 'cannot be matched, as it is not a string');
  if (typeof pattern !== 'string') throw typeError(pattern, 'is not a string');
  if (flags !== null && typeof flags !== 'string') throw typeError(flags, 'is not a string');
  budget.characters(input.length);
  budget.characters(pattern.length);
  const points = Array.from(input, (character) => character.codePointAt(0) ?? 0);
  return { regex: compileRegex(pattern, (flags ?? '') + always), points, budget };
}

function test({ regex, points, budget }: Subject, take: (value: unknown) => boolean): boolean {
  return take(eachMatch(regex, points, budget, () => true));
}

function match(subject: Subject, take: (value: unknown) => boolean): boolean {
  return eachMatch(subject.regex, subject.points, subject.budget, (captures) => take(describe(subject, captures)));
}

function capture(subject: Subject, take: (value: unknown) => boolean): boolean {
  return eachMatch(subject.regex, subject.points, subject.budget, (captures) => take(named(subject, captures)));
}

function scan(subject: Subject, take: (value: unknown) => boolean): boolean {
  const { names } = subject.regex;
  return eachMatch(subject.regex, subject.points, subject.budget, (captures) =>
    take(names.length === 0 ? group(subject, captures, 0) : names.map((_, i) => group(subject, captures, i + 1))),
  );
}

function splits(subject: Subject, take: (value: unknown) => boolean): boolean {
  let from = 0;
  const stopped = eachMatch(subject.regex, subject.points, subject.budget, ([start = 0, end = 0]) => {
    const part = text(subject, from, start);
    from = end;
    return take(part);
  });
  return stopped || take(text(subject, from, subject.points.length));
}

/** `sub`, `gsub`: the replacements for one match are joined each to its own result, as in jq 1.8. */
function substitute(args: readonly Filter[], always: string): Filter {
  const replacement = argument(args, 1);
  const results = (input: unknown, env: Env, take: (value: unknown) => boolean): boolean =>
    eachPattern(args, args.length > 2 ? 2 : null, always, input, env, (subject) => {
      const { budget } = env.evaluation;
      const outputs: string[] = [];
      let from = 0;
      eachMatch(subject.regex, subject.points, budget, (captures) => {
        const [start = 0, end = 0] = captures;
        const gap = text(subject, from, start);
        let at = 0;
        each(replacement, named(subject, captures), env, (insert) => {
          if (typeof insert !== 'string') throw typeError(insert, 'cannot be added to a string');
          const output = `${outputs[at] ?? ''}${gap}${insert}`;
          budget.characters(output.length);
          outputs[at++] = output;
          return false;
        });
        from = end;
        return false;
      });
      if (outputs.length === 0) return take(input);
      const rest = text(subject, from, subject.points.length);
      return outputs.some((output) => take(output + rest));
    });
  return {
    run: (input, path, env, emit) => results(input, env, (value) => emit(value, computed(path, input, value))),
  };
}

/** A match as `match` gives it. */
function describe(subject: Subject, captures: Captures): JsonObject {
  const { names } = subject.regex;
  return {
    ...place(subject, captures, 0),
    captures: names.map((name, i) => ({ ...place(subject, captures, i + 1), name })),
  };
}

function place(subject: Subject, captures: Captures, index: number): JsonObject {
  const offset = captures[2 * index] ?? -1;
  const string = group(subject, captures, index);
  return { offset, length: string === null ? 0 : (captures[2 * index + 1] ?? 0) - offset, string };
}

function group(subject: Subject, captures: Captures, index: number): string | null {
  const [start = -1, end = -1] = captures.slice(2 * index, 2 * index + 2);
  return start < 0 || end < 0 ? null : text(subject, start, end);
}

/** The named groups of a match as an object. */
function named(subject: Subject, captures: Captures): JsonObject {
  const object: JsonObject = {};
  subject.regex.names.forEach((name, i) => {
    if (name !== null) put(object, name, group(subject, captures, i + 1));
  });
  return object;
}

function text({ points, budget }: Subject, start: number, end: number): string {
  budget.characters(end - start);
  let out = '';
  for (let i = start; i < end; i++) out += String.fromCodePoint(points[i] ?? 0);
  return out;
}
