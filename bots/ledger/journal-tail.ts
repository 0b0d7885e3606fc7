import { Big } from 'big.js';

/** How an entry of ours begins: date, number in brackets; then the tag of its reference. */
const OUR_HEADER = /^\d{4}-\d{2}-\d{2} \(/;
const OUR_TAG = '    ; reference:';

/**
 * The journal without an entry of ours that a crash left half written. What people have written stays, whether or not it
 * ends with an empty line.
 */
export function withoutTornEntry(journal: string): string {
  const start = journal.lastIndexOf('\n\n') + 2;
  const at = start === 1 ? 0 : start;
  return isTorn(journal.slice(at)) ? journal.slice(0, at) : journal;
}

/** What has to stand between the journal and a new entry, so that an empty line is between them. */
export function separatorAfter(journal: string): string {
  if (journal === '' || journal.endsWith('\n\n')) return '';
  return journal.endsWith('\n') ? '\n' : '\n\n';
}

function isTorn(entry: string): boolean {
  if (!OUR_HEADER.test(entry)) return /^\d[\d-]*( \(?)?$/.test(entry);
  const [, second = ''] = entry.split('\n');
  // Cut within the header or the tag of the reference: the header alone books nothing.
  if (OUR_TAG.startsWith(second)) return true;
  if (!second.startsWith(OUR_TAG)) return false;
  if (!entry.endsWith('\n')) return true;
  const amounts = Array.from(entry.matchAll(/^ {4}[^;\s].*? {2,}(-?[\d.]+) \S+$/gm), ([, amount = '0']) => amount);
  return amounts.length < 2 || !amounts.reduce((total, amount) => total.plus(amount), new Big(0)).eq(0);
}
