import { expect, it } from 'vitest';
import { accuracyTable } from './accuracy.ts';

it('should tell how often a field was corrected, and how sure the reader had been', () => {
  const rows = accuracyTable([
    { field: 'dueDate', corrected: 3, of: 40, confidence: null },
    { field: 'totals.gross', corrected: 1, of: 40, confidence: 0.4166 },
  ]);
  expect(rows.split('\n')).toEqual([
    'FIELD         CORRECTED        MEAN CONFIDENCE',
    'dueDate       3 of 40 (7.5 %)  not read',
    'totals.gross  1 of 40 (2.5 %)  0.42',
  ]);
});
