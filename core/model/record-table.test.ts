import { expect, it } from 'vitest';
import { checkRow, RecordTable } from './record-table.ts';

const table = RecordTable.parse({
  title: { pl: 'Salda urlopów', en: 'Leave balances' },
  key: ['Person', 'Year'],
  columns: {
    Person: {},
    Year: { kind: 'number' },
    Days: { kind: 'number', required: true },
    Since: { kind: 'date' },
    Pay: { kind: 'money' },
    Active: { kind: 'yesNo' },
  },
});

it('should answer the whole row, empty cells as null, and a key that no other row has', () => {
  const values = { Person: 'anna', Year: '2026', Days: '26', Pay: '10.00 PLN', Active: true, Since: '' };
  expect(checkRow(table, values)).toEqual({ row: { ...values, Since: null }, key: '["anna","2026"]' });
});

it('should name every fault with its column', () => {
  const values = { Person: '', Year: '2026', Days: 'x', Since: '2026-02-30', Pay: '10', Active: 'yes', Dayz: '1' };
  const result = checkRow(table, values);
  expect('faults' in result && result.faults.map((fault) => /"(\w+)"/.exec(fault)?.[1])).toEqual([
    'Dayz',
    'Person',
    'Days',
    'Since',
    'Pay',
    'Active',
  ]);
});

it('should refuse a key that is no column', () => {
  const wrong = { title: { pl: 'x', en: 'x' }, key: ['No'], columns: { Number: {} } };
  expect(RecordTable.safeParse(wrong).error?.issues[0]?.message).toContain('has to be among the columns');
});
