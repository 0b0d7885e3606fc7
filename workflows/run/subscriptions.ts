import { Delivery } from '../../core/model/delivery.ts';

/** Takes what comes for one subscription. */
export type Receiver = (delivery: Delivery) => void;

/** Subscriptions that are open: what the signal `messages` brings goes to the task that waits for it. */
export class Subscriptions {
  readonly #receivers = new Map<string, Receiver>();

  /** Handler of the signal. What comes for a subscription that has had enough is dropped. */
  arrive(delivery: unknown): void {
    const parsed = Delivery.safeParse(delivery);
    if (parsed.success) this.#receivers.get(parsed.data.subscription)?.(parsed.data);
  }

  open(key: string, receiver: Receiver): void {
    this.#receivers.set(key, receiver);
  }

  close(key: string): void {
    this.#receivers.delete(key);
  }
}
