/** A seeded source of numbers: the same seed gives the same trials on every machine. */
export interface RandomSource {
  /** An integer from 0 to `limit` - 1. */
  below(limit: number): number;
  /** One of the items. */
  pick<T>(items: readonly T[]): T;
  /** True in this share of all asks, 0 to 1. */
  chance(share: number): boolean;
  /** A number from `from` up to `to`. */
  between(from: number, to: number): number;
}

/** Mulberry32 (T. Ettinger, public domain): 32 bits of state, good enough to choose programs. */
export function seeded(seed: number): RandomSource {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const below = (limit: number): number => Math.floor(next() * limit);
  return {
    below,
    pick(items) {
      const item = items[below(items.length)];
      if (item === undefined) throw new Error('nothing to pick from');
      return item;
    },
    chance: (share) => next() < share,
    between: (from, to) => from + next() * (to - from),
  };
}

/**
 * The seed of every property that a change is held to: the same trials on every machine, so that a change fails by its own
 * fault. `ZAPLECZE_SEED` wanders to others.
 */
export const SEED = Number(process.env['ZAPLECZE_SEED'] ?? 20_261_124);
