import type { CallInfo } from '../../core/model/call.ts';
import type { Stubs } from './temporal.ts';
import { APPROVAL_ACTIVITIES } from '../../core/model/approval-plan.ts';

export type LapseOptions = {
  /** The moment at which the test begins, ISO 8601; after today, since the run's own clock is the real one. */
  start: string;
  /** How long a day lasts. */
  dayMs: number;
};

const DAY_MS = 24 * 60 * 60 * 1000;

/**
 * Days that pass in moments. What activities and pages call now lies in the lapsed time; the instants that the run waits
 * for are translated on their way to it, so that its real durable timers fire when those days have passed.
 */
export class Lapse {
  readonly #start: number;
  #began = Date.now();
  readonly #factor: number;
  #held: Date | undefined;
  /** As they were before they were translated: an instant that comes back must be the very same. */
  readonly #translated = new Map<string, string>();

  constructor({ start, dayMs }: LapseOptions) {
    this.#start = Date.parse(start);
    this.#factor = DAY_MS / dayMs;
  }

  /** The test begins now: a server may have taken long to start. */
  begin(): void {
    this.#began = Date.now();
  }

  /** The clock of pages and activities stands still while a person looks at a page: two hours of theirs are no moment. */
  hold(): void {
    this.#held = this.now();
  }

  release(): void {
    this.#held = undefined;
  }

  now(): Date {
    if (this.#held) return this.#held;
    return new Date(this.#start + (Date.now() - this.#began) * this.#factor);
  }

  /** The activities of approvals, as the run sees them. */
  translate(activities: Stubs): Stubs {
    const { open, ask, digest } = APPROVAL_ACTIVITIES;
    const wrap = (name: string, change: (value: Record<string, unknown>) => void, where: 'args' | 'result') => {
      const inner = activities[name];
      return async (args: never, call: CallInfo): Promise<unknown> => {
        const given = { ...(args as Record<string, unknown>) };
        if (where === 'args') change(given);
        const result = (await inner?.(given as never, call)) as Record<string, unknown> | undefined;
        if (where === 'result' && result) change(result);
        return result;
      };
    };
    const toReal = (value: Record<string, unknown>): void => {
      for (const key of ['expiresAt', 'remindAt', 'escalateAt', 'digestAt']) {
        if (typeof value[key] === 'string') value[key] = this.#real(value[key]);
      }
    };
    const toLapsed = (value: Record<string, unknown>): void => {
      value['at'] = this.#translated.get(String(value['at'])) ?? value['at'];
    };
    return {
      ...activities,
      [open]: wrap(open, toReal, 'result'),
      [ask]: wrap(ask, toReal, 'result'),
      [digest]: wrap(digest, toLapsed, 'args'),
    };
  }

  #real(instant: string): string {
    const real = new Date(this.#began + (Date.parse(instant) - this.#start) / this.#factor).toISOString();
    this.#translated.set(real, instant);
    return real;
  }
}
