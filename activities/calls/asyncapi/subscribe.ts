import { setTimeout as sleep } from 'node:timers/promises';
import { ProblemError } from '../../../core/model/problem.ts';
import { classify } from '../../../core/model/classify-error.ts';
import type { ActivityContext } from '../../activity.ts';
import { whileWaiting } from '../beat.ts';
import { type Authentication, authorization } from '../authentication.ts';
import type { CallDeps } from '../deps.ts';
import { portOf } from '../egress.ts';
import { ANSWER_MS, open } from '../request.ts';
import type { Address } from './address.ts';
import type { Target } from './document.ts';
import { messagesIn, type Streamed } from './event-stream.ts';
import { inbound } from './message.ts';
import { Outlet } from './outlet.ts';
import { frames } from './websocket.ts';

/** Connections that fail one after another, without a message between them, before the task fails. */
const MAX_FAILURES = 5;
/** First pause before a connection is tried again; doubled each time. */
const FIRST_PAUSE_MS = 500;

export type Subscribed = Address & {
  target: Target;
  authentication: Authentication | undefined;
  subscription: { key: string; after?: string | undefined };
};

/**
 * Hands each message to the run, as it comes, until the run has enough and cancels this, or the server has said all that
 * there is. A connection that breaks is opened again, from where it was where the server can tell (`Last-Event-ID`).
 */
export async function subscribe(deps: CallDeps, subscribed: Subscribed, context: ActivityContext): Promise<null> {
  const { subscription, target } = subscribed;
  const position = { after: readNote(context.lastProgress) ?? subscription.after };
  const outlet = new Outlet(async (batch) => {
    const after = batch.findLast(({ id }) => id !== undefined)?.id;
    const messages = batch.map((arrived) => inbound(arrived, target.message));
    await deps.deliver(context.call, {
      subscription: subscription.key,
      messages,
      ...(after !== undefined && { after }),
    });
    position.after = after ?? position.after;
  });
  const listen = async (): Promise<null> => {
    for (let failures = 0; ; failures++) {
      try {
        const { messages, goesOn } = await stream(deps, subscribed, context, position.after);
        for await (const arrived of messages) {
          failures = 0;
          await outlet.take(arrived);
        }
        await outlet.flush();
        if (!goesOn) return null;
      } catch (error) {
        // Also when the run has hung up: it may only want to continue as new, and takes what has come along.
        await outlet.flush();
        context.signal.throwIfAborted();
        const problem = error instanceof ProblemError ? error : classify(error);
        if (!problem.retryable || failures >= MAX_FAILURES) throw problem;
      }
      await sleep(FIRST_PAUSE_MS * 2 ** failures, undefined, { signal: context.signal });
    }
  };
  return whileWaiting(context, listen, () => writeNote(position.after));
}

/** How the heartbeats of a subscription tell the next attempt where it was. */
const NOTE = 'after:';

function writeNote(after: string | undefined): string {
  return after === undefined ? 'listening' : NOTE + after;
}

function readNote(note: string | undefined): string | undefined {
  return note?.startsWith(NOTE) ? note.slice(NOTE.length) : undefined;
}

async function stream(
  deps: CallDeps,
  { transport, url, authentication }: Subscribed,
  context: ActivityContext,
  after: string | undefined,
): Promise<Streamed> {
  const headers = new Headers();
  if (authentication) headers.set('authorization', await authorization(deps, authentication, context));
  if (transport === 'ws') {
    const lookup = deps.egress.lookup(portOf(url));
    return { messages: frames({ url, headers, signal: context.signal, lookup }), goesOn: false };
  }
  headers.set('accept', 'text/event-stream, application/x-ndjson, application/json;q=0.9');
  if (after) headers.set('last-event-id', after);
  // The bound is on the beginning of the answer; how long it goes on is the run's to say.
  const late = new AbortController();
  const timer = setTimeout(() => late.abort(new DOMException('no answer in time', 'TimeoutError')), ANSWER_MS);
  try {
    const signal = AbortSignal.any([context.signal, late.signal]);
    const response = await open(deps, { method: 'GET', url, headers }, { signal, redirect: true });
    return messagesIn(response, url);
  } finally {
    clearTimeout(timer);
  }
}
