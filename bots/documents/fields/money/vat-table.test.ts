import { describe, expect, it } from 'vitest';
import { linesOf } from '../../page/layout.ts';
import { readVatTable } from './vat-table.ts';

/** Lines of text; two or more blanks part columns. */
function page(...lines: string[]) {
  const words = lines.flatMap((line, row) =>
    [...line.matchAll(/\S+/g)].map((match) => ({
      text: match[0],
      x: match.index * 6,
      y: row * 20,
      width: match[0].length * 6,
      height: 10,
      confidence: 1,
    })),
  );
  return linesOf({ number: 1, width: 600, height: 800, words });
}

describe('readVatTable', () => {
  it('should find the rows that make the totals among item lines', () => {
    const lines = page(
      'Malowanie hali     1   5 000,00   23%   5 000,00   1 150,00   6 150,00',
      'Razem                                   6 550,00   1 229,00   7 779,00',
      'w tym     23%     4 700,00     1 081,00     5 781,00',
      'w tym      8%     1 850,00       148,00     1 998,00',
    );
    expect(readVatTable(lines, { net: '6550.00', vat: '1229.00' })).toEqual([
      { rate: '23', net: '4700.00', vat: '1081.00' },
      { rate: '8', net: '1850.00', vat: '148.00' },
    ]);
  });

  it('should take the one rate that the totals imply', () => {
    expect(readVatTable([], { net: '239.19', vat: '55.01' })).toEqual([{ rate: '23', net: '239.19', vat: '55.01' }]);
  });

  it('should say nothing where no rates fit', () => {
    expect(readVatTable(page('23% 100,00 23,00'), { net: '6550.00', vat: '1229.00' })).toEqual([]);
    expect(readVatTable([], { net: '100.00' })).toEqual([]);
  });
});
