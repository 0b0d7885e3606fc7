import { Big } from 'big.js';
import type { CodingRule, PastCoding } from '../../../core/model/coding.ts';
import type { CodingSource } from '../../../core/catalogue/account-suggest.ts';
import type { Finding, Invoice } from '../../../core/model/invoice.ts';

export type Suggestion = {
  account?: string;
  costCentre?: string;
  source: CodingSource;
  confidence: number;
  finding: Finding;
  alternatives: { account: string; times: number }[];
};

export type Known = {
  rules: readonly CodingRule[];
  /** Bookings of this supplier, newest first. */
  past: readonly PastCoding[];
  /** Default account of the ledger. */
  fallback?: string | undefined;
};

/**
 * What an accountant would do: what a colleague chose for this supplier the last time; else the rule that fits; else where
 * the supplier's invoices usually go; else the account for everything. Always with the reason.
 */
export function suggestAccount(invoice: Invoice, { rules, past, fallback }: Known): Suggestion {
  const [last] = past;
  if (last?.chosenBy) return byPerson(last, past);
  const rule = rules.find((each) => fits(each, invoice));
  if (rule) return byRule(rule, past);
  if (last) return byHistory(past);
  if (fallback !== undefined) return suggestion('settings', { account: fallback }, { account: fallback }, 0, past);
  return { ...suggestion('none', {}, {}, 0, past) };
}

function byPerson(last: PastCoding, past: readonly PastCoding[]): Suggestion {
  const { account, chosenBy = '', number, bookedAt } = last;
  const values = { account, by: chosenBy, number, date: bookedAt.slice(0, 10) };
  return suggestion('person', last, values, shareOf(account, past), past);
}

function byRule(rule: CodingRule, past: readonly PastCoding[]): Suggestion {
  const about = [
    rule.supplier,
    ...(rule.contains ?? []),
    rule.above && `> ${rule.above}`,
    rule.upTo && `≤ ${rule.upTo}`,
  ];
  const because = rule.because ?? about.filter(Boolean).join(', ');
  return suggestion('rule', rule, { account: rule.account, because }, 1, past);
}

/** The account used most often; of several the one used last. */
function byHistory(past: readonly PastCoding[]): Suggestion {
  const [most] = countsOf(past);
  const last = past.find(({ account }) => account === most?.account) ?? past[0];
  const values = { account: last?.account ?? '', times: String(most?.times ?? 0), of: String(past.length) };
  return suggestion('history', last ?? {}, values, shareOf(values.account, past), past);
}

function suggestion(
  source: CodingSource,
  { account, costCentre }: { account?: string | undefined; costCentre?: string | undefined },
  values: Record<string, string>,
  confidence: number,
  past: readonly PastCoding[],
): Suggestion {
  const finding: Finding = { rule: `coding.${source}`, blocking: false, values };
  const alternatives = countsOf(past).filter((each) => each.account !== account);
  return { ...(account && { account }), ...(costCentre && { costCentre }), source, confidence, finding, alternatives };
}

/** Accounts by how often they were used, then by how lately. */
function countsOf(past: readonly PastCoding[]): { account: string; times: number }[] {
  const counts = new Map<string, number>();
  for (const { account } of past) counts.set(account, (counts.get(account) ?? 0) + 1);
  return Array.from(counts, ([account, times]) => ({ account, times })).sort((a, b) => b.times - a.times);
}

function shareOf(account: string, past: readonly PastCoding[]): number {
  return past.length === 0 ? 0 : past.filter((each) => each.account === account).length / past.length;
}

function fits({ supplier, contains, above, upTo }: CodingRule, { seller, lines, totals }: Invoice): boolean {
  if (supplier !== undefined && !isSupplier(supplier, seller)) return false;
  if (contains && !contains.some((word) => lines.some(({ name }) => has(name, word)))) return false;
  if (above === undefined && upTo === undefined) return true;
  if (totals.net === undefined) return false;
  const net = new Big(totals.net).abs();
  return (above === undefined || net.gt(above)) && (upTo === undefined || net.lte(upTo));
}

function isSupplier(wanted: string, { name, vatId }: Invoice['seller']): boolean {
  const digits = wanted.replace(/\D/g, '');
  // A wanted text of many digits is a VAT id, in whatever way it is written.
  if (digits.length >= 8) return (vatId ?? '').replace(/\D/g, '') === digits;
  return has(name, wanted);
}

/** Part of a text, without regard to case and accents: people write rules by hand. */
function has(text: string | undefined, part: string): boolean {
  return fold(text ?? '').includes(fold(part));
}

const fold = (text: string): string =>
  text.normalize('NFD').replace(/\p{M}/gu, '').replaceAll('ł', 'l').replaceAll('Ł', 'L').toLowerCase();
