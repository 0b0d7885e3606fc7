import type { Issue } from '../shape/words.ts';
import { isExpression } from './expressions.ts';

/**
 * True for a schema issue that an expression excuses: the value is computed when the run is there, so nothing can be
 * said about it before. A union is excused where the literal parts fit one of its branches.
 */
export function excused(issue: Issue): boolean {
  if (isExpression(issue.input)) return true;
  if (issue.code === 'invalid_union') return issue.errors.some((branch) => branch.length > 0 && branch.every(excused));
  return false;
}
