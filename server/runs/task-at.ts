import { z } from 'zod';
import { findFunction } from '../../core/catalogue/catalogue.ts';

/** The part of a definition that a JSON pointer names (RFC 6901); undefined where there is none. */
function partAt(definition: unknown, pointer: string): unknown {
  return pointer
    .split('/')
    .slice(1)
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'))
    .reduce<unknown>((part, step) => {
      if (typeof part !== 'object' || part === null || !Object.hasOwn(part, step)) return undefined;
      return (part as Record<string, unknown>)[step];
    }, definition);
}

/**
 * What is wrong with arguments that an operator changed, in words; undefined where they fit, or where the task calls
 * nothing of the catalogue, so that only the task itself can tell.
 */
export function problemsOfArguments(definition: unknown, reference: string, args: unknown): string | undefined {
  const task = partAt(definition, reference);
  const name = typeof task === 'object' && task !== null && 'call' in task ? task.call : undefined;
  const spec = typeof name === 'string' ? findFunction(name) : undefined;
  const parsed = spec?.with.safeParse(args);
  return parsed && !parsed.success ? z.prettifyError(parsed.error) : undefined;
}
