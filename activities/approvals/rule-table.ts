import { z } from 'zod';
import type { TableRow } from '../../bots/tables/workbook/index.ts';
import { ApproverRules, MAX_RULES } from '../../core/catalogue/approval/rule.ts';
import type { ApproverRule } from '../../core/catalogue/approval/rule.ts';
import { readNumber } from '../../core/model/money.ts';
import { businessException } from '../../core/model/problem.ts';

/** Titles of the columns in English and Polish, in small letters. People write them as they speak. */
const COLUMNS = {
  above: ['above', 'from', 'powyżej', 'kwota od', 'od'],
  upTo: ['up to', 'to', 'do', 'kwota do'],
  currency: ['currency', 'waluta'],
  department: ['department', 'dział'],
  costCentre: ['cost centre', 'cost center', 'mpk', 'centrum kosztów'],
  supplier: ['supplier', 'vendor', 'dostawca', 'kontrahent'],
  approvers: ['approvers', 'approver', 'akceptujący', 'akceptuje', 'osoby'],
  need: ['need', 'how many', 'ilu', 'ile osób'],
  inOrder: ['in order', 'kolejno', 'po kolei'],
} as const;
type Column = keyof typeof COLUMNS;

/** Every title that a table of rules can have: by them the row of titles is found. */
export const RULE_TITLES: readonly string[] = Object.values(COLUMNS).flat();

const DEFAULT_CURRENCY = 'PLN';
const EVERYONE = /^(all|wszyscy)$/i;
const YES = /^(yes|y|x|1|true|tak|t|prawda)$/i;

/** The rules of a table, in its order. Throws a business exception that names the row and what is wrong in it. */
export function rulesOfTable(rows: readonly TableRow[], file: string): ApproverRule[] {
  if (rows.length > MAX_RULES) throw wrong(file, undefined, `has ${rows.length} rows; at most ${MAX_RULES} are read`);
  const read = ApproverRules.safeParse(rows.map((row) => ruleOf(row, file)));
  if (read.success) return read.data;
  const [issue] = read.error.issues;
  const at = rows[Number(issue?.path[0])]?.row;
  throw wrong(file, at, issue ? issue.message : z.prettifyError(read.error));
}

function ruleOf({ row, cells }: TableRow, file: string): Record<string, unknown> {
  const cell = (column: Column): string | undefined =>
    COLUMNS[column].map((title) => cells.get(title)).find((text) => text !== undefined);
  const approvers = listOf(cell('approvers'));
  if (!approvers) throw wrong(file, row, 'names nobody in the column "approvers" (akceptujący)');
  const currency = cell('currency')?.toUpperCase() ?? DEFAULT_CURRENCY;
  const amount = (column: 'above' | 'upTo'): string | undefined => {
    const text = cell(column);
    if (text === undefined) return undefined;
    const read = readAmount(text, currency);
    if (read === undefined)
      throw wrong(file, row, `"${text}" is not an amount; write, for example, 5000 or 5 000,00 PLN`);
    return read;
  };
  const rule = {
    above: amount('above'),
    upTo: amount('upTo'),
    department: listOf(cell('department')),
    costCentre: listOf(cell('costCentre')),
    supplier: listOf(cell('supplier')),
    approvers,
    need: needOf(cell('need'), row, file),
    inOrder: YES.test(cell('inOrder') ?? '') || undefined,
  };
  return Object.fromEntries(Object.entries(rule).filter(([, value]) => value !== undefined));
}

function needOf(text: string | undefined, row: number, file: string): number | 'all' | undefined {
  if (text === undefined) return undefined;
  if (EVERYONE.test(text)) return 'all';
  if (/^[1-9]\d?$/.test(text)) return Number(text);
  throw wrong(file, row, `"${text}" is not a number of people; write, for example, 2, or "all" (wszyscy)`);
}

/** `5000`, `5 000,00`, `5,000.00`, with or without a currency behind it. */
function readAmount(text: string, currency: string): string | undefined {
  const [, digits = '', own] = /^([\d\s.,\u00A0\u202F]+?)\s*([A-Za-z]{3})?$/.exec(text.trim()) ?? [];
  const amount = readNumber(digits);
  return amount === undefined ? undefined : `${amount} ${(own ?? currency).toUpperCase()}`;
}

function listOf(text: string | undefined): string[] | undefined {
  const names = text
    ?.split(/[;\n,]/)
    .map((name) => name.trim())
    .filter((name) => name !== '' && name !== '*');
  return names && names.length > 0 ? names : undefined;
}

function wrong(file: string, row: number | undefined, what: string) {
  return businessException('approver-table', `${file}${row === undefined ? '' : `, row ${row}`}: ${what}`);
}
