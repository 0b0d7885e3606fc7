/** The sandbox replaces Date: this is Temporal's time, the same on every replay. */
export function now(): number {
  return Date.now();
}

/** Now, ISO 8601 in UTC. */
export function isoNow(): string {
  return new Date(now()).toISOString();
}

/** DSL "DateTime Descriptor" of milliseconds of the epoch. */
export function dateTime(ms: number): { iso8601: string; epoch: { seconds: number; milliseconds: number } } {
  return {
    iso8601: new Date(ms).toISOString(),
    epoch: { seconds: Math.floor(ms / 1000), milliseconds: ms },
  };
}
