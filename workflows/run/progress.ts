import { condition, upsertSearchAttributes } from '@temporalio/workflow';
import type { WorkflowDefinition } from '../../core/language/types.ts';
import type { StatusPhase } from '../../core/model/lifecycle.ts';
import { SEARCH_ATTRIBUTES, type Incident, type Progress, type TaskState } from '../../core/model/run.ts';
import { isoNow } from './clock.ts';
import type { Pace } from './continue.ts';
import { sizeOf } from './bounds.ts';
import type { RunState } from './state.ts';

/** Tasks that the query shows. A run may have thousands; consoles show the last ones. */
const MAX_TASKS = 200;

/** Data of all incidents together that an answer carries: Temporal takes 2 MB, and a page shows some thousand characters. */
const MAX_SHOWN_BYTES = 1024 * 1024;

type Status = Progress['status'];

/** What the run is doing, for the query `progress` and the search attributes. */
export class ProgressBoard {
  readonly #state: RunState;
  readonly #pace: Pace;
  readonly #tell: (reference: string, phase: StatusPhase) => void;
  #waiting = 0;
  #waitingCalls = 0;
  #end: Status | undefined;

  /** @param tell hears of tasks that begin to wait, and go on */
  constructor(state: RunState, pace: Pace, tell: (reference: string, phase: StatusPhase) => void) {
    this.#state = state;
    this.#pace = pace;
    this.#tell = tell;
  }

  /** Notes that a task begins, or goes on after continue-as-new. */
  begin(name: string, reference: string): TaskState {
    const open = this.#state.tasks.findLast((task) => task.reference === reference && task.endedAt === undefined);
    if (open) return open;
    const entry: TaskState = { task: name, reference, status: 'running', startedAt: isoNow() };
    this.#state.tasks.push(entry);
    if (this.#state.tasks.length > MAX_TASKS) this.#forgetOne();
    return entry;
  }

  end(entry: TaskState, status: 'completed' | 'faulted' | 'skipped' | 'cancelled'): void {
    entry.status = status;
    entry.endedAt = isoNow();
  }

  /** Notes which case a switch took. */
  choose(reference: string, choice: string): void {
    const entry = this.#state.tasks.findLast((task) => task.reference === reference);
    if (entry) entry.choice = choice;
  }

  /**
   * Shows the task as waiting while `work` runs. `what`: what for, in words. `call`: the waiting is itself a call, as a
   * flow function is.
   */
  async waiting<T>(reference: string, what: string, work: () => Promise<T>, call = false): Promise<T> {
    const entry = this.#state.tasks.findLast((task) => task.reference === reference);
    // After continue-as-new it goes on waiting.
    if (entry && entry.status !== 'waiting') this.#tell(reference, 'waiting');
    if (entry) Object.assign(entry, { status: 'waiting', waitsFor: what });
    this.#waiting++;
    if (call) this.#waitingCalls++;
    let goesOn = false;
    try {
      const result = await work();
      goesOn = true;
      return result;
    } finally {
      this.#waiting--;
      if (call) this.#waitingCalls--;
      delete entry?.waitsFor;
      if (entry?.status === 'waiting') {
        entry.status = 'running';
        if (goesOn) this.#tell(reference, 'running');
      }
    }
  }

  /** Shows in which queue the task is while `work` waits for its answer. It counts as running: nobody has to do anything. */
  async inQueue<T>(reference: string, queue: string, work: () => Promise<T>): Promise<T> {
    const entry = this.#state.tasks.findLast((task) => task.reference === reference);
    if (entry) entry.queue = queue;
    try {
      return await work();
    } finally {
      delete entry?.queue;
    }
  }

  /** The whole run has ended so. */
  close(status: Status): void {
    this.#end = status;
  }

  get status(): Status {
    if (this.#end) return this.#end;
    if (this.#state.incidents.length > 0) return 'parked';
    if (this.#state.suspended) return 'suspended';
    return this.#waiting > 0 && this.#pace.busy <= this.#waitingCalls ? 'waiting' : 'running';
  }

  /** The specification has no word for a parked run: it halts until someone lets it go on. */
  get phase(): StatusPhase {
    const { status } = this;
    return status === 'parked' ? 'suspended' : status;
  }

  /** Answer of the query. */
  report({ document: { namespace, name, version } }: WorkflowDefinition, hash: string): Progress {
    return {
      definition: { namespace, name, version, hash },
      status: this.status,
      tasks: this.#state.tasks,
      incidents: shownIncidents(this.#state.incidents),
    };
  }

  /** Keeps the search attributes up to date. A state that comes and goes within one activation is not written. */
  async publish({ document: { namespace, name } }: WorkflowDefinition): Promise<never> {
    upsertSearchAttributes({ [SEARCH_ATTRIBUTES.definition]: [`${namespace}/${name}`] });
    let published: Status | undefined;
    for (;;) {
      await condition(() => this.status !== published);
      published = this.status;
      upsertSearchAttributes({ [SEARCH_ATTRIBUTES.state]: [published] });
    }
  }

  /** Drops the oldest task that has ended. */
  #forgetOne(): void {
    const oldest = this.#state.tasks.findIndex((task) => task.endedAt !== undefined);
    this.#state.tasks.splice(Math.max(oldest, 0), 1);
  }
}

/** Incidents with as much of their data as fits: a run that is parked because its data are too large must still answer. */
function shownIncidents(incidents: readonly Incident[]): Incident[] {
  let left = MAX_SHOWN_BYTES;
  return incidents.map(({ input, with: args, ...incident }) => {
    const size = sizeOf(input) + sizeOf(args);
    if (size > left) return { ...incident, input: `(${size} bytes, too much to be shown here)` };
    left -= size;
    return { ...incident, input, ...(args !== undefined && { with: args }) };
  });
}
