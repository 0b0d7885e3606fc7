import type { Finding } from '../finding.ts';
import type { LoadedDefinition } from '../load.ts';
import { type Context, createContext, tellAt } from './context.ts';
import type { Path } from './walk.ts';

type Start = { context: Context; path: Path; from: string; to: string };

/** What only several definitions together show: one that starts itself again through others, two of one name. */
export function checkTogether(loaded: readonly LoadedDefinition[]): Finding[] {
  const contexts = loaded.map((definition) => createContext(definition, {}));
  const starts = contexts.flatMap(startsOf);
  return [...recursion(starts), ...sameNames(contexts)];
}

/** Every `run: workflow` of a definition. */
function startsOf(context: Context): Start[] {
  const from = nameOf(context);
  return context.places.flatMap(({ path, task }) => {
    if (!('run' in task) || !('workflow' in task.run)) return [];
    const { namespace, name } = task.run.workflow;
    return [{ context, path: [...path, 'run', 'workflow'], from, to: `${namespace}/${name}` }];
  });
}

function recursion(starts: readonly Start[]): Finding[] {
  return starts.flatMap((start) => {
    const way = wayBack(starts, start.to, start.from);
    if (!way) return [];
    const message = `this starts ${start.from} again: ${[start.from, ...way].join(' → ')}`;
    const hint = 'make sure that a condition ends the circle, or repeat with a loop inside one definition';
    return [
      tellAt(start.context, start.path, { rule: 'flow/recursion', message, hint, severity: 'warning', at: 'key' }),
    ];
  });
}

/** The shortest chain of starts from one definition to another, both included. */
function wayBack(starts: readonly Start[], from: string, to: string): string[] | undefined {
  const ways = new Map([[from, [from]]]);
  for (const [name, way] of ways) {
    if (name === to) return way;
    for (const start of starts) if (start.from === name && !ways.has(start.to)) ways.set(start.to, [...way, start.to]);
  }
  return undefined;
}

function sameNames(contexts: readonly Context[]): Finding[] {
  const first = new Map<string, string>();
  return contexts.flatMap((context) => {
    const { version } = context.loaded.definition.document;
    const name = `${nameOf(context)} ${version}`;
    const other = first.get(name);
    if (other === undefined) {
      first.set(name, context.loaded.source.file);
      return [];
    }
    const message = `${name} is defined in ${other} too`;
    const told = { rule: 'definition/duplicate', message, hint: 'give one of them another name or version' };
    return [tellAt(context, ['document', 'name'], { ...told, severity: 'warning' as const })];
  });
}

function nameOf({ loaded }: Context): string {
  const { namespace, name } = loaded.definition.document;
  return `${namespace}/${name}`;
}
