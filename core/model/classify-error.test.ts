import { describe, expect, it } from 'vitest';
import { errorName } from './problem.ts';
import { classify } from './classify-error.ts';

const withCode = (code: string) => Object.assign(new Error(`failed ${code}`), { code });

describe('classify', () => {
  it('should say that a disk is full, whether a file or the database met it', () => {
    for (const code of ['ENOSPC', '53100']) expect(classify(withCode(code)).message).toContain('the disk is full');
  });

  it.each([
    [withCode('ECONNREFUSED'), 'communication', true],
    [withCode('ENOSPC'), 'runtime', true],
    [withCode('53100'), 'runtime', true],
    [withCode('EACCES'), 'authorization', false],
    [withCode('ENOENT'), 'configuration', false],
    [new Error('wrapper', { cause: withCode('ETIMEDOUT') }), 'timeout', true],
    [new DOMException('slow', 'TimeoutError'), 'timeout', true],
    [new TypeError('x is not a function'), 'runtime', true],
    ['a thrown string', 'runtime', true],
  ])('should name %s', (error, kind, retryable) => {
    const result = classify(error);
    expect(errorName(result.problem.type)).toBe(kind);
    expect(result.retryable).toBe(retryable);
  });
});
