import { describe, expect, it } from 'vitest';
import { read, type Row } from './testing.ts';

const ROWS: readonly Row[] = [
  [40, 60, 'FACTURE'],
  [40, 300, 'Total HT'],
  [400, 300, '100,00'],
  [40, 315, 'TVA 20 %'],
  [400, 315, '20,00'],
  [40, 330, 'Total TTC'],
  [400, 330, '120,00 €'],
];

describe('a label that goes on in the row below', () => {
  it('should head the column under it', () => {
    const heads: Row[] = [
      [150, 60, 'Numéro de'],
      [250, 60, 'Date de'],
      [350, 60, 'Date de'],
      [450, 60, 'Date limite de'],
      [150, 72, 'facture:'],
      [250, 72, 'livraison:'],
      [350, 72, 'facture:'],
      [450, 72, 'paiement:'],
      [150, 84, 'R6363272'],
      [250, 84, '23-05-2026'],
      [350, 84, '30-05-'],
      [450, 84, '29-07-2026'],
      [350, 96, '2026'],
    ];
    expect(read([...ROWS, ...heads])).toMatchObject({
      number: 'R6363272',
      issueDate: '2026-05-30',
      saleDate: '2026-05-23',
      dueDate: '2026-07-29',
    });
  });

  it('should not take its value for a part of itself', () => {
    const heads: Row[] = [
      [150, 60, 'Re.-Nr.'],
      [250, 60, 'Rechnungsdatum'],
      [150, 72, 'FV/59/24/2025'],
      [250, 72, '31.08.2025'],
    ];
    expect(read([...ROWS.slice(1), ...heads]).number).toBe('FV/59/24/2025');
  });

  it('should name the value right of its first row', () => {
    const facts: Row[] = [
      [300, 60, 'Date de'],
      [400, 60, '30-05-2026'],
      [300, 72, 'facture:'],
      [300, 84, 'Date limite'],
      [400, 84, '29-07-2026'],
      [300, 96, 'de paiement:'],
    ];
    expect(read([...ROWS, ...facts])).toMatchObject({ issueDate: '2026-05-30', dueDate: '2026-07-29' });
  });
});
