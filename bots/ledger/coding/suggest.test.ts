import { describe, expect, it } from 'vitest';
import { CodingRules, type PastCoding } from '../../../core/model/coding.ts';
import { findingText } from '../../../core/messages/findings.ts';
import { Invoice } from '../../../core/model/invoice.ts';
import { rulesOfTable, rulesOfYaml } from './rules.ts';
import { suggestAccount } from './suggest.ts';

const invoice = Invoice.parse({
  number: 'FV/9',
  seller: { name: 'Papiernia Północ Sp. z o.o.', vatId: 'PL5260250274' },
  lines: [{ name: 'Papier ksero A4' }, { name: 'Dostawa' }],
  totals: { net: '1200.00' },
});
const past = (...accounts: string[]): PastCoding[] =>
  accounts.map((account, i) => ({ account, number: `FV/${i}`, bookedAt: '2026-11-03T10:00:00.000Z' }));
const rules = CodingRules.parse([
  { supplier: '526-025-02-74', above: '10000.00', account: '010' },
  { contains: ['PAPIER', 'toner'], account: '402-01', costCentre: '100', because: 'materiały biurowe' },
  { supplier: 'polnoc', account: '402-09' },
]);

describe('an account is suggested', () => {
  it('by the first rule that fits, with its reason', () => {
    const found = suggestAccount(invoice, { rules, past: past('402-07'), fallback: '401' });
    expect(found).toMatchObject({ account: '402-01', costCentre: '100', source: 'rule', confidence: 1 });
    expect(found.alternatives).toEqual([{ account: '402-07', times: 1 }]);
    expect(findingText(found.finding, 'pl')).toContain('materiały biurowe');
    expect(suggestAccount({ ...invoice, lines: [] }, { rules, past: [] }).account).toBe('402-09');
    const large = { ...invoice, totals: { net: '10000.01' } };
    expect(suggestAccount(large, { rules, past: [] }).account).toBe('010');
  });

  it('by where the supplier was booked before, where no rule fits', () => {
    const found = suggestAccount(invoice, { rules: [], past: past('402-07', '402-04', '402-04'), fallback: '401' });
    expect(found).toMatchObject({
      account: '402-04',
      source: 'history',
      alternatives: [{ account: '402-07', times: 1 }],
    });
    expect(found.confidence).toBeCloseTo(2 / 3);
    expect(findingText(found.finding, 'en')).toContain('2 of the last 3');
  });

  it('by what a person chose the last time, before every rule', () => {
    const [first, ...rest] = past('402-07', '402-01', '402-01');
    const taught = [
      { ...first, chosenBy: 'anna@firma.example', account: '402-07', number: 'FV/8', bookedAt: '2026-11-20' },
      ...rest,
    ];
    const found = suggestAccount(invoice, { rules, past: taught });
    expect(found).toMatchObject({ account: '402-07', source: 'person' });
    expect(findingText(found.finding, 'pl')).toContain('anna@firma.example');
  });

  it('by the settings at last, or not at all', () => {
    expect(suggestAccount(invoice, { rules: [], past: [], fallback: '401' })).toMatchObject({
      account: '401',
      source: 'settings',
    });
    const none = suggestAccount(invoice, { rules: [], past: [] });
    expect(none).toMatchObject({ source: 'none', confidence: 0 });
    expect(none.account).toBeUndefined();
  });
});

describe('rules', () => {
  it('are read from a table as people keep it', () => {
    const cells = new Map([
      ['kontrahent', 'Północ'],
      ['kwota do', '5 000,00'],
      ['konto', '402-01'],
      ['zawiera', 'papier; toner'],
    ]);
    expect(rulesOfTable([{ row: 3, cells }], 'coding.xlsx')).toEqual([
      { supplier: 'Północ', upTo: '5000.00', account: '402-01', contains: ['papier', 'toner'] },
    ]);
  });

  it('say which row is wrong', () => {
    const rows = [{ row: 7, cells: new Map([['konto', '402']]) }];
    expect(() => rulesOfTable(rows, 'coding.xlsx')).toThrow(/coding.xlsx, row 7/);
    expect(() => rulesOfYaml('- { supplier: X }', 'coding.yaml')).toThrow(/coding.yaml[\s\S]*account/);
  });
});
