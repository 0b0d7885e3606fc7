import { Agent } from 'undici';
import { ProblemError } from '../../core/model/problem.ts';
import type { Egress } from './egress.ts';

/**
 * The platform's `fetch`, whose connections look names up by `egress`. Rejects with the problem where that refuses,
 * otherwise as `fetch` does. The agent is of the package that the platform's `fetch` is made of, in the same major version.
 */
export function createFetch({ lookup }: Pick<Egress, 'lookup'>): typeof fetch {
  const dispatcher = new Agent({ connect: { lookup } });
  return async (input, init) => {
    // The types of the platform's `fetch` leave out the dispatcher that it takes.
    const guarded = { ...init, dispatcher };
    try {
      return await fetch(input, guarded);
    } catch (error) {
      throw problemBehind(error) ?? error;
    }
  };
}

/** `fetch` says that it failed, and why in the cause. */
function problemBehind(error: unknown): ProblemError | undefined {
  for (let current = error; current instanceof Error; current = current.cause) {
    if (current instanceof ProblemError) return current;
  }
  return undefined;
}
