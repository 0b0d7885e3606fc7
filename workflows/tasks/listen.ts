import type { EventConsumptionStrategy, EventFilter, ListenTask } from '../../core/language/types.ts';
import type { CloudEvent } from '../../core/events/cloud-event.ts';
import { readEvent } from '../../core/events/read-event.ts';
import { taskArguments } from '../data/arguments.ts';
import { matches, type Correlations, type MatchContext } from '../data/matching.ts';
import { bodyOf, type InboxEvent } from '../run/state.ts';
import { type Current, iterate } from './iterate.ts';
import type { Runner, Step } from './step.ts';

type Body = {
  /** Consumed events as read, transformed by `foreach`: the output. */
  output: unknown[];
  /** First event not looked at yet. */
  sequence: number;
  correlations: Correlations;
  /** Filters of `all` that have had their event, here and in `until`. */
  satisfied: number[];
  until: number[];
  finished: boolean;
  /** The event that `foreach` is busy with. */
  current?: Current;
};

type ListenStep = Step & { task: ListenTask };
type Until = Extract<EventConsumptionStrategy, { any: unknown }>['until'];

/** DSL "Listen": consumes events by `one`, `all`, or `any` with or without `until`; the output is the list of them. */
export const listenTask: Runner<ListenTask> = async (step) => {
  const body = bodyOf<Body>(step.frame, () => ({
    output: [],
    sequence: 0,
    correlations: {},
    satisfied: [],
    until: [],
    finished: false,
  }));
  const correlates = correlating(step.task.listen.to);
  if (correlates && body.sequence === 0) step.run.lifecycle.workflow('correlation-started');
  for (;;) {
    if (body.current && step.task.foreach) {
      const place = { at: body.output.length, base: `${step.reference}/foreach/do` };
      const iterated = await iterate(step, step.task.foreach, body.current, place);
      if ('ended' in iterated) return iterated.ended;
      body.output.push(iterated.output);
      delete body.current;
    }
    if (body.finished) {
      const correlationKeys = body.correlations;
      if (correlates) step.run.lifecycle.workflow('correlation-completed', { correlationKeys });
      return { output: body.output };
    }
    await consumeNext(step, body);
    await step.run.pace.gate();
  }
};

/** What a listening waits for, in words. */
function wanted(to: EventConsumptionStrategy): string {
  const filters = 'one' in to ? [to.one] : 'any' in to ? to.any : to.all;
  const types = filters.map(({ with: { type, ...rest } }) => type ?? `any with ${Object.keys(rest).join(', ')}`);
  return types.length === 0 ? 'any event' : `the event ${types.join('all' in to ? ' and ' : ' or ')}`;
}

/** True where events are brought together by what they carry. */
function correlating(to: EventConsumptionStrategy): boolean {
  const filters = 'one' in to ? [to.one] : 'any' in to ? to.any : to.all;
  return filters.some(({ correlate }) => correlate !== undefined);
}

/** Waits for the next event and looks whether it belongs here. */
async function consumeNext(step: ListenStep, body: Body): Promise<void> {
  const { run, strand, task } = step;
  const arrived = await run.progress.waiting(step.reference, wanted(task.listen.to), () =>
    run.inbox.next(strand, body.sequence),
  );
  body.sequence = arrived.sequence + 1;
  const { to } = task.listen;
  const context = contextOf(step, body);
  if (isEnding(to, arrived.event, body, context)) {
    run.inbox.consume(arrived, strand);
    body.finished = true;
    return;
  }
  if (!isWanted(to, arrived.event, body, context)) return;
  run.inbox.consume(arrived, strand);
  take(step, body, arrived);
  body.finished = isFinished(to, body, step);
}

/** Puts a consumed event into the output, or hands it to `foreach`. */
function take({ task }: ListenStep, body: Body, { event }: InboxEvent): void {
  const item = readEvent(event, task.listen.read ?? 'data');
  if (task.foreach) body.current = { item, list: { at: 0, data: item } };
  else body.output.push(item);
}

/** An event that ends the listening (`until` with events). It does not belong to the output. */
function isEnding(to: EventConsumptionStrategy, event: CloudEvent, body: Body, context: MatchContext): boolean {
  const until: Until = 'any' in to && 'until' in to ? to.until : undefined;
  if (typeof until !== 'object') return false;
  return isWanted(until, event, { ...body, satisfied: body.until }, context) && isComplete(until, body.until);
}

/** Whether the strategy wants the event; of `all`, each filter wants one. */
function isWanted(
  to: EventConsumptionStrategy,
  event: CloudEvent,
  { satisfied }: Pick<Body, 'satisfied'>,
  context: MatchContext,
): boolean {
  if ('one' in to) return matches(event, to.one, context);
  if ('any' in to) return to.any.length === 0 || to.any.some((filter) => matches(event, filter, context));
  const index = to.all.findIndex(
    (filter: EventFilter, i: number) => !satisfied.includes(i) && matches(event, filter, context),
  );
  if (index >= 0) satisfied.push(index);
  return index >= 0;
}

const isComplete = (to: EventConsumptionStrategy, satisfied: number[]): boolean =>
  !('all' in to) || satisfied.length === to.all.length;

/** After a consumed event: `until` as an expression sees the events consumed so far as its input. */
function isFinished(to: EventConsumptionStrategy, body: Body, step: ListenStep): boolean {
  if (!('any' in to) || !('until' in to) || to.until === undefined) return isComplete(to, body.satisfied);
  if (typeof to.until !== 'string') return false;
  const consumed = body.current ? [...body.output, body.current.item] : body.output;
  return step.run.evaluator.condition(to.until, consumed, taskArguments(step, step));
}

function contextOf(step: ListenStep, { correlations }: Body): MatchContext {
  return { evaluator: step.run.evaluator, input: step.input, args: taskArguments(step, step), correlations };
}
