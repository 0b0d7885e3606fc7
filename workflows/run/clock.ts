import { sleep } from '@temporalio/workflow';

/** What a rehearsal puts in the place of Temporal's time. */
export type Clock = { now(): number; pause(ms: number): Promise<void> };

/** The sandbox replaces Date: this is Temporal's time, the same on every replay. */
const temporalClock: Clock = { now: () => Date.now(), pause: (ms) => sleep(ms) };

/** Each workflow has modules of its own in the sandbox, and with them its own clock. */
let clock = temporalClock;

/** Sets the clock of this workflow. */
export function setClock(other: Clock): void {
  clock = other;
}

/** Milliseconds of the epoch, by the clock of the run. */
export function now(): number {
  return clock.now();
}

/** Waits durably. */
export function pause(ms: number): Promise<void> {
  return clock.pause(ms);
}

/** A moment in milliseconds of the epoch, ISO 8601 in UTC. */
export function iso(ms: number): string {
  return new Date(ms).toISOString();
}

/** Now, ISO 8601 in UTC. */
export function isoNow(): string {
  return iso(now());
}

/** DSL "DateTime Descriptor" of milliseconds of the epoch. */
export function dateTime(ms: number): { iso8601: string; epoch: { seconds: number; milliseconds: number } } {
  return {
    iso8601: new Date(ms).toISOString(),
    epoch: { seconds: Math.floor(ms / 1000), milliseconds: ms },
  };
}
