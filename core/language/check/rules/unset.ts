import { parse } from '../../../../packages/jq/index.ts';
import type { Node } from '../../../../packages/jq/index.ts';
import { expressionSource } from '../../../expressions/template.ts';
import type { Finding } from '../../finding.ts';
import { pointer } from '../../finding.ts';
import { isObject } from '../../schema/choose.ts';
import { suggestion } from '../../suggest.ts';
import { type Context, tellAt } from '../context.ts';
import { type Expression, expressionsOf } from '../expressions.ts';
import { successors } from '../graph.ts';
import { inputReads, outputMembers } from '../reads.ts';
import { memberUses, type MemberUse } from '../variables.ts';
import type { List, Path, Place } from '../walk.ts';

/** Parts of a task whose expressions get its input: its raw input, as long as it has no `input.from`. */
const OF_RAW_INPUT = /^(?:if|input)$/;
const OF_INPUT = /^(?:set|with|for|switch|emit|raise|wait)$/;

/** Expressions that read what no task before can have set. Only what is certain is told, as a warning. */
export function checkUnset(context: Context): Finding[] {
  const expressions = expressionsOf(context);
  return [...unsetInContext(context, expressions), ...unsetInInput(context, expressions)];
}

/** `$context.name` where no `export` of the definition sets `name`. */
function unsetInContext(context: Context, expressions: readonly Expression[]): Finding[] {
  const reading = expressions.filter(({ program }) => program.includes('$context'));
  const exported = reading.length === 0 ? undefined : exportedMembers(context);
  if (!exported) return [];
  const hint = (name: string): string =>
    suggestion(name, [...exported]) ?? `set it: export: { as: '\${ { ${name}: . } }' }`;
  return reading.flatMap((expression) =>
    memberUses(syntax(expression.program), 'context')
      .filter(({ member }) => !exported.has(member))
      .map((use) => told(context, expression, use, `no task exports "${use.member}" to $context`, hint(use.member))),
  );
}

/** What all `export.as` together put into `$context`; undefined where one of them cannot be told. */
function exportedMembers({ places }: Context): Set<string> | undefined {
  const members = new Set<string>();
  for (const { task } of places) {
    const as = task.export?.as;
    if (as === undefined) continue;
    const found = typeof as === 'string' ? outputMembers(syntax(expressionSource(as)), members) : keysOf(as);
    if (!found) return undefined;
    for (const name of found) members.add(name);
  }
  return members;
}

/** `.name` in a task that only follows a `set` of an object without `name`. */
function unsetInInput(context: Context, expressions: readonly Expression[]): Finding[] {
  if ((context.loaded.definition.use?.extensions ?? []).length > 0) return [];
  return context.lists.flatMap((list) =>
    list.places.flatMap((place, index) => {
      const before = certainlyBefore(list, index);
      const members = before && membersOfSet(before);
      if (!before || !members) return [];
      const message = (name: string): string => `"${before.name}" before this task sets no "${name}"`;
      return ofInput(place, expressions).flatMap((expression) =>
        inputReads(syntax(expression.program))
          .filter(({ member }) => !members.has(member))
          .map((use) => told(context, expression, use, message(use.member), suggestion(use.member, [...members]))),
      );
    }),
  );
}

/** The only task from which the list goes on to this one. */
function certainlyBefore(list: List, index: number): Place | undefined {
  if (index === 0 || list.order === 'branches') return undefined;
  const from = successors(list).flatMap((targets, source) => (targets.includes(index) ? [source] : []));
  return from.length === 1 ? list.places[from[0] ?? -1] : undefined;
}

/** Members of the output of a `set` that always runs and gives an object as it is written. */
function membersOfSet({ task }: Place): Set<string> | undefined {
  if (!('set' in task) || task.if !== undefined || task.output?.as !== undefined) return undefined;
  return keysOf(task.set);
}

function keysOf(value: unknown): Set<string> | undefined {
  return isObject(value) ? new Set(Object.keys(value)) : undefined;
}

/** Expressions of a task (not of tasks inside it) that get what the task before gave. */
function ofInput({ path, task }: Place, expressions: readonly Expression[]): Expression[] {
  const parts = task.input?.from === undefined ? [OF_RAW_INPUT, OF_INPUT] : [OF_RAW_INPUT];
  return expressions.filter((expression) => {
    const part = String(expression.path[path.length]);
    return isWithin(expression.path, path) && parts.some((pattern) => pattern.test(part));
  });
}

const isWithin = (inner: Path, outer: Path): boolean => outer.every((step, index) => inner[index] === step);

/** Programs that do not parse are told by another rule. */
function syntax(program: string): Node {
  try {
    return parse(program);
  } catch {
    return { kind: 'identity', at: 0 };
  }
}

function told(
  context: Context,
  expression: Expression,
  { at }: MemberUse,
  message: string,
  hint: string | undefined,
): Finding {
  const finding = tellAt(context, expression.path, {
    rule: 'expression/unset',
    severity: 'warning',
    message: `${message}: this is always null`,
    hint,
  });
  const inText = expression.text.indexOf(expression.program) + at;
  return { ...finding, ...context.loaded.source.locateIn(pointer(expression.path), expression.text, inText) };
}
