import type { CallAsyncApi } from '../../core/language/types.ts';
import type { InboundMessage } from '../../core/model/delivery.ts';
import { taskArguments } from '../data/arguments.ts';
import { now } from '../run/clock.ts';
import type { Outcome } from '../run/place.ts';
import { bodyOf } from '../run/state.ts';
import { evaluateDuration } from '../walk/timeouts.ts';
import { type Current, iterate } from './iterate.ts';
import { protocolCall } from './protocols.ts';
import type { Runner, Step } from './step.ts';
import { Subscription, type SubscriptionState } from './subscription.ts';

type Subscribe = Extract<CallAsyncApi['with'], { subscription: unknown }>;
type SubscribeStep = Step & { task: CallAsyncApi };

type Body = SubscriptionState & {
  /** Consumed messages, transformed by `foreach`: the output. */
  output: unknown[];
  /** The message that `foreach` is busy with. */
  current?: Current;
};

/** DSL "AsyncAPI Call": publishes a message, or consumes messages until the subscription has enough. */
export const asyncApiCall: Runner<CallAsyncApi> = async (step) => {
  const args = step.task.with;
  if (!subscribes(args)) return { output: await protocolCall(step, 'asyncapi') };
  const { consume } = args.subscription;
  const body = bodyOf<Body>(step.frame, () => ({
    output: [],
    queue: [],
    opened: 0,
    over: false,
    ...(consume.for !== undefined && {
      deadline: now() + evaluateDuration(step.run.evaluator, consume.for, step.input, taskArguments(step, step)),
    }),
  }));
  const subscription = new Subscription(step, args, body);
  try {
    return (await consumeAll(step, args.subscription, body, subscription)) ?? { output: body.output };
  } finally {
    subscription.close();
  }
};

function subscribes(args: CallAsyncApi['with']): args is Subscribe {
  return 'subscription' in args;
}

/** Consumes one message after another: what comes meanwhile waits in its turn. */
async function consumeAll(
  step: SubscribeStep,
  { filter, consume, foreach }: Subscribe['subscription'],
  body: Body,
  subscription: Subscription,
): Promise<Outcome | undefined> {
  const { run } = step;
  for (;;) {
    if (body.current && foreach) {
      const base = `${step.reference}/with/subscription/foreach/do`;
      const iterated = await iterate(step, foreach, body.current, { at: body.output.length, base });
      if ('ended' in iterated) return iterated.ended;
      body.output.push(iterated.output);
      delete body.current;
    }
    if (hasEnough(step, consume, body.output)) return undefined;
    const message = await subscription.next();
    if (message === undefined) return undefined;
    if (filter !== undefined && !run.evaluator.condition(filter, message, taskArguments(step, step))) continue;
    take(body, message, foreach !== undefined);
  }
}

function take(body: Body, message: InboundMessage, iterates: boolean): void {
  if (iterates) body.current = { item: message, list: { at: 0, data: message } };
  else body.output.push(message);
}

/** DSL "AsyncAPI Subscription Lifetime". Its expressions see the messages consumed so far as their input. */
function hasEnough(step: SubscribeStep, consume: Subscribe['subscription']['consume'], consumed: unknown[]): boolean {
  if ('amount' in consume) return consumed.length >= consume.amount;
  const holds = (condition: string) => step.run.evaluator.condition(condition, consumed, taskArguments(step, step));
  return 'until' in consume ? holds(consume.until) : !holds(consume.while);
}
