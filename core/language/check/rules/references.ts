import type { Finding } from '../../finding.ts';
import { isObject } from '../../schema/choose.ts';
import { PROTOCOLS } from '../../schema/tasks.ts';
import { suggestion } from '../../suggest.ts';
import { type Context, tellAt } from '../context.ts';
import { isExpression } from '../expressions.ts';
import type { Path } from '../walk.ts';

type Component = 'timeouts' | 'retries' | 'errors' | 'authentications' | 'secrets';
const SINGULAR: Record<Component, string> = {
  timeouts: 'timeout',
  retries: 'retry policy',
  errors: 'error',
  authentications: 'authentication',
  secrets: 'secret',
};

/** Names of timeouts, retries, errors, authentications and secrets that `use` does not define. */
export function checkReferences(context: Context): Finding[] {
  const { definition } = context.loaded;
  const findings: Finding[] = [];
  const refer = (component: Component, path: Path, name: unknown): void => {
    if (typeof name === 'string' && !isExpression(name)) findings.push(...missing(context, component, path, name));
  };
  refer('timeouts', ['timeout'], definition.timeout);
  for (const { path, task } of context.places) {
    refer('timeouts', [...path, 'timeout'], task.timeout);
    if ('try' in task) refer('retries', [...path, 'catch', 'retry'], task.catch.retry);
    if ('raise' in task) refer('errors', [...path, 'raise', 'error'], task.raise.error);
    if ('call' in task && PROTOCOLS.some((protocol) => protocol === task.call))
      authentications(task.with, [...path, 'with'], refer);
    if ('run' in task) authentications(task.run, [...path, 'run'], refer);
  }
  authentications(definition.use?.catalogs, ['use', 'catalogs'], refer);
  for (const [name, policy] of Object.entries(definition.use?.authentications ?? {})) {
    secretOf(policy, ['use', 'authentications', name], refer);
  }
  return findings;
}

type Refer = (component: Component, path: Path, name: unknown) => void;

/** Looks for `authentication` at any depth of a call's arguments. */
function authentications(value: unknown, path: Path, refer: Refer): void {
  if (Array.isArray(value)) value.forEach((item, index) => authentications(item, [...path, index], refer));
  else if (isObject(value)) {
    for (const [key, item] of Object.entries(value)) {
      const at = [...path, key];
      if (key === 'authentication' && isObject(item)) {
        refer('authentications', [...at, 'use'], item['use']);
        secretOf(item, at, refer);
      } else authentications(item, at, refer);
    }
  }
}

/** `basic: { use: name }`: the properties lie in that secret. */
function secretOf(policy: unknown, path: Path, refer: Refer): void {
  if (!isObject(policy)) return;
  for (const [scheme, properties] of Object.entries(policy)) {
    if (isObject(properties)) refer('secrets', [...path, scheme, 'use'], properties['use']);
  }
}

function missing(context: Context, component: Component, path: Path, name: string): Finding[] {
  const defined = context.loaded.definition.use?.[component] ?? {};
  const names = Array.isArray(defined) ? defined : Object.keys(defined);
  if (names.includes(name)) return [];
  const what = SINGULAR[component];
  const hint = suggestion(name, names) ?? `define it under use.${component}`;
  return [
    tellAt(context, path, {
      rule: `reference/${what.replaceAll(' ', '-')}`,
      message: `no ${what} "${name}" under use.${component}`,
      hint,
    }),
  ];
}
