import { isExpression } from '../language/check/expressions.ts';
import { type Path, walk } from '../language/check/walk.ts';
import { isObject } from '../language/schema/choose.ts';
import type { WorkflowDefinition } from '../language/types.ts';
import { parse } from 'yaml';
import { type Use, useOfEvent, usesOfCall } from './uses.ts';

/** Something that a definition uses, and where it says so. */
export type PlacedUse = Use & { path: Path };

/** Functions that fill a form: without `target`, the form file names it. */
const FILLS_FORMS = /^form\./;
const PROCESSES = ['script', 'shell', 'container'];

/**
 * Everything that a definition uses of what departments own, as far as it says so itself: functions, secrets, mailboxes,
 * sheets, ledgers, targets, sources of events, and definitions of others.
 * @param files texts beside it by their path, whose forms name targets
 */
export function usesOf(definition: WorkflowDefinition, files: Readonly<Record<string, string>> = {}): PlacedUse[] {
  const uses: PlacedUse[] = [];
  const add = (path: Path, found: readonly Use[]): void => void uses.push(...found.map((use) => ({ ...use, path })));
  for (const [index, name] of (definition.use?.secrets ?? []).entries()) {
    add(['use', 'secrets', index], [{ kind: 'secrets', name }]);
  }
  add(['schedule', 'on'], sourcesIn(definition.schedule?.on));
  for (const { path, task } of walk(definition).places) {
    if ('call' in task) {
      const given = task.with;
      const named = usesOfCall(task.call, given, isExpression);
      add([...path, 'call'], FILLS_FORMS.test(task.call) ? [...named, ...targetOfForm(given, files)] : named);
    }
    if ('listen' in task) add([...path, 'listen'], sourcesIn(task.listen));
    if ('run' in task) add([...path, 'run'], usesOfRun(task.run));
  }
  return uses;
}

function usesOfRun(run: object): Use[] {
  const kind = PROCESSES.find((one) => one in run);
  if (kind !== undefined) return [{ kind: 'functions', name: 'run.process' }];
  if (!('workflow' in run) || !isObject(run.workflow)) return [];
  const { namespace, name } = run.workflow as { namespace?: unknown; name?: unknown };
  return [{ kind: 'definitions', name: `${String(namespace)}/${String(name)}` }];
}

function targetOfForm(given: unknown, files: Readonly<Record<string, string>>): Use[] {
  if (!isObject(given) || 'target' in given || typeof given['form'] !== 'string') return [];
  const path = `forms/${given['form']}.yaml`;
  if (!Object.hasOwn(files, path)) return [];
  try {
    const form: unknown = parse(files[path] ?? '');
    const target = isObject(form) ? form['target'] : undefined;
    const name = isObject(target) ? target['name'] : target;
    return typeof name === 'string' ? [{ kind: 'targets', name }] : [];
  } catch {
    // A form that is no YAML is reported by the check of forms.
    return [];
  }
}

/** `source` of every filter, at any depth. */
function sourcesIn(value: unknown): Use[] {
  if (Array.isArray(value)) return value.flatMap(sourcesIn);
  if (!isObject(value)) return [];
  return Object.entries(value).flatMap(([name, inner]) => {
    if (name !== 'source' || typeof inner !== 'string') return sourcesIn(inner);
    return isExpression(inner) ? [] : [useOfEvent(inner)];
  });
}
