import { activityInfo, ApplicationFailure, CancelledFailure, Context } from '@temporalio/activity';
import { z } from 'zod';
import type { FunctionSpec } from '../core/catalogue/define.ts';
import { conceal } from '../core/model/concealed.ts';
import type { Resolution } from '../core/model/effect.ts';
import type { CallInfo, CatalogueActivity } from '../core/model/call.ts';
import { applicationException, ProblemError, type RetryAfter } from '../core/model/problem.ts';
import { classify } from '../core/model/classify-error.ts';

/** What a handler gets beside its arguments. One object carries deadline, abort and progress through every bot. */
export type ActivityContext = {
  call: CallInfo;
  /** Aborted when the run is cancelled, the worker shuts down, or the time limit is near. */
  signal: AbortSignal;
  /** What a person has found out about an earlier attempt of this call, whose outcome was unknown. */
  resolved?: Resolution | undefined;
  /** Tells Temporal that the work moves on. A timer may call it only while a wait lasts that has a bound of its own: else it hides a hang. */
  onProgress: (note: string) => void;
  /** Attempt, from 1. */
  attempt: number;
  /** Note of the last progress of the attempt before, where that told one. */
  lastProgress?: string;
};

/**
 * Makes the activity of a catalogue function: validates `with` and result by the function's schemas, hands abort and
 * heartbeat to the handler, and classifies every error once.
 */
export function activity<W extends z.ZodType, R extends z.ZodType>(
  spec: FunctionSpec<W, R>,
  handler: (args: z.infer<W>, context: ActivityContext) => Promise<z.input<R>>,
): CatalogueActivity {
  return internalActivity(spec.name, spec.with, async (args, context) => {
    const result: unknown = await handler(args, context);
    return spec.result.parse(result);
  });
}

/** The same for activities that definitions cannot call, such as those behind an approval. */
export function internalActivity<W extends z.ZodType>(
  name: string,
  schema: W,
  handler: (args: z.infer<W>, context: ActivityContext) => Promise<unknown>,
): CatalogueActivity {
  return async (args, call) => {
    try {
      const parsed = schema.safeParse(args);
      if (!parsed.success) {
        throw applicationException('validation', `${name}: ${z.prettifyError(parsed.error)}`, { retryable: false });
      }
      return await handler(parsed.data, contextOf(call));
    } catch (error) {
      throw toFailure(error);
    }
  };
}

function contextOf(call: CallInfo): ActivityContext {
  const context = Context.current();
  const lastProgress: unknown = context.info.heartbeatDetails;
  return {
    call,
    signal: context.cancellationSignal,
    resolved: call.resolved,
    onProgress: (note) => context.heartbeat(note),
    attempt: activityInfo().attempt,
    ...(typeof lastProgress === 'string' && { lastProgress }),
  };
}

/** The error as far as its words go, through all its causes: what it carries beside them stays here. */
function concealed(error: Error): Error {
  const cause = error.cause instanceof Error ? concealed(error.cause) : undefined;
  const copy = new Error(conceal(error.message), cause && { cause });
  copy.name = error.name;
  if (error.stack !== undefined) copy.stack = conceal(error.stack);
  return copy;
}

/** A Temporal failure whose `type` is the problem's type and whose first detail is the problem itself, and the second when to try again. */
function toFailure(error: unknown): Error {
  if (error instanceof CancelledFailure || error instanceof ApplicationFailure) return error;
  const { problem: found, retryable, retryAfterMs } = error instanceof ProblemError ? error : classify(error);
  const problem = { ...found, ...(found.detail !== undefined && { detail: conceal(found.detail) }) };
  return ApplicationFailure.create({
    message: problem.detail ?? problem.title ?? problem.type,
    type: problem.type,
    nonRetryable: !retryable,
    ...(retryAfterMs !== undefined && { nextRetryDelay: retryAfterMs }),
    // Workflow code does not get to see a retry delay: who does the retries there finds it here.
    details: [problem, ...(retryAfterMs === undefined ? [] : [{ retryAfterMs } satisfies RetryAfter])],
    cause: error instanceof Error ? concealed(error) : undefined,
  });
}
