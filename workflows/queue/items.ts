import type { PauseRequest, Priority, QueueItem, QueueItemView, QueueView } from '../../core/model/queue.ts';
import type { Problem } from '../../core/model/problem.ts';
import { outagePause } from './policy.ts';

/**
 * Items that a queue holds. One takes some 600 bytes in a history, and a history must hold all of them in one piece when
 * it continues as new (2 MB at most): who comes later is told that the queue is full, and asks again.
 */
const MOST_ITEMS = 2_000;
/** Ended items that people see. */
const MOST_RECENT = 50;

const RANK: Record<Priority, number> = { high: 0, normal: 1, low: 2 };
/** After every date. */
const NO_DUE_DATE = '9999-12-31';

export type Waiting = {
  item: QueueItem;
  /** Order in which they came. */
  seq: number;
  addedAt: string;
  attempts: number;
  /** Milliseconds since the epoch. */
  notBefore: number;
  problem?: Problem;
};

export type QueueState = {
  name: string;
  seq: number;
  items: Waiting[];
  recent: QueueItemView[];
  paused?: PauseRequest & { since: string };
  outage?: { since: number; failures: number; notBefore: number; problem: Problem };
};

export const freshQueue = (name: string): QueueState => ({ name, seq: 0, items: [], recent: [] });

/** The items of one queue: pure, so that what comes next can be told and tested without a server. `now` in milliseconds. */
export class Items {
  readonly state: QueueState;
  running: Waiting | undefined;

  constructor(state: QueueState) {
    this.state = state;
  }

  /** Takes an item. `known`: it is here already. `full`: there is no room. */
  add(item: QueueItem, now: number): 'added' | 'known' | 'full' {
    const { items } = this.state;
    if (items.some((each) => each.item.id === item.id)) return 'known';
    if (items.length >= MOST_ITEMS) return 'full';
    this.state.seq += 1;
    items.push({ item, seq: this.state.seq, addedAt: iso(now), attempts: 0, notBefore: 0 });
    return 'added';
  }

  /** The item to do now, or undefined. Of several with the same reference one at a time, in the order they came. */
  next(now: number): Waiting | undefined {
    if (this.state.paused || this.running || (this.state.outage?.notBefore ?? 0) > now) return undefined;
    return this.ordered().find((each) => each.notBefore <= now && !this.#follows(each));
  }

  /** Milliseconds until something may be done by itself; undefined: only a message can change anything. */
  wakesIn(now: number): number | undefined {
    if (this.state.paused || this.running || this.state.items.length === 0) return undefined;
    const soonest = Math.min(
      ...this.state.items.filter((each) => !this.#follows(each)).map(({ notBefore }) => notBefore),
    );
    return Math.max(soonest, this.state.outage?.notBefore ?? 0) - now;
  }

  /** By priority, then due date, then order of arrival. */
  ordered(): Waiting[] {
    return this.state.items.toSorted(
      (a, b) =>
        RANK[a.item.priority] - RANK[b.item.priority] ||
        (a.item.due ?? NO_DUE_DATE).localeCompare(b.item.due ?? NO_DUE_DATE) ||
        a.seq - b.seq,
    );
  }

  /** Those that asked for exactly the same as this one while it was waiting or under way: one answer is for all. */
  twins({ item }: Waiting): Waiting[] {
    return this.state.items.filter(
      (each) =>
        each.item.id !== item.id &&
        each.item.function === item.function &&
        each.item.reference === item.reference &&
        each.item.args === item.args,
    );
  }

  end(ended: Waiting, state: 'done' | 'failed' | 'withdrawn', now: number, problem?: Problem): void {
    this.state.items = this.state.items.filter((each) => each !== ended);
    const view = viewOf({ ...ended, ...(problem && { problem }) }, state);
    this.state.recent = [{ ...view, endedAt: iso(now) }, ...this.state.recent].slice(0, MOST_RECENT);
  }

  find(id: string): Waiting | undefined {
    return this.state.items.find((each) => each.item.id === id);
  }

  pause(request: PauseRequest, now: number): void {
    this.state.paused = { ...request, since: iso(now) };
  }

  resume(): void {
    delete this.state.paused;
    delete this.state.outage;
  }

  /** Tries one item, or all, at once, whatever pause they are in. */
  hurry(id?: string): void {
    delete this.state.outage;
    for (const each of this.state.items) if (id === undefined || each.item.id === id) each.notBefore = 0;
  }

  /** One more failure of the target. Milliseconds since the first of this outage. */
  noteOutage(problem: Problem, now: number): number {
    const { since, failures } = this.state.outage ?? { since: now, failures: 0 };
    this.state.outage = { since, failures: failures + 1, notBefore: now + outagePause(failures + 1), problem };
    return now - since;
  }

  /** The target is closed and says when it opens: no outage, however long it is. */
  noteClosed(problem: Problem, opens: number): void {
    this.state.outage = { since: opens, failures: 0, notBefore: opens, problem };
  }

  noteSuccess(): void {
    delete this.state.outage;
  }

  view(now: number): QueueView {
    const { name, paused, outage, recent } = this.state;
    const down = outage && outage.notBefore > now;
    return {
      name,
      state: paused
        ? 'paused'
        : this.running
          ? 'working'
          : down
            ? 'target-down'
            : this.state.items.length > 0
              ? 'working'
              : 'idle',
      ...(paused && { paused }),
      ...(outage && { notBefore: iso(outage.notBefore), problem: outage.problem }),
      items: this.ordered().map((each) => viewOf(each, each === this.running ? 'running' : 'waiting')),
      recent,
    };
  }

  #follows({ item, seq }: Waiting): boolean {
    return this.state.items.some((each) => each.item.reference === item.reference && each.seq < seq);
  }
}

function viewOf(
  { item, addedAt, attempts, notBefore, problem }: Waiting,
  state: QueueItemView['state'],
): QueueItemView {
  const { args: _args, call, ...rest } = item;
  return {
    ...rest,
    run: call.run,
    state,
    attempts,
    addedAt,
    ...(state === 'waiting' && notBefore > 0 && { notBefore: iso(notBefore) }),
    ...(problem && { problem }),
  };
}

const iso = (ms: number): string => new Date(ms).toISOString();
