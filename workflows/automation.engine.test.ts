import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Engine } from '../tests/support/temporal.ts';

let engine: Engine;
beforeAll(async () => {
  engine = await Engine.start({ stubs: { 'call.http': () => ({ id: 1 }), 'event.publish': () => null } });
});
afterAll(async () => engine.stop());

describe('tasks that only compute', () => {
  it.each([
    ['set', `do: [{ a: { set: { x: '\${ .n + 1 }' } } }]`, { n: 1 }, { x: 2 }],
    ['do', `do: [{ a: { do: [{ b: { set: { x: 1 } } }, { c: { set: { y: '\${ .x }' } } }] } }]`, {}, { y: 1 }],
  ])('should do %s', async (_, definition, input, output) => {
    expect(await engine.run(definition, input)).toEqual(output);
  });
});
