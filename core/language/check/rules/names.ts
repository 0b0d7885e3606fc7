import type { Finding } from '../../finding.ts';
import { type Context, tellAt } from '../context.ts';

/** Two tasks of one list with one name: `then` and the console could not tell them apart. */
export function checkNames(context: Context): Finding[] {
  return context.lists.flatMap((list) => {
    const seen = new Set<string>();
    return list.places.flatMap((place) => {
      const again = seen.has(place.name);
      seen.add(place.name);
      if (!again) return [];
      const message = `a second task named "${place.name}" in this list`;
      return [
        tellAt(context, place.path, { rule: 'flow/duplicate-name', message, hint: 'give it another name', at: 'key' }),
      ];
    });
  });
}

/** Definitions of another DSL would be read wrongly. */
export function checkDslVersion(context: Context): Finding[] {
  const { dsl } = context.loaded.definition.document;
  if (/^1\.0\.\d+$/.test(dsl)) return [];
  const message = `DSL ${dsl} is not supported`;
  return [tellAt(context, ['document', 'dsl'], { rule: 'dsl/version', message, hint: 'write dsl: 1.0.3' })];
}
