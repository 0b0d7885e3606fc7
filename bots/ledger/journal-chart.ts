import { businessException } from '../../core/model/problem.ts';
import { payeeOf, requireAccount } from './journal-entry.ts';
import type { JournalAccounts } from './journal-entry.ts';
import type { Posting } from './posting.ts';

/**
 * What a journal declares ("account directive", "payee directive" of hledger's manual). Where nothing of a kind is
 * declared, everything is allowed, as in hledger without its strict checks.
 */
export type Chart = { accounts: ReadonlySet<string>; payees: ReadonlySet<string> };

/** Reads the declarations of a journal, or of a file of declarations. */
export function readChart(source: string): Chart {
  const named = (directive: string): Set<string> => {
    // Two blanks or a semicolon end the name; what comes after is a comment.
    const lines = source.matchAll(new RegExp(`^${directive} +(.+?)(?: {2,}.*|\\s*;.*)?$`, 'gmu'));
    return new Set(Array.from(lines, ([, name = '']) => name.trim().replace(/^"(.*)"$/, '$1')));
  };
  return { accounts: named('account'), payees: named('payee') };
}

/** @throws business exceptions `unknown-account` and `unknown-supplier` for what is not declared. */
export function requireDeclared(posting: Posting, { vatAccount, payable }: JournalAccounts, chart: Chart): void {
  const used = new Set([...posting.lines.map(({ account }) => account), vatAccount, payable]);
  for (const account of used) {
    requireAccount(account);
    if (chart.accounts.size === 0 || chart.accounts.has(account)) continue;
    throw businessException(
      'unknown-account',
      `the journal declares no account "${account}"; add it, or choose another`,
    );
  }
  const payee = payeeOf(posting.supplier);
  if (chart.payees.size === 0 || chart.payees.has(payee)) return;
  throw businessException('unknown-supplier', `the journal declares no payee "${payee}"; add the supplier first`);
}
