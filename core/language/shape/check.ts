import type { z } from 'zod';
import { byPosition, type Finding, pointer } from '../finding.ts';
import { MAX_FINDINGS } from '../limits.ts';
import { isObject } from '../schema/choose.ts';
import { nearest } from '../suggest.ts';
import type { Source } from '../yaml/source.ts';
import { type Issue, missing, tell, type Told, unknownProperty } from './words.ts';

export type Shaped<T> = { data: T; findings: [] } | { data: undefined; findings: Finding[] };

/**
 * Validates a value of a file against a schema; each finding stands where its value does. `base`: path of the value in
 * the file. `excuse`: issues that are none, for example of values that are computed later; then there may be neither
 * data nor findings.
 */
export function checkShape<T extends z.ZodType>(
  schema: T,
  value: unknown,
  source: Source,
  base: readonly PropertyKey[] = [],
  excuse: (issue: Issue) => boolean = () => false,
): Shaped<z.infer<T>> {
  const known: KnownKeys = new WeakMap();
  const result = schema.safeParse(value, {
    reportInput: true,
    // Only here does an issue still know the schema that raised it, and with it the properties that exist.
    error: (issue) => {
      if (issue.code === 'unrecognized_keys') known.set(issue.keys, shapeKeys(issue.inst));
      return undefined;
    },
  });
  if (result.success) return { data: result.data, findings: [] };
  const issues = withoutEchoes(
    result.error.issues.filter((issue) => !excuse(issue)).flatMap((issue) => narrowed(issue, excuse)),
  );
  const findings = issues.flatMap((issue) => findingsOf(issue, source, base, known));
  return { data: undefined, findings: findings.sort(byPosition).slice(0, MAX_FINDINGS) };
}

function findingsOf(issue: Issue, source: Source, base: readonly PropertyKey[], known: KnownKeys): Finding[] {
  const path = [...base, ...issue.path];
  if (issue.code === 'unrecognized_keys') {
    const siblings = isObject(issue.input) ? Object.keys(issue.input) : [];
    const names = known.get(issue.keys) ?? [];
    return issue.keys.map((key) => place(source, [...path, key], 'key', unknownProperty(key, names, siblings)));
  }
  const name = path.at(-1);
  if (issue.input === undefined && name !== undefined) {
    return [place(source, path, 'key', missing(String(name)))];
  }
  return [place(source, path, 'value', tell(issue))];
}

/**
 * A typo is one finding: without what follows from an unknown name in the same object, the property that is missing
 * because of it and the rule of the whole object that does not hold because of it.
 */
function withoutEchoes(issues: readonly Issue[]): Issue[] {
  const unknown = new Map<string, readonly string[]>();
  for (const issue of issues) if (issue.code === 'unrecognized_keys') unknown.set(pointer(issue.path), issue.keys);
  return issues.filter((issue) => {
    if (issue.code === 'custom') return !unknown.has(pointer(issue.path));
    const name = String(issue.path.at(-1));
    const siblings = unknown.get(pointer(issue.path.slice(0, -1))) ?? [];
    return issue.input !== undefined || !siblings.some((sibling) => nearest(sibling, [name]) === name);
  });
}

/** Properties that exist, by the list of those that do not: the one thing that an issue keeps inside a union too. */
type KnownKeys = WeakMap<readonly string[], readonly string[]>;

/** Issues of the branch of a union that was meant. */
function narrowed(issue: Issue, excuse: (issue: Issue) => boolean): Issue[] {
  if (issue.code !== 'invalid_union') return [issue];
  const branch = closest(issue);
  if (!branch) return [narrowest(issue)];
  return branch
    .map((inner) => ({ ...inner, path: [...issue.path, ...inner.path] }))
    .filter((inner) => !excuse(inner))
    .flatMap((inner) => narrowed(inner, excuse));
}

/** Where the branches are strict objects: the one that knows most of the names that were written. */
function closest({ input, errors }: z.core.$ZodIssueInvalidUnion): readonly Issue[] | undefined {
  if (!isObject(input) || !errors.some((branch) => strangers(branch) > 0)) return undefined;
  const objects = errors.filter((branch) => !branch.some(({ code, path }) => code === 'invalid_type' && !path.length));
  const [first] = objects.toSorted((a, b) => strangers(a) - strangers(b));
  return first;
}

/** How many of the names that were written a branch does not know, or has declared to be none of its own. */
function strangers(branch: readonly Issue[]): number {
  const foreign = branch.filter(
    (issue) => issue.code === 'invalid_type' && issue.expected === 'never' && issue.path.length === 1,
  );
  const unknown = branch.find(({ code, path }) => code === 'unrecognized_keys' && path.length === 0);
  return foreign.length + (unknown?.code === 'unrecognized_keys' ? unknown.keys.length : 0);
}

/** Of a union that no branch fits, the issue that gets furthest into the value: the branch that was meant. */
function narrowest(issue: Issue): Issue {
  if (issue.code !== 'invalid_union') return issue;
  const deepest = issue.errors.flat().sort((a, b) => b.path.length - a.path.length)[0];
  if (!deepest || deepest.path.length === 0) return issue;
  return narrowest({ ...deepest, path: [...issue.path, ...deepest.path] });
}

function place(source: Source, path: readonly PropertyKey[], what: 'key' | 'value', told: Told): Finding {
  const at = pointer(path);
  const { hint, ...rest } = told;
  return { file: source.file, ...source.locate(at, what), severity: 'error', ...rest, ...(hint && { hint }), path: at };
}

/** Names of the properties that a schema of an object declares. */
function shapeKeys(schema: unknown): string[] {
  const shape = isObject(schema) ? schema['shape'] : undefined;
  return isObject(shape) ? Object.keys(shape) : [];
}
