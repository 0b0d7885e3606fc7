import { CancellationScope, condition, sleep } from '@temporalio/workflow';
import { setClock } from './clock.ts';
import { standardFault } from './errors.ts';
import type { Run } from './place.ts';

/** The run is looked at after everything that it could do at once is done: one tick of Temporal's own timer. */
const SETTLE_MS = 1;

type Timer = { at: number; ring: () => void };

/**
 * A clock for rehearsals. It stands still while the run computes or calls something, and jumps to whatever comes next,
 * a timer or an event, once nothing but time is waited for: a run over weeks takes as long as its calls, and a timeout
 * never strikes because a machine is slow. Deterministic, as everything here must be.
 */
class RehearsalClock {
  readonly #timers: Timer[] = [];
  #now: number;

  constructor(now: number) {
    this.#now = now;
  }

  now(): number {
    return this.#now;
  }

  pause(ms: number): Promise<void> {
    return new Promise((done, fail) => {
      const timer = { at: this.#now + ms, ring: done };
      this.#timers.push(timer);
      const scope = CancellationScope.current();
      if (!scope.consideredCancelled) scope.cancelRequested.catch((error: unknown) => (this.#drop(timer), fail(error)));
    });
  }

  /** Moment of the timer that rings next. */
  get next(): number {
    return Math.min(...this.#timers.map(({ at }) => at));
  }

  /** Lets time pass until a moment; every timer that is due rings. */
  passTo(moment: number): void {
    this.#now = Math.max(this.#now, moment);
    for (const timer of this.#timers.filter(({ at }) => at <= this.#now)) {
      this.#drop(timer);
      timer.ring();
    }
  }

  #drop(timer: Timer): void {
    const index = this.#timers.indexOf(timer);
    if (index >= 0) this.#timers.splice(index, 1);
  }
}

/** Starts the rehearsal of a run that is one: a promise that only ever rejects, with a fault, where the run is stuck. */
export function rehearse(run: Run): Promise<never>[] {
  const { rehearsal } = run.options;
  if (!rehearsal) return [];
  const { startedAt } = run.state;
  const clock = new RehearsalClock(startedAt);
  setClock(clock);
  const events = rehearsal.events
    .map(({ atMs, event }) => ({ at: startedAt + atMs, event }))
    .sort((a, b) => a.at - b.at);
  return [letTimePass(run, clock, events)];
}

async function letTimePass(run: Run, clock: RehearsalClock, events: Arrival[]): Promise<never> {
  for (;;) {
    await condition(() => run.pace.busy === 0);
    const { steps } = run.state;
    await sleep(SETTLE_MS);
    if (run.pace.busy > 0 || run.state.steps !== steps) continue;
    const [event] = events;
    if (event && event.at <= clock.next) {
      events.shift();
      clock.passTo(event.at);
      run.inbox.arrive(event.event);
    } else if (clock.next < Infinity) clock.passTo(clock.next);
    else throw standardFault('timeout', `nothing more can happen: ${waitsAt(run)}, and no event is left`);
  }
}

type Arrival = { at: number; event: Parameters<Run['inbox']['arrive']>[0] };

function waitsAt({ state }: Run): string {
  const waiting = state.tasks.filter(({ status }) => status === 'waiting').map(({ task }) => `"${task}"`);
  return waiting.length > 0 ? `the run waits at ${waiting.join(', ')}` : 'the run waits';
}
