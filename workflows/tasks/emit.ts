import type { EmitTask } from '../../core/language/types.ts';
import { CloudEvent } from '../../core/events/cloud-event.ts';
import { PUBLISH_ACTIVITY } from '../../core/model/run.ts';
import { callActivity, callInfo } from '../run/activities.ts';
import { taskArguments } from '../data/arguments.ts';
import { isoNow } from '../run/clock.ts';
import { standardFault } from '../run/errors.ts';
import { bodyOf } from '../run/state.ts';
import type { Runner, Step } from './step.ts';

/**
 * DSL "Emit": publishes a CloudEvent and outputs it. Its id is the call's idempotency key unless the definition gives
 * one, so that a second attempt publishes the same event and not another.
 */
export const emitTask: Runner<EmitTask> = async (step) => {
  const { event } = bodyOf(step.frame, () => ({ event: eventOf(step, step.task) }));
  await callActivity(step, PUBLISH_ACTIVITY, event);
  return { output: event };
};

function eventOf(step: Step, task: EmitTask): CloudEvent {
  const { namespace, name, version } = step.run.definition.document;
  const properties = step.run.evaluator.value(task.emit.event.with ?? {}, step.input, taskArguments(step, step));
  const parsed = CloudEvent.safeParse({
    specversion: '1.0',
    id: callInfo(step).key,
    time: isoNow(),
    source: `/${namespace}/${name}/${version}`,
    ...(typeof properties === 'object' && properties),
  });
  if (!parsed.success) throw standardFault('validation', `no CloudEvent can be made of this: ${parsed.error.message}`);
  return parsed.data;
}
