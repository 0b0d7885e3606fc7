import { soleExpression } from '../expressions/template.ts';
import { compile } from '../../packages/jq/index.ts';
import type { CloudEvent } from './cloud-event.ts';
import { isEqual, literalMatches } from './json-match.ts';

/**
 * Whether an event passes the `with` of a filter outside of any run (`schedule.on`): a literal must match, an
 * expression sees the attribute as its input and must be true or equal (DSL "Event Filter").
 */
export function matchesFilter(properties: Readonly<Record<string, unknown>>, event: CloudEvent): boolean {
  return Object.entries(properties).every(([name, expected]) => {
    const actual: unknown = event[name] ?? null;
    const program = typeof expected === 'string' ? soleExpression(expected) : undefined;
    if (program === undefined) return literalMatches(actual, expected);
    try {
      const result = compile(program).first(actual, { event });
      return typeof result === 'boolean' ? result : isEqual(result, actual);
    } catch {
      // An event of another shape than the expression expects does not match; it is no error.
      return false;
    }
  });
}
