import { errorName, type Problem } from '../model/problem.ts';
import type { Case } from './case.ts';
import { isRecord } from '../model/is-record.ts';

/** A call that a run made: `function` is what the definition calls, `task` where. */
export type MadeCall = { call: string; task: string; with: unknown };

/** What a rehearsed run did. */
export type Outcome = { output?: unknown; fault?: Problem; path: string[]; calls: MadeCall[] };

/** A difference longer than this is cut: it is there to be read. */
const MAX_SHOWN = 120;

/** Every difference between what was expected and what happened, in words; none: the case passes. */
export function differences(expected: Case['expect'], outcome: Outcome): string[] {
  return [
    ...endDifferences(expected, outcome),
    ...(expected.path ? pathDifferences(expected.path, outcome.path) : []),
    ...callDifferences(expected.calls ?? [], outcome.calls),
    ...(expected.never ?? [])
      .filter((name) => outcome.calls.some(({ call }) => call === name))
      .map((name) => `${name} was called, which must not happen here`),
  ];
}

function endDifferences({ output, fault, ...rest }: Case['expect'], outcome: Outcome): string[] {
  if (fault === undefined) {
    if (outcome.fault) return [`the run failed: ${told(outcome.fault)}`];
    return output === undefined && !('output' in rest) ? [] : valueDifferences(output, outcome.output, 'output');
  }
  if (!outcome.fault) return [`the run was to fail with ${fault.type}, and ended with ${show(outcome.output)}`];
  const { type, ...properties } = fault;
  if (errorName(type) !== errorName(outcome.fault.type)) {
    return [`expected the run to fail with ${type}, but it failed with another error: ${told(outcome.fault)}`];
  }
  return missingFrom(properties, outcome.fault, 'fault');
}

function told({ type, detail, instance }: Problem): string {
  return `${errorName(type)}${instance ? ` at ${instance}` : ''}${detail ? `: ${detail}` : ''}`;
}

function pathDifferences(expected: string[], path: string[]): string[] {
  const length = Math.max(expected.length, path.length);
  const at = Array.from({ length }).findIndex((_, i) => !isSameTask(expected[i], path[i]));
  if (at < 0) return [];
  const after = at === 0 ? 'at the start' : `after "${path[at - 1]}"`;
  const wanted = expected[at] ?? 'the end';
  const got = path[at] ?? 'the end';
  return [`path: ${after}, expected "${wanted}", got "${got}"\n  the complete path: ${path.join(', ')}`];
}

/** `ask` stands for `approve/ask` too. */
function isSameTask(expected: string | undefined, actual: string | undefined): boolean {
  return expected === actual || (expected !== undefined && actual !== undefined && actual.endsWith(`/${expected}`));
}

function callDifferences(expected: NonNullable<Case['expect']['calls']>, made: MadeCall[]): string[] {
  let from = 0;
  for (const { call, with: part } of expected) {
    const candidates = made.slice(from).filter((one) => one.call === call || one.task === call);
    const found = candidates.find((one) => missingFrom(part, one.with, '').length === 0);
    if (!found) return [callMissing(call, part, candidates[0], made)];
    from = made.indexOf(found) + 1;
  }
  return [];
}

function callMissing(call: string, part: unknown, nearest: MadeCall | undefined, made: MadeCall[]): string {
  if (nearest) return `${call} was called otherwise:\n  ${missingFrom(part, nearest.with, 'with').join('\n  ')}`;
  return `${call} was not called (here, in this order); calls: ${made.map((one) => one.call).join(', ') || 'none'}`;
}

/** Where a value differs from the one expected; both wholly. */
function valueDifferences(expected: unknown, actual: unknown, at: string): string[] {
  const extra = isRecord(expected) && isRecord(actual) ? Object.keys(actual).filter((key) => !(key in expected)) : [];
  return [
    ...compare(expected, actual, at, valueDifferences),
    ...extra.map((key) => `${at}.${key}: not expected, got ${show((actual as Record<string, unknown>)[key])}`),
  ];
}

/** Where a value lacks what is expected; properties that are not named may be anything. Lists are compared wholly. */
export function missingFrom(expected: unknown, actual: unknown, at: string): string[] {
  return expected === undefined ? [] : compare(expected, actual, at, missingFrom);
}

type Inner = (expected: unknown, actual: unknown, at: string) => string[];

function compare(expected: unknown, actual: unknown, at: string, inner: Inner): string[] {
  if (Array.isArray(expected) && Array.isArray(actual)) {
    if (expected.length !== actual.length) {
      return [`${at}: expected ${expected.length} entries, got ${actual.length}: ${show(actual)}`];
    }
    return expected.flatMap((item, i) => inner(item, actual[i], `${at}[${i}]`));
  }
  if (isRecord(expected) && isRecord(actual)) {
    return Object.entries(expected).flatMap(([key, item]) => inner(item, actual[key], at ? `${at}.${key}` : key));
  }
  return expected === actual ? [] : [`${at}: expected ${show(expected)}, got ${show(actual)}`];
}

function show(value: unknown): string {
  const text = JSON.stringify(value) ?? 'nothing';
  return text.length > MAX_SHOWN ? `${text.slice(0, MAX_SHOWN)}…` : text;
}
