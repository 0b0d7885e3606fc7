import { describe, expect, it } from 'vitest';
import { catalogue } from '../../core/catalogue/catalogue.ts';
import { minimalOf } from './minimal.ts';

describe('minimalOf', () => {
  it.each(catalogue.map((spec) => [spec.name, spec] as const))('should make up a result of %s', (_, spec) => {
    const parsed = spec.result.safeParse(minimalOf(spec.result));
    expect(parsed.error?.issues).toBeUndefined();
  });
});
