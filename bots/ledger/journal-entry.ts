import { Big } from 'big.js';
import { businessException } from '../../core/model/problem.ts';
import type { EntryKey, EntryLine, PostedEntry } from './ledger.ts';
import type { Posting } from './posting.ts';

export type JournalAccounts = { vatAccount: string; payable: string };

/**
 * One transaction in the journal format of hledger ("Transactions", "Tags" in its manual): header with the invoice number
 * as code, the reference as a tag, one posting per line, blank line at the end.
 */
export function writeEntry(posting: Posting, { vatAccount, payable }: JournalAccounts): string {
  const amount = (value: Big): string => `${value.toFixed(2)} ${posting.currency}`;
  const nets = new Map<string, Big>();
  for (const { account, net } of posting.lines) nets.set(account, (nets.get(account) ?? new Big(0)).plus(net));
  const rows: [string, Big][] = [...nets, [vatAccount, new Big(posting.vat)], [payable, new Big(posting.gross).neg()]];
  const postings = rows.filter(([, value]) => !value.eq(0)).map(([name, value]) => `    ${name}  ${amount(value)}`);
  const tags = [`reference:${tag(posting.reference)}`, `due:${posting.dueDate}`];
  const title = `${payeeOf(posting.supplier)} | ${text(posting.description)}`;
  return [
    `${posting.issueDate} (${numberIn(posting.number)}) ${title}`,
    ...tags.map((each) => `    ; ${each}`),
    ...postings,
    '',
    '',
  ].join('\n');
}

/** The entry of that key, also under the reference that an earlier release gave it, where the number is the same. */
export function findByKey(journal: string, key: EntryKey, payable: string) {
  const found = findEntry(journal, key.reference, payable);
  if (found || key.formerly === undefined) return found;
  const former = findEntry(journal, key.formerly, payable);
  return former?.readBack['number'] === numberIn(key.number) ? former : undefined;
}

/** The entry with that reference, or undefined. `gross` is the amount on the payable account, without its sign. */
function findEntry(
  journal: string,
  reference: string,
  payable: string,
): (PostedEntry & { lines: EntryLine[]; source: string }) | undefined {
  const wanted = `    ; reference:${tag(reference)}`;
  const entries = journal.split(/\n(?=\d{4}-\d{2}-\d{2} )/).filter((entry) => /^\s*\d{4}-/.test(entry));
  const index = entries.findIndex((entry) => entry.split('\n').includes(wanted));
  const entry = entries[index];
  if (entry === undefined) return undefined;
  const [, date = '', number = ''] = /^(\d{4}-\d{2}-\d{2}) \((.*?)\)/.exec(entry.trimStart()) ?? [];
  const postings = entry.split('\n').flatMap((line) => {
    const [, account, amount, currency] = /^ {4}([^;\s].*?) {2,}(-?[\d.]+) (\S+)$/.exec(line) ?? [];
    return account && amount && currency ? [{ account, amount, currency }] : [];
  });
  const owed = postings.find(({ account }) => account === payable);
  const gross = new Big(owed?.amount ?? '0').neg().toFixed(2);
  const lines = postings.map(({ account, amount }) => ({ account, amount }));
  const readBack = { number, date, gross, currency: owed?.currency ?? '' };
  return { record: String(index + 1), date, readBack, lines, source: entry.trim() };
}

/** @throws a business exception `unknown-account` for a name that hledger would read as something else. */
export function requireAccount(name: string): void {
  if (/^[\p{L}\p{N}][^;\n\t]*$/u.test(name) && !name.includes('  ')) return;
  throw businessException('unknown-account', `"${name}" is not the name of an account`);
}

/** What stands before the bar of a description: hledger's payee. */
export const payeeOf = (supplier: string): string => text(supplier);

/** An invoice number between the brackets of a code. */
const numberIn = (number: string): string => text(number).replace(/[()]/g, ' ');
/** One line without what hledger takes for a comment, the end of the payee, or a new line. */
const text = (value: string): string => value.replace(/[;|\s]+/g, ' ').trim();
/** A tag's value ends at a comma or the end of the line. */
const tag = (value: string): string => encodeURIComponent(value);
