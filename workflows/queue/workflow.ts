import {
  CancellationScope,
  condition,
  continueAsNew,
  defineQuery,
  defineSignal,
  getExternalWorkflowHandle,
  patched,
  setHandler,
  workflowInfo,
} from '@temporalio/workflow';
import { findFunction } from '../../core/catalogue/catalogue.ts';
import {
  QUEUE_ANSWER_SIGNAL,
  QUEUE_MESSAGES,
  type PauseRequest,
  type QueueAnswer,
  type QueueItem,
  type QueueView,
} from '../../core/model/queue.ts';
import { attempt, failureOf } from './attempt.ts';
import { freshQueue, Items, type QueueState, type Waiting } from './items.ts';
import { judge, LONGEST_OUTAGE_MS, type Failure } from './policy.ts';

const addSignal = defineSignal<[QueueItem]>(QUEUE_MESSAGES.add);
const withdrawSignal = defineSignal<[string]>(QUEUE_MESSAGES.withdraw);
const pauseSignal = defineSignal<[PauseRequest]>(QUEUE_MESSAGES.pause);
const resumeSignal = defineSignal(QUEUE_MESSAGES.resume);
const retrySignal = defineSignal<[string?]>(QUEUE_MESSAGES.retry);
const viewQuery = defineQuery<QueueView>(QUEUE_MESSAGES.view);
const answerSignal = defineSignal<[QueueAnswer]>(QUEUE_ANSWER_SIGNAL);

/** Name in histories of the change by which a queue waits for the opening that its target told. */
const OPENING_PATCH = 'queue-opening';

/** A timer of zero would be none. */
const SHORTEST_TIMER_MS = 1;

export type WorkQueueInput = { name: string; state?: QueueState };

/**
 * The work for one target: one item at a time over all workers, since a target knows one user with one session. Lives as
 * long as the installation; continues as new between two items whenever its history has grown.
 */
export async function workQueue({ name, state }: WorkQueueInput): Promise<void> {
  const queue = new Queue(new Items(state ?? freshQueue(name)));
  queue.listen();
  while (!workflowInfo().continueAsNewSuggested || queue.busy) await queue.step();
  await continueAsNew<typeof workQueue>({ name, state: queue.state });
}

class Queue {
  readonly #items: Items;
  readonly #answers: QueueAnswer[] = [];
  readonly #addressees = new Map<string, string>();
  #scope: CancellationScope | undefined;
  #messages = 0;

  constructor(items: Items) {
    this.#items = items;
  }

  get state(): QueueState {
    return this.#items.state;
  }

  get busy(): boolean {
    return this.#items.running !== undefined || this.#answers.length > 0;
  }

  listen(): void {
    const on = (work: () => void): void => {
      this.#messages += 1;
      work();
    };
    setHandler(addSignal, (item) => on(() => this.#add(item)));
    setHandler(withdrawSignal, (id) => on(() => this.#withdraw(id)));
    setHandler(pauseSignal, (request) => on(() => this.#items.pause(request, Date.now())));
    setHandler(resumeSignal, () => on(() => this.#items.resume()));
    setHandler(retrySignal, (id) => on(() => this.#items.hurry(id)));
    setHandler(viewQuery, () => this.#items.view(Date.now()));
  }

  /** Tells what has to be told, does one item, or waits for something to happen. */
  async step(): Promise<void> {
    if (this.#answers.length > 0) return this.#tell();
    const next = this.#items.next(Date.now());
    if (next) return this.#work(next);
    const seen = this.#messages;
    const wakesIn = this.#items.wakesIn(Date.now());
    const changed = (): boolean => this.#messages !== seen;
    if (wakesIn === undefined) await condition(changed);
    else await condition(changed, Math.max(wakesIn, SHORTEST_TIMER_MS));
  }

  #add(item: QueueItem): void {
    if (this.#items.add(item, Date.now()) === 'full') this.#answer(item, { answer: 'full', id: item.id });
  }

  #withdraw(id: string): void {
    const found = this.#items.find(id);
    if (!found) return;
    if (found === this.#items.running) this.#scope?.cancel();
    else this.#items.end(found, 'withdrawn', Date.now());
  }

  async #work(next: Waiting): Promise<void> {
    this.#items.running = next;
    next.attempts += 1;
    const scope = (this.#scope = new CancellationScope({ cancellable: true }));
    try {
      const result = await scope.run(() => attempt(next.item));
      this.#items.noteSuccess();
      this.#end(next, 'done', { answer: 'done', id: next.item.id, result });
    } catch (error) {
      if (scope.consideredCancelled) this.#items.end(next, 'withdrawn', Date.now());
      else this.#fail(next, failureOf(error));
    } finally {
      this.#items.running = undefined;
      this.#scope = undefined;
    }
  }

  #fail(next: Waiting, failure: Failure): void {
    const { problem } = failure;
    const most = findFunction(next.item.function)?.limits.attempts ?? 1;
    const verdict = judge(failure, next.attempts, most);
    next.problem = problem;
    if (verdict.then === 'outage') {
      // An outage is the target's fault: it costs the item no attempt.
      next.attempts -= 1;
      if (verdict.opensInMs !== undefined && patched(OPENING_PATCH)) {
        return this.#items.noteClosed(problem, Date.now() + verdict.opensInMs);
      }
      if (this.#items.noteOutage(problem, Date.now()) < LONGEST_OUTAGE_MS) return;
    }
    if (verdict.then === 'pause')
      return this.#items.pause({ by: 'queue', reason: problem.detail ?? problem.type }, Date.now());
    if (verdict.then === 'later') next.notBefore = Date.now() + verdict.pauseMs;
    if (verdict.then === 'later' || verdict.then === 'again') return;
    this.#end(next, 'failed', { answer: 'failed', id: next.item.id, problem });
  }

  /** Ends an item and, where it was done, those that asked for the very same. */
  #end(ended: Waiting, state: 'done' | 'failed', answer: Exclude<QueueAnswer, { answer: 'full' }>): void {
    const all = state === 'done' ? [ended, ...this.#items.twins(ended)] : [ended];
    for (const each of all) {
      this.#items.end(each, state, Date.now(), answer.answer === 'failed' ? answer.problem : undefined);
      this.#answer(each.item, { ...answer, id: each.item.id });
    }
  }

  #answer({ call }: QueueItem, answer: QueueAnswer): void {
    this.#answers.push(answer);
    this.#addressees.set(answer.id, call.run);
  }

  async #tell(): Promise<void> {
    const [answer] = this.#answers;
    if (!answer) return;
    // A run that has ended meanwhile wants no answer.
    await getExternalWorkflowHandle(this.#addressees.get(answer.id) ?? '')
      .signal(answerSignal, answer)
      .catch(() => undefined);
    this.#answers.shift();
    this.#addressees.delete(answer.id);
  }
}
