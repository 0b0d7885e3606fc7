import type { Protocol } from '../schema/tasks.ts';

/**
 * What the engine cannot do (yet) or does only where the operator allows it, in words for a warning. A definition that
 * says it is still right; it is told before it runs.
 */
export const UNSUPPORTED_CALLS: Partial<Record<Protocol, string>> = {
  a2a: 'A2A calls are not supported by this engine',
  mcp: 'MCP calls are not supported by this engine',
};

/** Kinds of `run` that execute code on the worker's machine: off unless the operator allows them. */
export const GUARDED_RUNS = ['container', 'script', 'shell'] as const;
