/** Visitors remembered; the oldest are forgotten first, so that memory stays bounded whoever calls. */
const MAX_REMEMBERED = 10_000;
const MINUTE_MS = 60_000;

/** Lets `perMinute` calls a minute pass for each key, in bursts of at most `burst` (a token bucket). */
export class RateLimit {
  readonly #perMinute: number;
  readonly #burst: number;
  readonly #buckets = new Map<string, { left: number; at: number }>();

  constructor(perMinute: number, burst = perMinute) {
    this.#perMinute = perMinute;
    this.#burst = burst;
  }

  /** True while `key` may go on; counts this call. `now` in milliseconds. */
  allows(key: string, now: number): boolean {
    const before = this.#buckets.get(key) ?? { left: this.#burst, at: now };
    const refilled = Math.min(this.#burst, before.left + ((now - before.at) / MINUTE_MS) * this.#perMinute);
    const allowed = refilled >= 1;
    this.#buckets.delete(key);
    this.#buckets.set(key, { left: allowed ? refilled - 1 : refilled, at: now });
    const oldest = this.#buckets.size > MAX_REMEMBERED ? this.#buckets.keys().next().value : undefined;
    if (oldest !== undefined) this.#buckets.delete(oldest);
    return allowed;
  }
}
