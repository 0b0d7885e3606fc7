import type { WorkflowDefinition } from '../language/types.ts';
import { isRecord } from '../model/is-record.ts';

/** A type that stands for itself; any other is an expression or a regular expression, which only the run can judge. */
const LITERAL_TYPE = /^[\w./:-]+$/;

/**
 * Types of the events that a definition's tasks listen for, so that they can be routed to its runs from their start.
 * Undefined: it listens for none. An empty list: for any.
 */
export function listenedTypes({ do: tasks, use }: WorkflowDefinition): string[] | undefined {
  const types = [...typesWithin({ tasks, functions: use?.functions, extensions: use?.extensions })];
  if (types.length === 0) return undefined;
  return types.every((type) => type !== null) ? [...new Set(types)] : [];
}

/** `null` stands for a filter that gives no literal type. */
function* typesWithin(value: unknown): Generator<string | null> {
  if (typeof value !== 'object' || value === null) return;
  for (const [key, item] of Object.entries(value)) {
    if (key === 'listen' && isRecord(item)) yield* typesOfStrategy(item['to']);
    else yield* typesWithin(item);
  }
}

function* typesOfStrategy(to: unknown): Generator<string | null> {
  if (!isRecord(to)) return;
  const filters = [to['one'], to['any'], to['all']].flat().filter((filter) => filter !== undefined);
  if (filters.length === 0) yield null;
  for (const filter of filters) {
    const type = isRecord(filter) && isRecord(filter['with']) ? filter['with']['type'] : undefined;
    yield typeof type === 'string' && LITERAL_TYPE.test(type) ? type : null;
  }
  if (isRecord(to['until'])) yield* typesOfStrategy(to['until']);
}
