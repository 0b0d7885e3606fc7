import { JqError } from '../errors.ts';
import { MAX_NESTING } from '../bounds.ts';

/**
 * Parses JSON as `fromjson` does: also `nan` at the top, and nothing but space is null... differences from jq are in
 * docs. Raises jq's error value.
 */
export function parseJson(text: string): unknown {
  const trimmed = text.trim();
  if (trimmed === 'nan') return Number.NaN;
  if (nesting(text) > MAX_NESTING) throw new JqError('Exceeds depth limit for parsing');
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw new JqError(`${JSON.stringify(text.slice(0, 40))} is not valid JSON`);
  }
}

/** An upper estimate of the nesting: brackets inside strings count too, which is no harm. */
function nesting(text: string): number {
  let depth = 0;
  let most = 0;
  for (let i = 0; i < text.length; i++) {
    const unit = text[i];
    if (unit === '[' || unit === '{') most = Math.max(most, ++depth);
    else if (unit === ']' || unit === '}') depth--;
  }
  return most;
}
