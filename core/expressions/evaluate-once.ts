import { compile, JqBoundError, JqError } from '../../packages/jq/index.ts';

/** The first output of a jq expression; undefined where it has none, raises an error or exceeds its bounds. */
export function evaluateOnce(expression: string, input: unknown): unknown {
  try {
    return compile(expression).first(input as never);
  } catch (error) {
    if (error instanceof JqError || error instanceof JqBoundError) return undefined;
    throw error;
  }
}
