import { fold } from '../../bots/documents/fields/fold.ts';

const LEAST_NAME = 5;

/** True when two values of a field mean the same: amounts by number, names by their beginning, ids by letters and digits. */
export function sameValue(field: string, wanted: string, value: string): boolean {
  if (field.startsWith('total')) return Math.abs(Number(wanted) - Number(value)) < 0.005;
  if (field === 'issueDate' || field === 'dueDate' || field === 'currency') return wanted === value;
  const [a, b] = [bare(wanted), bare(value)];
  if (field === 'sellerVatId') return a.replace(/^[a-z]{2}/, '') === b.replace(/^[a-z]{2}/, '');
  if (field === 'sellerName' || field === 'buyerName') {
    return a === b || (b.length >= LEAST_NAME && (a.startsWith(b) || b.startsWith(a)));
  }
  return a === b;
}

const bare = (text: string): string => fold(text).replace(/[^a-z0-9]/g, '');
