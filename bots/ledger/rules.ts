import { businessException } from '../../core/model/problem.ts';
import type { EntryKey, Ledger, LedgerDriver } from './ledger.ts';
import { requireBalance } from './posting.ts';
import type { Posting } from './posting.ts';
import { isReversal, reversalKey, reversalOf } from './reversal.ts';

export type LedgerRules = {
  /** Last day of what is closed, ISO 8601, for ledgers that have no periods of their own. */
  closedUntil?: string | undefined;
};

/** What holds for every ledger, whatever driver is behind it: balance, open period, one reversal, no booking after it. */
export function withRules(driver: LedgerDriver, rules: LedgerRules = {}): Ledger {
  const post: Ledger['post'] = async (posting, context) => {
    requireBalance(posting);
    requireOpen(posting, rules);
    const result = await driver.post(posting, context);
    if (result.outcome === 'already-posted' && !isReversal(posting)) {
      const reversal = await driver.find(reversalKey(posting), context);
      if (reversal) throw reversed(posting, result.record, reversal.record);
    }
    return result;
  };
  return {
    find: (key, context) => driver.find(key, context),
    async get(key, context) {
      const entry = await driver.get(key, context);
      if (!entry) throw missing(key);
      const reversal = isReversal(key) ? undefined : await driver.find(reversalKey(key), context);
      return { ...entry, ...(reversal ? { reversedBy: reversal.record } : {}) };
    },
    post,
    async reverse(posting, reversal, context) {
      if (!(await driver.find(posting, context))) throw missing(posting);
      return post(reversalOf(posting, reversal), context);
    },
  };
}

function requireOpen({ issueDate, number }: Posting, { closedUntil }: LedgerRules): void {
  if (closedUntil === undefined || issueDate > closedUntil) return;
  throw closedPeriod(`${number} is of ${issueDate}, and everything up to ${closedUntil} is closed`);
}

/** A person decides: another date, or the period is opened again. */
export function closedPeriod(detail: string): Error {
  return businessException('closed-period', detail);
}

function missing({ number, supplier }: EntryKey): Error {
  return businessException(
    'not-in-target',
    `${number} of ${supplier} is not booked, so there is nothing to show or reverse`,
  );
}

function reversed({ number }: Posting, record: string, reversal: string): Error {
  const detail = `${number} was booked as ${record} and reversed by ${reversal}; book it under another number if it is owed after all`;
  return businessException('reversed-in-target', detail);
}
