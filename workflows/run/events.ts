import { condition } from '@temporalio/workflow';
import type { CloudEvent } from '../../core/events/cloud-event.ts';
import type { InboxEvent, InboxState } from './state.ts';

/**
 * Events kept for tasks that will listen later. More than this waiting for nobody is a flood: the oldest go, so that
 * the run's state stays far below Temporal's 2 MB for one payload.
 */
const MAX_EVENTS = 1000;

/**
 * Events that have arrived, until they are consumed. An event is consumed once per strand: branches of a fork that
 * listen for the same event each get it, tasks that follow one another do not get it twice. Events that arrive before
 * anybody listens wait.
 */
export class Inbox {
  readonly #state: InboxState;

  constructor(state: InboxState) {
    this.#state = state;
  }

  /** Handler of the signal `event`. The same event (source and id, CloudEvents "id") arriving again is dropped. */
  arrive(event: CloudEvent): void {
    const { events } = this.#state;
    if (events.some((known) => known.event.id === event.id && known.event.source === event.source)) return;
    events.push({ sequence: this.#state.next++, event, consumedBy: [] });
    if (events.length > MAX_EVENTS) events.shift();
  }

  /** The first event from `sequence` on that this strand may consume; waits for one. */
  async next(strand: string, sequence: number): Promise<InboxEvent> {
    await condition(() => this.#find(strand, sequence) !== undefined);
    const found = this.#find(strand, sequence);
    if (!found) throw new Error('an event vanished between condition and use');
    return found;
  }

  /** Marks an event as consumed by a strand. Outside of forks nobody else can want it: it goes at once. */
  consume(event: InboxEvent, strand: string): void {
    event.consumedBy.push(strand);
    if (strand === '') this.#state.events = this.#state.events.filter((other) => other !== event);
  }

  /** A fork has ended: what its branches consumed is consumed for the strand around it. */
  closeFork(strand: string): void {
    this.#state.events = this.#state.events.filter(
      ({ consumedBy }) => !consumedBy.some((branch) => isWithin(branch, strand)),
    );
  }

  #find(strand: string, sequence: number): InboxEvent | undefined {
    return this.#state.events.find(
      (event) => event.sequence >= sequence && !event.consumedBy.some((other) => related(other, strand)),
    );
  }
}

/** One strand lies inside the other: what one consumed, the other may not have again. */
function related(a: string, b: string): boolean {
  return isWithin(a, b) || isWithin(b, a);
}

function isWithin(inner: string, outer: string): boolean {
  return outer === '' || inner === outer || inner.startsWith(`${outer}/`);
}
