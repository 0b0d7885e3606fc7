import {
  CancellationScope,
  condition,
  defineSignal,
  isCancellation,
  setHandler,
  sleep,
  uuid4,
} from '@temporalio/workflow';
import type { FunctionSpec } from '../../core/catalogue/define.ts';
import { isBusiness } from '../../core/model/problem.ts';
import { AddedToQueue, QUEUE_ACTIVITIES, QUEUE_ANSWER_SIGNAL, QueueAnswer } from '../../core/model/queue.ts';
import { Fault } from '../run/errors.ts';
import type { Flow, FlowContext } from './context.ts';

const answerSignal = defineSignal<[QueueAnswer]>(QUEUE_ANSWER_SIGNAL);
/** A queue that is full has work for hours; asking again soon would only make it longer. */
const FULL_PAUSE_MS = 60_000;

/** One file is kept and one signal sent. */
const ASKING = { capability: 'engine' as const, attemptMs: 30_000, heartbeatMs: 30_000, attempts: 20 };

/** Answers that have come, by item. */
const answers = new Map<string, QueueAnswer>();

/** Installs the signal by which queues answer. */
export function installQueueHandler(): void {
  answers.clear();
  setHandler(answerSignal, (raw) => {
    const parsed = QueueAnswer.safeParse(raw);
    if (parsed.success) answers.set(parsed.data.id, parsed.data);
  });
}

/** A function whose target does one thing at a time: it goes into the target's queue, and the run waits for the answer. */
export function queuedFlow({ name }: FunctionSpec): Flow {
  return async (args, context) => {
    for (;;) {
      const answer = await askOnce(name, args, context);
      if (answer.answer === 'done') return answer.result;
      if (answer.answer === 'failed') throw faultOf(answer);
      await sleep(FULL_PAUSE_MS);
    }
  };
}

async function askOnce(name: string, args: unknown, context: FlowContext): Promise<QueueAnswer> {
  const id = `${context.call.key}/${uuid4()}`;
  const { queue } = AddedToQueue.parse(
    await context.activity(QUEUE_ACTIVITIES.add, { id, function: name, args, call: context.call }, ASKING),
  );
  try {
    await context.inQueue(queue, () => condition(() => answers.has(id)));
    const answer = answers.get(id);
    if (!answer) throw new Error(`the answer about ${id} is gone`);
    return answer;
  } catch (error) {
    if (isCancellation(error)) {
      await CancellationScope.nonCancellable(() => context.activity(QUEUE_ACTIVITIES.withdraw, { id, queue }, ASKING));
    }
    throw error;
  } finally {
    answers.delete(id);
  }
}

function faultOf({ problem }: Extract<QueueAnswer, { answer: 'failed' }>): Fault {
  const { instance: _, ...rest } = problem;
  return new Fault(rest, isBusiness(problem) ? 'business' : 'application');
}
