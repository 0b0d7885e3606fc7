import { expect, it } from 'vitest';
import { read, type Row } from '../testing.ts';

it('takes no line of the table for the VAT', () => {
  const rows: Row[] = [
    [50, 200, 'Opis'],
    [400, 200, 'Kwota netto'],
    [50, 220, 'Projekt'],
    [400, 220, '1 174,24'],
    [50, 240, 'Kawa'],
    [400, 240, '403,69'],
    [50, 300, 'Kwota brutto:'],
    [400, 300, '1 577,93'],
    [50, 330, 'Sprzedawca zwolniony z VAT'],
  ];
  const { totals, fields } = read(rows);
  expect(totals.gross).toBe('1577.93');
  expect(totals.vat).not.toBe('403.69');
  expect(fields['totals.net']?.confidence ?? 0).toBeLessThan(0.85);
});

it.each([
  ['RECEIPT', 'Invoice total', 'receipt'],
  ['KASSABON', 'Totaal incl. BTW', 'receipt'],
  ['PARAGON', 'Suma', 'receipt'],
  ['Receipt', 'Tax invoice', 'invoice'],
])('tells by the title %s, with "%s" below, that it is a %s', (title, below, kind) => {
  const rows: Row[] = [
    [250, 60, title],
    [50, 100, 'Steel bracket'],
    [400, 100, '71.70'],
    [50, 130, below],
    [400, 130, '88.19'],
  ];
  expect(read(rows).kind).toBe(kind);
});

it.each([
  ['OH 44719 Dayton', 'NET AMOUNT: 1,734.81', '2026-06-01'],
  ['OH 44719 Dayton', 'NET AMOUNT: £1,734.81', '2026-01-06'],
  ['Bristol BS7 1HC', 'NET AMOUNT: 1,734.81', '2026-01-06'],
])('reads 06/01/2026 of a paper with "%s" and "%s" as %s', (town, money, date) => {
  const rows: Row[] = [
    [50, 60, 'Brightwater Logistics LLP'],
    [50, 75, town],
    [350, 90, 'Invoice date: 06/01/2026'],
    [50, 300, money],
  ];
  expect(read(rows).issueDate).toBe(date);
});

/** A scan of a summary by rates, whose other rows are given. */
const summary = (...others: readonly Row[]) =>
  read(
    [
      [50, 200, 'Stawka'],
      [200, 200, 'Netto'],
      [300, 200, 'VAT'],
      [400, 200, 'Brutto'],
      [50, 215, '8%'],
      [200, 215, '1586,55'],
      [300, 215, '126,92'],
      [400, 215, '1713,47'],
      [50, 250, 'Razem do zaptaty:'],
      [400, 250, '32 757,22'],
      ...others,
    ],
    false,
  );

it('is not sure of the row of one rate where the paper names a larger total', () => {
  const { fields } = summary();
  for (const part of ['net', 'vat', 'gross'])
    expect(fields[`totals.${part}`]?.confidence ?? 0, part).toBeLessThan(0.85);
});

it('sets points that a recogniser lost, where three numbers then add up', () => {
  const { totals, fields } = summary(
    [50, 230, 'Razem'],
    [200, 230, '3115203'],
    [300, 230, '1605,19'],
    [400, 230, '3275722'],
  );
  expect(totals).toMatchObject({ net: '31152.03', vat: '1605.19', gross: '32757.22' });
  expect(fields['totals.net']?.repaired).toBe(true);
});
