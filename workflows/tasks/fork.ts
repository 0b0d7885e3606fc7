import { CancellationScope } from '@temporalio/workflow';
import type { ForkTask } from '../../core/language/types.ts';
import { pointer, type Outcome } from '../run/place.ts';
import { bodyOf, type TaskFrame } from '../run/state.ts';
import { entryOf } from '../walk/task-list.ts';
import type { Runner, Step } from './step.ts';

type Branch = { frame: TaskFrame; done?: Outcome };

/**
 * DSL "Fork": all branches at once. Their outputs in the order of declaration; with `compete` the output of the first
 * one that ends, the others are cancelled. A branch that faults loses a competition; if all do, the first fault counts.
 */
export const forkTask: Runner<ForkTask> = async (step) => {
  const { branches: list, compete } = step.task.fork;
  const branches = bodyOf<Branch[]>(step.frame, () => list.map(() => ({ frame: {} })));
  const scope = new CancellationScope({ cancellable: true });
  const running = scope.run(async () => {
    const all = branches.map((branch, index) => runBranch(step, branch, index));
    try {
      return await (compete ? first(all) : untilEnd(all));
    } finally {
      scope.cancel();
      // Losers unwind before the walk goes on: none may touch the run's state after it.
      await CancellationScope.nonCancellable(() => Promise.allSettled(all));
    }
  });
  const outcome = await running;
  step.run.inbox.closeFork(strandOf(step));
  return outcome;
};

async function runBranch(step: Step & { task: ForkTask }, branch: Branch, index: number): Promise<Outcome> {
  if (branch.done) return branch.done;
  const [name, task] = entryOf(step.task.fork.branches, index);
  const reference = `${step.reference}/fork/branches${pointer(index, name)}`;
  const strand = `${strandOf(step)}/${index}`;
  const outcome = await step.run.walker.task(
    { ...step, name, task, reference, strand, frame: branch.frame },
    step.input,
  );
  branch.done = { output: outcome.output, ended: outcome.ended || outcome.then === 'end' };
  return branch.done;
}

/** The fork's own part of the path of strands. */
const strandOf = (step: Step): string => `${step.strand}/${step.reference}`;

async function first(all: Promise<Outcome>[]): Promise<Outcome> {
  try {
    return await Promise.any(all);
  } catch (error) {
    throw error instanceof AggregateError ? error.errors[0] : error;
  }
}

/** All outputs, or the one of a branch that ends the whole workflow. */
function untilEnd(all: Promise<Outcome>[]): Promise<Outcome> {
  return new Promise((resolve, reject) => {
    const ending = all.map((one) => one.then((outcome) => (outcome.ended ? resolve(outcome) : undefined)));
    Promise.all(ending)
      .then(() => Promise.all(all))
      .then((outcomes) => resolve({ output: outcomes.map(({ output }) => output) }))
      .catch(reject);
  });
}
