import { allHandlersFinished, condition, sleep, workflowInfo } from '@temporalio/workflow';
import { guardState } from './bounds.ts';
import { standardFault } from './errors.ts';
import type { RunState } from './state.ts';

/**
 * Tasks that run without a pause before the walker takes a breath. Temporal gives one activation about two seconds
 * before it suspects a deadlock; a task that only computes takes about half a millisecond.
 */
const STEPS_PER_BREATH = 1000;
/** Tasks of one run before it counts as an endless loop: parked (or failed), so that an operator sees it. */
const MAX_STEPS = 1_000_000;

/**
 * The pace of a run: when it may go on, and when it is quiet enough to continue as new.
 *
 * Continue-as-new hands the tree of frames to a fresh history. That is safe whenever no call is under way: a wait, a
 * listen, a parked task and a task that has not begun can all be taken up again from their frames. So once Temporal
 * suggests it, the gate lets no further task begin; calls under way end; then the run continues. A call that may take
 * days (an approval, a child) is `pinned`: while one is under way, the run does not even try.
 */
export class Pace {
  readonly #state: RunState;
  readonly #definition: object;
  #busy = 0;
  #pinned = 0;
  #draining = false;

  constructor(state: RunState, definition: object) {
    this.#state = state;
    this.#definition = definition;
  }

  /** Calls under way. */
  get busy(): number {
    return this.#busy;
  }

  /** The run is about to continue as new, once no call is under way any more. */
  get draining(): boolean {
    return this.#draining;
  }

  /**
   * Every task passes here before it begins: a suspended run waits, a run about to continue as new stops for good.
   * Undefined: nothing to wait for.
   */
  gate(): Promise<void> | undefined {
    this.#countStep();
    if (!this.#draining && this.#pinned === 0 && workflowInfo().continueAsNewSuggested) {
      guardState(this.#state, this.#definition);
      this.#draining = true;
    }
    const breathes = this.#state.steps % STEPS_PER_BREATH === 0;
    return breathes || this.#held ? this.#hold(breathes) : undefined;
  }

  /** Lets no further task begin: the run is to continue as new as soon as it stands still. */
  drain(): void {
    this.#draining = true;
  }

  get #held(): boolean {
    return this.#draining || this.#state.suspended;
  }

  async #hold(breathes: boolean): Promise<void> {
    if (breathes) await sleep(1);
    if (this.#held) await condition(() => !this.#held);
  }

  /** Runs a call during which the run cannot continue as new. `pinned`: it may take long. */
  async busily<T>(work: () => Promise<T>, pinned = false): Promise<T> {
    this.#busy++;
    if (pinned) {
      this.#pinned++;
      this.#draining = false;
    }
    try {
      return await work();
    } finally {
      this.#busy--;
      if (pinned) this.#pinned--;
    }
  }

  /** Resolves when the run stands still and should continue as new. Never while an update is being answered. */
  async drained(isIdle: () => boolean): Promise<void> {
    await condition(() => this.#draining && this.#busy === 0 && allHandlersFinished() && isIdle());
  }

  #countStep(): void {
    this.#state.steps++;
    if (this.#state.steps <= MAX_STEPS) return;
    // Whoever decides to go on gets the same number of tasks again.
    this.#state.steps = 0;
    throw standardFault('runtime', `${MAX_STEPS} tasks have run: is there an endless loop (then, for, until)?`);
  }
}
