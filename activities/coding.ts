import { basename, join } from 'node:path';
import { supplierKey } from '../bots/documents/index.ts';
import { CODING_TITLES, rulesOfTable, rulesOfYaml, suggestAccount } from '../bots/ledger/index.ts';
import { readRows } from '../bots/tables/workbook/index.ts';
import { accountSuggest } from '../core/catalogue/account-suggest.ts';
import type { CodingRule, PastCoding } from '../core/model/coding.ts';
import { applicationException } from '../core/model/problem.ts';
import type { LedgerSettings } from '../core/settings/ledgers.ts';
import { activity } from './activity.ts';

export type CodingDependencies = {
  codings: { recent(ledger: string, supplier: string): Promise<PastCoding[]> };
  ledger: (name: string) => LedgerSettings;
  /** Text of a file beside the definition that a run was started with, or undefined. */
  definitionFile: (hash: string, path: string) => Promise<string | undefined>;
  /** Folder of spreadsheets. */
  folder: string;
};

/** `account.suggest`: rules of people, and what the store remembers of the supplier. */
export function createCodingActivities({ codings, ledger, definitionFile, folder }: CodingDependencies) {
  async function rulesOf(file: string, hash: string): Promise<CodingRule[]> {
    if (file.endsWith('.xlsx')) {
      const rows = await readRows({ path: join(folder, basename(file)), titles: CODING_TITLES });
      return rulesOfTable(rows, file);
    }
    const path = `resources/${file}`;
    const source = await definitionFile(hash, path);
    if (source !== undefined) return rulesOfYaml(source, path);
    const detail = `the definition has no file ${path}. To fix: add it and deploy again`;
    throw applicationException('configuration', detail);
  }
  return {
    [accountSuggest.name]: activity(accountSuggest, async ({ invoice, rules, ...args }, { call }) => {
      const supplier = supplierKey(invoice);
      return suggestAccount(invoice, {
        rules: rules === undefined ? [] : await rulesOf(rules, call.definition.hash),
        past: supplier === undefined ? [] : await codings.recent(args.ledger, supplier),
        fallback: ledger(args.ledger).account,
      });
    }),
  };
}
