import { uuid4, workflowInfo } from '@temporalio/workflow';
import type { AutomationInput } from '../../core/model/run.ts';
import { Pace } from './continue.ts';
import { Inbox } from './events.ts';
import { createEvaluator } from '../data/expressions.ts';
import { unpack, type Handover } from './handover.ts';
import { Incidents } from './incidents.ts';
import type { Run, Walker } from './place.ts';
import { Lifecycle } from './lifecycle.ts';
import { ProgressBoard } from './progress.ts';
import type { RunState } from './state.ts';
import { Subscriptions } from './subscriptions.ts';

/** Opens a run: fresh, or where it was when it continued as new. */
export function openRun({ definition, hash, input, options, resume }: AutomationInput, walker: Walker): Run {
  const state =
    resume === undefined
      ? freshState(input, options.rehearsal?.startsAt ?? workflowInfo().startTime.getTime())
      : (unpack(resume as Handover) as RunState);
  const pace = new Pace(state, definition);
  const id = workflowInfo().workflowId;
  const lifecycle = new Lifecycle({ id, definition, options, state });
  return {
    id,
    definition,
    hash,
    options,
    state,
    walker,
    evaluator: createEvaluator(definition.evaluate?.mode ?? 'strict', definition.use?.secrets ?? []),
    pace,
    inbox: new Inbox(state.inbox),
    incidents: new Incidents(state),
    subscriptions: new Subscriptions(),
    progress: new ProgressBoard(state, pace, (reference, phase) => lifecycle.taskPhase(reference, phase)),
    lifecycle,
    cancelled: false,
  };
}

function freshState(input: unknown, startedAt: number): RunState {
  return {
    input,
    startedAt,
    context: {},
    root: { at: -1, data: null },
    calls: {},
    inbox: { next: 0, events: [] },
    tasks: [],
    incidents: [],
    suspended: false,
    secretsToken: uuid4(),
    steps: 0,
  };
}
