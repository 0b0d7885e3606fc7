import { createHash } from 'node:crypto';

/** A number from `from` up to and without `to`, always the same for the same seed and name. */
export function pick(seed: string, name: string, from: number, to: number): number {
  const digest = createHash('sha256').update(`${seed}\n${name}`).digest();
  return from + (digest.readUInt32BE(0) % (to - from));
}

/** Uniform numbers in [0, 1), repeatable: Mulberry32 (T. Ettinger, public domain). For noise, not for secrets. */
export function uniform(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}
