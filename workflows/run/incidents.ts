import { condition, uuid4 } from '@temporalio/workflow';
import type { Resolution } from '../../core/model/effect.ts';
import { OperatorAct, type Incident } from '../../core/model/run.ts';
import type { Problem } from '../../core/model/problem.ts';
import { Fault } from './errors.ts';
import { isoNow } from './clock.ts';
import type { RunState } from './state.ts';

export type Decision = { act: OperatorAct; incident: Incident };

/** Parked tasks and what operators decide about them. */
export class Incidents {
  readonly #state: RunState;
  readonly #acts = new Map<string, OperatorAct>();

  constructor(state: RunState) {
    this.#state = state;
  }

  /** Opens an incident and gives its id. `task`: what the task had, for the operator to see and change. */
  open(reference: string, problem: Problem, task: { input: unknown; with?: unknown }): string {
    const id = uuid4();
    this.#state.incidents.push({ id, reference, problem, ...task, since: isoNow() });
    return id;
  }

  find(id: string): Incident | undefined {
    return this.#state.incidents.find((incident) => incident.id === id);
  }

  /** Waits for an operator. The incident is closed by the decision, and by a cancellation of the task. */
  async decision(id: string): Promise<Decision> {
    try {
      await condition(() => this.#acts.has(id));
      const [act, incident] = [this.#acts.get(id), this.find(id)];
      if (!act || !incident) throw new Error(`incident ${id} is gone`);
      return { act, incident };
    } finally {
      this.#acts.delete(id);
      this.#state.incidents = this.#state.incidents.filter((incident) => incident.id !== id);
    }
  }

  /** Validator of the update `operate`: refuses an act that is misshapen, or whose incident is not open (any more). */
  check(act: unknown): void {
    const parsed = OperatorAct.safeParse(act);
    if (!parsed.success) throw new Error(`not an act of an operator: ${parsed.error.message}`);
    const { incident, act: what } = parsed.data;
    const open = this.find(incident);
    if (!open || this.#acts.has(incident)) {
      throw new Error(`incident ${incident} is not open: it has been decided, or the task was cancelled`);
    }
    if ((what === 'confirm' || what === 'none') && open.problem.unconfirmed === undefined) {
      throw new Error(`incident ${incident} is of a known outcome: there is nothing to confirm, try again or skip`);
    }
  }

  /** Handler of the update `operate`, after {@link check}. */
  decide(act: OperatorAct): void {
    this.#acts.set(act.incident, act);
  }
}

/** What the operator says of the attempt that the incident is about, and of no later one. */
export function resolutionOf(
  act: Extract<OperatorAct, { act: 'confirm' | 'none' }>,
  { problem }: Incident,
): Resolution {
  const since = problem.unconfirmed?.since ?? '';
  if (act.act === 'none') return { how: 'none', since };
  const { record, output } = act;
  return { how: 'there', since, ...(record !== undefined && { record }), ...(output !== undefined && { output }) };
}

/** An operator ends the run: the problem it was parked for, with the reason, past all catching. */
export function endedByOperator({ problem }: Incident, reason: string): Fault {
  const detail = [problem.detail, `Ended by an operator: ${reason}`].filter(Boolean).join(' ');
  return new Fault({ ...problem, detail }, 'ended');
}
