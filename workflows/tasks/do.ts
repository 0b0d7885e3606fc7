import type { DoTask } from '../../core/language/types.ts';
import { bodyOf, type ListFrame } from '../run/state.ts';
import type { Runner } from './step.ts';

/** DSL "Do": tasks one after the other. */
export const doTask: Runner<DoTask> = async (step) => {
  const frame = bodyOf<ListFrame>(step.frame, () => ({ at: 0, data: step.input }));
  const { output, how } = await step.run.walker.list(step.task.do, `${step.reference}/do`, frame, step);
  return { output, ended: how === 'end' };
};
