import { describe, expect, it } from 'vitest';
import { pack, unpack, type Handover } from './handover.ts';

const throughJson = (handover: Handover): Handover => JSON.parse(JSON.stringify(handover)) as Handover;

describe('handover', () => {
  it('should write an object once however often it occurs', () => {
    const items = Array.from({ length: 1000 }, (_, i) => ({ id: i }));
    const input = { items };
    const state = { input, root: { at: 0, data: input, task: { input: { value: input }, body: { items } } } };
    const packed = pack(state);
    expect(JSON.stringify(packed).length).toBeLessThan(1.1 * JSON.stringify(input).length);
    expect(unpack(throughJson(packed))).toEqual(state);
  });

  it('should keep objects one that were one', () => {
    const data = { a: [1] };
    const state = unpack(throughJson(pack({ x: data, y: { z: data }, list: [data.a] }))) as {
      x: { a: unknown };
      y: { z: unknown };
      list: unknown[];
    };
    expect(state.y.z).toBe(state.x);
    expect(state.list[0]).toBe(state.x.a);
  });

  it.each([null, 1, 'text', [], {}, { a: null, b: [[]] }])('should keep %j', (value) => {
    expect(unpack(throughJson(pack(value)))).toEqual(value);
  });
});
