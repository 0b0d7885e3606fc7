import { describe, expect, it } from 'vitest';
import { leavesOf, withLeaves } from './argument-fields.ts';

const data = {
  title: 'Invoice',
  amount: 12.5,
  urgent: true,
  file: { id: 'sha256:00', name: 'a.pdf' },
  lines: [{ net: '1.00' }, { net: '2.00' }],
  fields: { net: { confidence: 0.4 } },
  none: null,
};

describe('leaves', () => {
  it('should show what a person can change, and no files', () => {
    expect(leavesOf(data).map(({ path }) => path)).toEqual(['title', 'amount', 'urgent', 'lines.0.net', 'lines.1.net']);
  });

  it('should put back what was typed, in its own type, and leave the rest', () => {
    const typed: Record<string, string> = { title: 'Other', amount: '13,25', 'lines.1.net': '3.00' };
    expect(withLeaves(data, (path) => typed[path])).toEqual({
      data: { ...data, title: 'Other', amount: 13.25, urgent: false, lines: [{ net: '1.00' }, { net: '3.00' }] },
      wrong: [],
    });
    expect(data.lines[1]?.net).toBe('2.00');
  });

  it('should name a number that is none', () => {
    expect(withLeaves({ a: 1, b: 2 }, (path) => (path === 'a' ? 'x' : '')).wrong).toEqual(['a', 'b']);
  });

  it('should not fall into a key with a dot', () => {
    expect(leavesOf({ 'a.b': 'x' })).toEqual([]);
  });
});
