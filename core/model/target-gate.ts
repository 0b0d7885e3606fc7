/** How many may use one target at once; kept by one workflow per target, `target-gate:<target>`. */
export type GateLimits = {
  /** Sessions of one user at once. */
  sessions: number;
  /** Forms begun within a minute, of all users. */
  perMinute?: number | undefined;
};

export type AcquireRequest = {
  /** Who asks: the same activity after a crash of its worker is the same holder, and gets its place back at once. */
  holder: string;
  user: string;
  limits: GateLimits;
  /** A holder that is not heard of for so long has died. */
  leaseMs: number;
  /** How long this question may wait for its answer; then the holder asks again. */
  waitMs: number;
};

/** `granted: false`: not within `waitMs`; ask again. */
export type AcquireAnswer = { granted: boolean };

export const GATE = {
  workflow: 'targetGate',
  acquire: 'acquire',
  release: 'release',
  idOf: (target: string): string => `target-gate:${target}`,
} as const;
