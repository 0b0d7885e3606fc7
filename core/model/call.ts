import { z } from 'zod';
import { Resolution } from './effect.ts';

/**
 * Who calls a function: the second argument of every activity, beside its `with`. `key` is the idempotency key: the same
 * for every attempt of one call, different for every other call, also in loops and after a restart.
 */
export const CallInfo = z.object({
  run: z.string().describe('Workflow id: the business key of the run'),
  definition: z.object({ namespace: z.string(), name: z.string(), version: z.string(), hash: z.string() }),
  task: z.string().describe('Reference of the task, a JSON pointer such as /do/2/book'),
  key: z.string().describe('Idempotency key: run, task reference and number of earlier calls in this run'),
  resolved: Resolution.optional().describe('What a person has found out about an earlier attempt of this call'),
  secrets: z
    .object({ token: z.string(), names: z.array(z.string()) })
    .optional()
    .describe('Token of this run’s marks of secrets, and the secrets that its definition declares'),
});
export type CallInfo = z.infer<typeof CallInfo>;

/** Shape of every activity of the catalogue. */
export type CatalogueActivity = (args: unknown, call: CallInfo) => Promise<unknown>;
