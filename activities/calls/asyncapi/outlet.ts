import { MAX_CONTENT_BYTES } from '../request.ts';
import type { Arrived } from './message.ts';

/** Messages that come within this go to the run together: each signal costs its history some events. */
const LINGER_MS = 50;
/** Messages of one signal. */
const MAX_MESSAGES = 100;

/** Gathers messages that come close together and hands them on, in their order, one batch at a time. */
export class Outlet {
  readonly #hand: (messages: Arrived[]) => Promise<void>;
  #batch: Arrived[] = [];
  #size = 0;
  #timer: NodeJS.Timeout | undefined;
  #handing: Promise<void> = Promise.resolve();
  #failure: { error: unknown } | undefined;

  constructor(hand: (messages: Arrived[]) => Promise<void>) {
    this.#hand = hand;
  }

  /** Takes a message. Waits while a full batch is handed on; throws where an earlier one could not be. */
  async take(message: Arrived): Promise<void> {
    if (this.#failure) throw this.#failure.error;
    const size = message.content.length;
    if (this.#size + size > MAX_CONTENT_BYTES) await this.flush();
    this.#batch.push(message);
    this.#size += size;
    if (this.#batch.length >= MAX_MESSAGES) await this.flush();
    else this.#timer ??= setTimeout(() => void this.#handOn(), LINGER_MS);
  }

  /** Hands on what is there, and waits for it. */
  async flush(): Promise<void> {
    await this.#handOn();
    if (this.#failure) throw this.#failure.error;
  }

  #handOn(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const batch = this.#batch;
    this.#batch = [];
    this.#size = 0;
    if (batch.length > 0) {
      this.#handing = this.#handing
        .then(() => this.#hand(batch))
        .catch((error: unknown) => {
          this.#failure ??= { error };
        });
    }
    return this.#handing;
  }
}
