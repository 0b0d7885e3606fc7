import { ActivityFailure, CancellationScope, condition, isCancellation, TimeoutFailure } from '@temporalio/workflow';
import { type InboundMessage } from '../../core/model/delivery.ts';
import { callActivity, callInfo } from '../run/activities.ts';
import { now, pause } from '../run/clock.ts';
import { standardFault } from '../run/errors.ts';
import { resolveWith } from './protocols.ts';
import type { Step } from './step.ts';

/**
 * One activity listens for half a day at most, then another takes over; it beats while it does. It opens broken
 * connections again by itself; these attempts are for workers that are lost.
 */
const LISTENING = { attemptMs: 12 * 60 * 60_000, heartbeatMs: 20_000, attempts: 10 };
/** Messages that wait for their turn. More of them would swell the run's state: `foreach` cannot keep up. */
const MAX_WAITING = 5_000;

/** What a subscription keeps in the task's frame. */
export type SubscriptionState = {
  /** Messages that have come and not had their turn. */
  queue: InboundMessage[];
  /** Where the service can take up again, as it names its messages. */
  after?: string;
  /** Connections opened so far: what comes late for an earlier one is not taken twice. */
  opened: number;
  /** The service has said all that there is. */
  over: boolean;
  /** When time is up, milliseconds of the epoch. */
  deadline?: number;
};

/**
 * The workflow's end of a subscription. An activity holds the connection and signals each message to the run; it is
 * opened when a message is first waited for, and stopped when the run has enough, or wants to continue as new, which
 * takes the subscription up again where the service can do so.
 */
export class Subscription {
  readonly #step: Step;
  readonly #args: Readonly<Record<string, unknown>>;
  readonly #state: SubscriptionState;
  #listening: Listening | undefined;
  #late: CancellationScope | undefined;
  #isLate = false;

  /** `args`: what is under `with`, of which the subscription itself stays here. */
  constructor(step: Step, args: Readonly<Record<string, unknown>>, state: SubscriptionState) {
    this.#step = step;
    this.#args = Object.fromEntries(Object.entries(args).filter(([name]) => name !== 'subscription'));
    this.#state = state;
  }

  /** The next message in its turn. Undefined: time is up, or the service has said all that there is. */
  async next(): Promise<InboundMessage | undefined> {
    const { run, reference } = this.#step;
    for (;;) {
      const held = run.pace.gate();
      if (held) await held;
      if (this.#state.queue.length > MAX_WAITING) throw flooded();
      if (this.#timeIsUp()) return undefined;
      const message = this.#state.queue.shift();
      if (message || this.#state.over) return message;
      const listening = (this.#listening ??= this.#listen());
      await run.progress.waiting(reference, 'a message', () => condition(() => this.#somethingHappened(listening)));
      if (listening.failure) throw listening.failure.error;
    }
  }

  /** Hangs up. Nothing waits for that. */
  close(): void {
    this.#step.run.subscriptions.close(this.#key);
    this.#listening?.scope.cancel();
    this.#late?.cancel();
  }

  get #key(): string {
    return `${callInfo(this.#step).key}/${this.#state.opened}`;
  }

  #somethingHappened({ ended }: Listening): boolean {
    return this.#state.queue.length > 0 || ended || this.#isLate || this.#listening === undefined;
  }

  #timeIsUp(): boolean {
    const { deadline } = this.#state;
    if (deadline === undefined) return false;
    if (!this.#late) {
      this.#late = new CancellationScope({ cancellable: true });
      const ring = this.#late.run(() => pause(Math.max(1, deadline - now())));
      ring.then(() => (this.#isLate = true)).catch(() => undefined); // Cancelled at the end.
    }
    return this.#isLate || now() >= deadline;
  }

  /** Opens the connection; stops it again when the run wants to continue as new. */
  #listen(): Listening {
    const { run } = this.#step;
    const call = callInfo(this.#step);
    const { after } = this.#state;
    run.subscriptions.close(this.#key);
    this.#state.opened++;
    const key = this.#key;
    const args = { ...resolveWith(this.#step, this.#args), subscription: { key, ...(after && { after }) } };
    const listening: Listening = { scope: new CancellationScope({ cancellable: true }), ended: false };
    run.subscriptions.open(key, ({ messages, after: position }) => {
      this.#state.queue.push(...messages);
      this.#state.after = position ?? this.#state.after;
    });
    const activity = listening.scope.run(() =>
      callActivity(this.#step, 'call.asyncapi', args, { limits: LISTENING, call, awaitsCancellation: true }),
    );
    void this.#watch(listening, activity);
    const stopped = listening.scope.run(() => condition(() => run.pace.draining));
    stopped.then(() => listening.scope.cancel()).catch(() => undefined); // Cancelled at the end.
    return listening;
  }

  async #watch(listening: Listening, activity: Promise<unknown>): Promise<void> {
    try {
      const result = await activity;
      // In a rehearsal the messages are what the call is answered with.
      if (Array.isArray(result)) this.#state.queue.push(...(result as InboundMessage[]));
      this.#state.over = true;
    } catch (error) {
      const wasStopped = listening.scope.consideredCancelled || isCancellation(error) || isRelieved(error);
      if (!wasStopped) listening.failure = { error };
    } finally {
      listening.ended = true;
      if (this.#listening === listening && !listening.failure) this.#listening = undefined;
    }
  }
}

type Listening = { scope: CancellationScope; ended: boolean; failure?: { error: unknown } };

/** The activity has listened for as long as one may: the next takes over. */
function isRelieved(error: unknown): boolean {
  const cause = error instanceof ActivityFailure ? error.cause : undefined;
  return cause instanceof TimeoutFailure && cause.timeoutType === 'START_TO_CLOSE';
}

function flooded(): Error {
  return standardFault(
    'runtime',
    `more than ${MAX_WAITING} messages are waiting: they arrive faster than foreach handles them. To fix: filter more of them out`,
  );
}
