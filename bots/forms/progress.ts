import type { Resolution } from '../../core/model/effect.ts';
import { applicationException } from '../../core/model/problem.ts';

/** A whole form, with login, a second login after an expired session, and two look-ups, ends well within this. */
const RUN_LIMIT_MS = 4 * 60_000;

/** Attended, a person may go and ask somebody before the effect; longer than a working day means that nobody is there. */
const ATTENDED_LIMIT_MS = 8 * 60 * 60_000;

/** Who waits for the form: cancels it, hears of its progress; the effect hooks let tests stop at the worst moment. */
export type FormContext = {
  signal?: AbortSignal | undefined;
  /** What a person has found out about an earlier attempt. */
  resolved?: Resolution | undefined;
  onProgress?: ((note: string) => void) | undefined;
  /**
   * Attended: called before the effect, when all is filled in. Resolves with who presses: the bot, or the person, who
   * then has done it in the browser already.
   */
  attend?: (() => Promise<'bot' | 'person'>) | undefined;
  /** Just before the press that cannot be taken back. */
  beforeEffect?: (() => Promise<void>) | undefined;
  /** Right after that press, before its answer is read. */
  afterEffect?: (() => Promise<void>) | undefined;
};

/** The one deadline, abort and progress of a run; every wait of the bot goes through it. */
export class Progress {
  readonly signal: AbortSignal;
  readonly context: FormContext;
  /** What the bot was doing, for messages. */
  doing = 'starting';

  readonly #limitMs: number;

  constructor(context: FormContext) {
    this.context = context;
    this.#limitMs = context.attend ? ATTENDED_LIMIT_MS : RUN_LIMIT_MS;
    const limitMs = this.#limitMs;
    const deadline = AbortSignal.timeout(limitMs);
    this.signal = context.signal ? AbortSignal.any([context.signal, deadline]) : deadline;
  }

  note(doing: string): void {
    this.throwIfAborted();
    this.doing = doing;
    this.context.onProgress?.(doing);
  }

  throwIfAborted(): void {
    if (!this.signal.aborted) return;
    if (this.context.signal?.aborted) throw this.context.signal.reason;
    throw applicationException('timeout', `the form took longer than ${this.#limitMs / 1000} s, while ${this.doing}`);
  }

  /** Waits; throws at once when aborted. */
  async sleep(ms: number): Promise<void> {
    this.throwIfAborted();
    await new Promise<void>((resolve) => {
      const done = (): void => {
        clearTimeout(timer);
        this.signal.removeEventListener('abort', done);
        resolve();
      };
      const timer = setTimeout(done, ms);
      this.signal.addEventListener('abort', done);
    });
    this.throwIfAborted();
  }
}
