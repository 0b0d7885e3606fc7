import { parse } from 'yaml';
import { z } from 'zod';
import { type CodingRule, CodingRules } from '../../../core/model/coding.ts';
import { applicationException, businessException } from '../../../core/model/problem.ts';
import type { TableRow } from '../../tables/workbook/index.ts';

/** Titles of the columns of a table in English and Polish, in small letters. */
const COLUMNS = {
  supplier: ['supplier', 'vendor', 'dostawca', 'kontrahent', 'nip'],
  contains: ['contains', 'words', 'zawiera', 'słowa'],
  above: ['above', 'powyżej', 'kwota od', 'od'],
  upTo: ['up to', 'do', 'kwota do'],
  account: ['account', 'konto'],
  costCentre: ['cost centre', 'cost center', 'mpk', 'centrum kosztów'],
  because: ['because', 'why', 'dlaczego', 'uzasadnienie'],
} as const;

/** Titles by which the row of titles is found. */
export const CODING_TITLES: readonly string[] = Object.values(COLUMNS).flat();

/** Rules of a YAML file: a list. @throws an application exception that says what is wrong where. */
export function rulesOfYaml(source: string, file: string): CodingRule[] {
  const rules = CodingRules.safeParse(parse(source));
  if (rules.success) return rules.data;
  throw applicationException('configuration', `${file}: ${z.prettifyError(rules.error)}`, { retryable: false });
}

/** Rules of a workbook. @throws a business exception `coding-table` that names the row. */
export function rulesOfTable(rows: readonly TableRow[], file: string): CodingRule[] {
  const rules = CodingRules.safeParse(rows.map(ruleOf));
  if (rules.success) return rules.data;
  const [issue] = rules.error.issues;
  const at = rows[Number(issue?.path[0])]?.row;
  const what = issue ? `${issue.path.slice(1).join('.')} ${issue.message}`.trim() : z.prettifyError(rules.error);
  throw businessException('coding-table', `${file}${at === undefined ? '' : `, row ${at}`}: ${what}`);
}

function ruleOf({ cells }: TableRow): Record<string, unknown> {
  const cell = (titles: readonly string[]): string | undefined =>
    titles.map((title) => cells.get(title)).find((text) => text !== undefined);
  const words = cell(COLUMNS.contains)
    ?.split(/[;,\n]/)
    .map((word) => word.trim())
    .filter(Boolean);
  const rule = {
    supplier: cell(COLUMNS.supplier),
    contains: words && words.length > 0 ? words : undefined,
    above: amountOf(cell(COLUMNS.above)),
    upTo: amountOf(cell(COLUMNS.upTo)),
    account: cell(COLUMNS.account),
    costCentre: cell(COLUMNS.costCentre),
    because: cell(COLUMNS.because),
  };
  return Object.fromEntries(Object.entries(rule).filter(([, value]) => value !== undefined));
}

/** `5000`, `5 000,00`: as people write it; what is no amount is left for the schema to name. */
function amountOf(text: string | undefined): string | undefined {
  return text?.replace(/[\s\u00a0\u202f]/g, '').replace(',', '.');
}
