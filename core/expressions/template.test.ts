import { describe, expect, it } from 'vitest';
import { expressionSource, parseTemplate, soleExpression } from './template.ts';

describe('soleExpression', () => {
  it.each([
    ['${ .a }', '.a'],
    ['  ${.a}  ', '.a'],
    ['${ { a: { b: .c } } }', '{ a: { b: .c } }'],
    ['${ "}" + "\\"}" }', '"}" + "\\"}"'],
    ['${ "a \\(.b | { c: . }) }" }', '"a \\(.b | { c: . }) }"'],
    ['${ .a # } not the end\n }', '.a # } not the end'],
    ['${ .a } and ${ .b }', undefined],
    ['.a', undefined],
    ['${ .a', undefined],
    ['x ${ .a }', undefined],
  ])('should read %j', (text, source) => {
    expect(soleExpression(text)).toBe(source);
  });
});

describe('expressionSource', () => {
  it('should take an expression with or without its braces', () => {
    expect([expressionSource('${ .a }'), expressionSource(' .a ')]).toEqual(['.a', '.a']);
  });
});

describe('parseTemplate', () => {
  it.each([
    ['Dear ${ .name }!', [{ text: 'Dear ' }, { expression: '.name' }, { text: '!' }]],
    ['${ .a }${ .b }', [{ expression: '.a' }, { expression: '.b' }]],
    ['costs ${', [{ text: 'costs ${' }]],
    ['no expression', [{ text: 'no expression' }]],
    ['', []],
  ])('should split %j', (text, parts) => {
    expect(parseTemplate(text)).toEqual(parts);
  });
});
