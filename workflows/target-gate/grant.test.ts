import { describe, expect, it } from 'vitest';
import type { AcquireRequest } from '../../core/model/target-gate.ts';
import { grant, type GateState } from './grant.ts';

const ask = (holder: string, limits: AcquireRequest['limits'] = { sessions: 1 }, user = 'bot'): AcquireRequest => ({
  holder,
  user,
  limits,
  leaseMs: 5_000,
  waitMs: 1_000,
});
const fresh = (): GateState => ({ leases: [], begun: [] });

describe('a target', () => {
  it('is used by one session of a user at once, and by several users', () => {
    const state = fresh();
    expect(grant(state, ask('a'), [], 0)).toBe(0);
    expect(grant(state, ask('b'), [], 10)).toBe(4_990);
    expect(grant(state, ask('c', { sessions: 1 }, 'other'), [], 10)).toBe(0);
  });

  it('gives a holder its own place back after a crash', () => {
    const state = fresh();
    grant(state, ask('a'), [], 0);
    expect(grant(state, ask('a'), [ask('b')], 4_000)).toBe(0);
    expect(state.leases).toEqual([{ holder: 'a', user: 'bot', expires: 9_000 }]);
  });

  it('is free again when a holder has died', () => {
    const state = fresh();
    grant(state, ask('a'), [], 0);
    expect(grant(state, ask('b'), [], 5_000)).toBe(0);
  });

  it('goes to who asked first', () => {
    expect(grant(fresh(), ask('b'), [ask('a')], 0)).toBeGreaterThan(0);
  });

  it('is begun no more often in a minute than it bears', () => {
    const state = fresh();
    const limits = { sessions: 9, perMinute: 2 };
    expect(grant(state, ask('a', limits), [], 0)).toBe(0);
    expect(grant(state, ask('b', limits), [], 20_000)).toBe(0);
    expect(grant(state, ask('c', limits), [], 30_000)).toBe(30_000);
    expect(grant(state, ask('c', limits), [], 60_000)).toBe(0);
    expect(grant(state, ask('d', limits), [], 60_000)).toBe(20_000);
  });
});
