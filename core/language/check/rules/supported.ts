import type { Finding } from '../../finding.ts';
import { isObject } from '../../schema/choose.ts';
import { PROTOCOLS } from '../../schema/tasks.ts';
import type { Task } from '../../types.ts';
import { type Context, tellAt } from '../context.ts';
import { type Unsupported, UNSUPPORTED } from '../support.ts';
import type { Path } from '../walk.ts';

/** What the language has and the engine does not do: told as warnings, before a run meets it. */
export function checkSupported(context: Context): Finding[] {
  const policies = Object.entries(context.loaded.definition.use?.authentications ?? {});
  return [
    ...context.places.flatMap(({ path, task }) => {
      const part = partOf(task);
      return part ? told(context, part.kind, part.value, [...path, part.key]) : [];
    }),
    // A policy by name is what it would be in its place.
    ...policies.flatMap(([name, policy]) =>
      told(context, '*', { authentication: policy }, ['use', 'authentications', name], 1),
    ),
  ];
}

/** What a task calls or runs, as the list names it. */
function partOf(task: Task): { kind: string; key: string; value: unknown } | undefined {
  if ('call' in task) {
    const isProtocol = PROTOCOLS.some((name) => name === task.call);
    return isProtocol ? { kind: `call: ${task.call}`, key: 'with', value: task.with } : undefined;
  }
  if (!('run' in task)) return undefined;
  const kind = ['container', 'script', 'shell', 'workflow'].find((name) => name in task.run);
  return { kind: `run: ${kind}`, key: 'run', value: task.run };
}

/** `skipped`: steps of the value that the definition itself does not have. */
function told(context: Context, kind: string, root: unknown, base: Path, skipped = 0): Finding[] {
  const rules = RULES.filter((one) => one.in === kind || one.in === '*');
  const findings: Finding[] = [];
  const visit = (value: unknown, path: Path): void => {
    const at = path.map((step) => `/${String(step)}`).join('');
    for (const { pattern, when, message, hint } of rules) {
      if (!pattern.test(at) || (when && !when(value))) continue;
      const where = [...base, ...path.slice(skipped)];
      findings.push(
        tellAt(context, where, { rule: 'call/unsupported', message, hint, severity: 'warning', at: 'key' }),
      );
    }
    if (isObject(value)) for (const [key, item] of Object.entries(value)) visit(item, [...path, key]);
  };
  visit(root, []);
  return findings;
}

function matcher({ at }: Unsupported): RegExp {
  return new RegExp(`^${at.replace('**/', '(?:/[^/]+)*/')}$`);
}

/** Made once: definitions have hundreds of tasks. */
const RULES = UNSUPPORTED.map((one) => ({ ...one, pattern: matcher(one) }));
