import { applicationException } from '../../core/model/problem.ts';

/** References that lead on to references; more is a circle. */
const MAX_STEPS = 20;

/**
 * What stands in a document, or where its `$ref` leads inside that document (RFC 6901 in a fragment). Throws a problem of
 * type `configuration` for a reference that leads nowhere, in a circle, or out of the document.
 */
export function dereference(document: unknown, node: unknown): unknown {
  let current = node;
  for (let steps = 0; steps < MAX_STEPS; steps++) {
    const reference = property(current, '$ref');
    if (typeof reference !== 'string') return current;
    current = lookUp(document, reference);
  }
  throw refuse(`${JSON.stringify(property(node, '$ref'))} refers to itself`);
}

function lookUp(document: unknown, reference: string): unknown {
  if (!reference.startsWith('#/')) throw refuse(`${reference}: references that leave the document are not followed`);
  const steps = reference.slice(2).split('/').map(unescaped);
  const found = steps.reduce<unknown>(property, document);
  if (found === undefined) throw refuse(`${reference} does not exist in the document`);
  return found;
}

function unescaped(step: string): string {
  return decodeURIComponent(step).replaceAll('~1', '/').replaceAll('~0', '~');
}

/** A property that a value has itself, never one that it inherits. */
function property(value: unknown, name: string): unknown {
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) return undefined;
  return Object.getOwnPropertyDescriptor(value, name)?.value;
}

function refuse(detail: string) {
  return applicationException('configuration', detail);
}
