import { Agent, buildConnector } from 'undici';
import { ProblemError } from '../../core/model/problem.ts';
import type { Egress } from './egress.ts';

/**
 * The platform's `fetch`, whose connections look names up by `egress`. Rejects with the problem where that refuses,
 * otherwise as `fetch` does. The agent is of the package that the platform's `fetch` is made of, in the same major version.
 */
export function createFetch({ lookup }: Pick<Egress, 'lookup'>): typeof fetch {
  // By port, since what is judged is an address with its port; each connector keeps its own TLS sessions.
  const connectors = new Map<number, buildConnector.connector>();
  const connect: buildConnector.connector = (options, answer) => {
    const port = Number(options.port) || (options.protocol === 'https:' ? 443 : 80);
    const connector = connectors.get(port) ?? buildConnector({ lookup: lookup(port) });
    connectors.set(port, connector);
    connector(options, answer);
  };
  const dispatcher = new Agent({ connect });
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
