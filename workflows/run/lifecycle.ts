import { CancellationScope, condition } from '@temporalio/workflow';
import type { WorkflowDefinition } from '../../core/language/types.ts';
import type { CloudEvent } from '../../core/events/cloud-event.ts';
import { LIFECYCLE_TYPES, type LifecycleSubject, type StatusPhase } from '../../core/model/lifecycle.ts';
import type { Problem } from '../../core/model/problem.ts';
import type { RunOptions } from '../../core/model/run.ts';
import { isoNow } from './clock.ts';
import type { LifecycleState, RunState } from './state.ts';

/** Events of tasks that one run tells at most: a loop over thousands of rows would drown whoever listens. */
const MAX_TASK_EVENTS = 2_000;
/** Events that are published at once: some hundred bytes each. */
const BATCH = 100;

/** The phase that something leads to; what is missing here changes none. */
const PHASE_AFTER: Partial<Record<LifecycleSubject['workflow' | 'task'], StatusPhase>> = {
  created: 'pending',
  started: 'running',
  suspended: 'suspended',
  resumed: 'running',
  cancelled: 'cancelled',
  faulted: 'faulted',
  completed: 'completed',
};

type Details = { error?: Problem; definition?: object; correlationKeys?: object };
type Told = { id: string; definition: WorkflowDefinition; options: RunOptions; state: RunState };

/**
 * DSL "Lifecycle Events": CloudEvents about what happens to a run and, where the installation wants these too, to its
 * tasks. They are published side by side with the work, in order, several at a time; a run waits for them only at its
 * end, and before it continues as new.
 */
export class Lifecycle {
  readonly #told: Told;
  #busy = false;

  constructor(told: Told) {
    this.#told = told;
  }

  /** Something happened to the run. */
  workflow(what: LifecycleSubject['workflow'], details: Details = {}): void {
    if (!this.#isTold) return;
    this.#push('workflow', what, { name: this.#told.id, ...details });
    const phase = PHASE_AFTER[what];
    if (phase) this.#workflowPhase(phase);
  }

  /** Something happened to a task. */
  task(what: LifecycleSubject['task'], reference: string, details: Details = {}): void {
    this.#pushTask(what, reference, details);
    const phase = PHASE_AFTER[what];
    if (phase) this.taskPhase(reference, phase);
  }

  /** A task is in another phase, where nothing else tells it. */
  taskPhase(reference: string, status: StatusPhase): void {
    if (this.#told.options.lifecycleStatus) this.#pushTask('status-changed', reference, { status });
  }

  /** Tells the phases of the run that come by themselves: it waits, it goes on. One that lasts no longer than a moment is not told. */
  async follow(phase: () => StatusPhase): Promise<never> {
    const last = (): StatusPhase | undefined => this.#told.state.lifecycle?.phase;
    for (;;) {
      await condition(() => last() !== undefined && last() !== phase());
      this.#workflowPhase(phase());
    }
  }

  /** Nothing is left to publish. */
  get isIdle(): boolean {
    return !this.#busy && (this.#told.state.lifecycle?.queue.length ?? 0) === 0;
  }

  /** Publishes what comes, also while the run is being cancelled. */
  start(publish: (events: CloudEvent[]) => Promise<unknown>): void {
    if (!this.#isTold) return;
    void CancellationScope.nonCancellable(async () => {
      for (;;) {
        await condition(() => this.#state().queue.length > 0);
        await this.#publishNext(publish);
      }
    });
  }

  /** Waits until everything is told. */
  async told(): Promise<void> {
    if (!this.isIdle) await CancellationScope.nonCancellable(() => condition(() => this.isIdle));
  }

  /** What cannot be published after all attempts is dropped: news of the work must not hold up the work. */
  async #publishNext(publish: (events: CloudEvent[]) => Promise<unknown>): Promise<void> {
    const { queue } = this.#state();
    const events = queue.slice(0, BATCH);
    this.#busy = true;
    try {
      await publish(events);
    } catch {
      // Told nowhere: the run's own history has it all.
    } finally {
      queue.splice(0, events.length);
      this.#busy = false;
    }
  }

  get #isTold(): boolean {
    return (this.#told.options.lifecycle ?? 'none') !== 'none';
  }

  #workflowPhase(status: StatusPhase): void {
    const { options, id } = this.#told;
    const state = this.#state();
    if (!options.lifecycleStatus || state.phase === status) return;
    state.phase = status;
    this.#push('workflow', 'status-changed', { name: id, status });
  }

  #pushTask(what: string, reference: string, details: object): void {
    const { options, id } = this.#told;
    if (options.lifecycle !== 'all') return;
    const state = this.#state();
    state.tasks += 1;
    if (state.tasks > MAX_TASK_EVENTS) return;
    this.#push('task', what, { workflow: id, task: reference, ...details });
  }

  #state(): LifecycleState {
    return (this.#told.state.lifecycle ??= { next: 0, tasks: 0, queue: [] });
  }

  #push(subject: 'workflow' | 'task', what: string, data: object): void {
    const { id, definition } = this.#told;
    const { namespace, name, version } = definition.document;
    const time = isoNow();
    const state = this.#state();
    state.next += 1;
    state.queue.push({
      specversion: '1.0',
      id: `${id}/lifecycle/${state.next}`,
      source: `/${namespace}/${name}/${version}`,
      type: `${LIFECYCLE_TYPES}${subject}.${what}.v1`,
      time,
      subject: id,
      data: { ...data, [momentOf(what)]: time },
    });
  }
}

/** `started` → `startedAt`, `correlation-started` → `startedAt`. */
function momentOf(what: string): string {
  if (what === 'status-changed') return 'updatedAt';
  return `${what.split('-').at(-1)}At`;
}
