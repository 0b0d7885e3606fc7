import { z } from 'zod';
import { Amount, MoneyText } from './money.ts';
import { ColumnKind } from './table.ts';

const Title = z.strictObject({ pl: z.string().min(1), en: z.string().min(1) });

const Column = z.strictObject({
  title: Title.optional().describe('What people read; without it, its name'),
  kind: ColumnKind.default('text'),
  required: z.boolean().default(false).describe('May not be empty'),
});

/** `records/<name>.yaml`: a table of a department that its automations keep. */
export const RecordTable = z
  .strictObject({
    title: Title,
    key: z.array(z.string().min(1)).min(1).max(5).describe('Columns that together name a row, for example [Person]'),
    columns: z
      .record(z.string().min(1).max(100), Column)
      .describe('Column name to what it holds; in this order people see them'),
  })
  .refine(({ key, columns }) => key.every((name) => Object.hasOwn(columns, name)), {
    message: 'each column of the key has to be among the columns',
    path: ['key'],
  });
export type RecordTable = z.infer<typeof RecordTable>;

/** What a cell holds: numbers and amounts as decimals, money as "12.50 PLN", dates as ISO 8601, yesNo as true or false. */
export const RecordValue = z.union([z.string(), z.boolean(), z.null()]);
export type RecordValue = z.infer<typeof RecordValue>;
export type RecordValues = Record<string, RecordValue>;

/** Characters of one text in a row. */
const MAX_TEXT = 10_000;

const KINDS: Record<ColumnKind, { schema: z.ZodType; example: string }> = {
  text: { schema: z.string().max(MAX_TEXT), example: 'a text' },
  number: { schema: Amount, example: '"12.5"' },
  amount: { schema: Amount, example: '"1234.50"' },
  money: { schema: MoneyText, example: '"1234.50 PLN"' },
  date: { schema: z.iso.date(), example: '"2026-11-03"' },
  yesNo: { schema: z.boolean(), example: 'true' },
};

/**
 * Checks the values of a row against its table. Answers the whole row, empty cells as null, and its key; or what is wrong,
 * each fault with its column.
 */
export function checkRow(
  { key, columns }: RecordTable,
  values: Readonly<RecordValues>,
): { row: RecordValues; key: string } | { faults: string[] } {
  const faults = Object.keys(values)
    .filter((name) => !Object.hasOwn(columns, name))
    .map((name) => `there is no column "${name}" (there: ${Object.keys(columns).join(', ')})`);
  const row: RecordValues = {};
  for (const [name, { kind, required }] of Object.entries(columns)) {
    const value = values[name] ?? null;
    row[name] = value === '' ? null : value;
    if (row[name] === null) {
      if (required || key.includes(name)) faults.push(`"${name}" is empty`);
    } else if (!KINDS[kind].schema.safeParse(row[name]).success) {
      faults.push(`"${name}" is a ${kind}, for example ${KINDS[kind].example}, not ${JSON.stringify(row[name])}`);
    }
  }
  return faults.length > 0 ? { faults } : { row, key: keyOf(key, row) };
}

/** The key of a row as one text: its values as a JSON list, so that no two rows share one. */
export function keyOf(key: readonly string[], values: Readonly<RecordValues>): string {
  return JSON.stringify(key.map((name) => values[name] ?? null));
}
