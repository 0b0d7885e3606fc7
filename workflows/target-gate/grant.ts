import type { AcquireRequest } from '../../core/model/target-gate.ts';

const MINUTE_MS = 60_000;

export type Lease = { holder: string; user: string; expires: number };
/** What a gate carries from one run to the next. Instants in milliseconds since the epoch. */
export type GateState = { leases: Lease[]; begun: number[] };

/**
 * Grants the request where the limits allow it now, and notes it in `state`. Else says how long it takes at least until
 * they might; `ahead` are those who asked before.
 * @returns 0 when it is granted
 */
export function grant(
  state: GateState,
  request: AcquireRequest,
  ahead: readonly AcquireRequest[],
  now: number,
): number {
  state.leases = state.leases.filter(({ expires }) => expires > now);
  state.begun = state.begun.filter((at) => at > now - MINUTE_MS);
  const own = state.leases.find(({ holder }) => holder === request.holder);
  if (own) {
    own.expires = now + request.leaseMs;
    return 0;
  }
  const wait = Math.max(untilSession(state, request, ahead, now), untilBegun(state, request, now));
  if (wait > 0) return wait;
  state.leases.push({ holder: request.holder, user: request.user, expires: now + request.leaseMs });
  state.begun.push(now);
  return 0;
}

/** Who asked first goes first, among those of the same user. */
function untilSession(
  state: GateState,
  { user, limits }: AcquireRequest,
  ahead: readonly AcquireRequest[],
  now: number,
) {
  const taken = state.leases.filter((lease) => lease.user === user);
  const before = ahead.filter((other) => other.user === user).length;
  if (taken.length + before < limits.sessions) return 0;
  const next = Math.min(...taken.map(({ expires }) => expires), now + MINUTE_MS);
  return Math.max(1, next - now);
}

function untilBegun({ begun }: GateState, { limits }: AcquireRequest, now: number): number {
  const { perMinute } = limits;
  if (perMinute === undefined || begun.length < perMinute) return 0;
  // The oldest that has to be over a minute old before another may begin.
  const decisive = begun[begun.length - perMinute] ?? now;
  return Math.max(1, decisive + MINUTE_MS - now);
}
