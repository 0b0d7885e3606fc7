import { MAX_NESTING, type Budget } from '../bounds.ts';
import { JqBoundError } from '../errors.ts';

/** Values walked over for the price of one step (measured: some 10 ns each). */
const VALUES_PER_STEP = 8;

/**
 * Pays for the size of an output as whoever writes it out will see it: parts that a program shares (`[., .]` thirty
 * times over) take no memory here, but would fill a history. Refuses values nested deeper than {@link MAX_NESTING}.
 */
export function measure(value: unknown, budget: Budget, depth = 0): void {
  if (typeof value !== 'object' || value === null) return;
  if (depth > MAX_NESTING) {
    throw new JqBoundError('nesting', MAX_NESTING, `The result is nested deeper than ${MAX_NESTING}.`);
  }
  const items: readonly unknown[] = Array.isArray(value) ? value : Object.values(value);
  budget.spend((1 + items.length) / VALUES_PER_STEP);
  for (const item of items) measure(item, budget, depth + 1);
}
