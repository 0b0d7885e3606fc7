import { fold } from '../../bots/documents/fields/fold.ts';

/** A name may be cut, but not to less than this. */
const LEAST_NAME = 5;
const CENT = 0.005;

/** Legal forms of companies, which one paper writes out and another shortens or leaves away. Folded text. */
const LEGAL_FORM =
  /\b(?:spolka z ograniczona odpowiedzialnoscia|sp\.? ?z ?o\.? ?o\.?|sp\.? ?[jk]\.?|s\.? ?[ac]\.?|gmbh(?: & co\.? kg)?|ag|ltd\.?|limited|inc\.?|llc|b\.? ?v\.?|n\.? ?v\.?|sarl|sas|sdn\.? bhd\.?)(?![a-z])/g;

/**
 * True when two values of a field mean the same: amounts by number, dates as they are, names by their beginning and
 * without their legal form, ids by letters and digits and without their country, Polish accounts with or without "PL".
 */
export function sameValue(field: string, wanted: string, value: string): boolean {
  if (field.startsWith('total')) return Math.abs(Number(wanted) - Number(value)) < CENT;
  if (field === 'issueDate' || field === 'dueDate' || field === 'currency') return wanted === value;
  const [a, b] = [bare(wanted), bare(value)];
  if (field === 'sellerVatId') return a.replace(/^[a-z]{2}/, '') === b.replace(/^[a-z]{2}/, '');
  if (field === 'sellerName' || field === 'buyerName') return sameName(wanted, value);
  return a === b || (field === 'iban' && a === `pl${b}`);
}

function sameName(wanted: string, value: string): boolean {
  const [a, b] = [wanted, value].map((name) => bare(fold(name).replaceAll(LEGAL_FORM, ''))) as [string, string];
  return a === b || (b.length >= LEAST_NAME && (a.startsWith(b) || b.startsWith(a)));
}

const bare = (text: string): string => fold(text).replace(/[^a-z0-9]/g, '');
