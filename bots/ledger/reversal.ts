import { Big } from 'big.js';
import type { EntryKey, Reversal } from './ledger.ts';
import type { Posting } from './posting.ts';

/** Polish bookkeeping's word for a reversal, which other countries' ledgers show as well; short, for number fields are. */
const NUMBER_SUFFIX = '/STORNO';
const REFERENCE_SUFFIX = ':reversal';

/** The key of what reverses an entry: an entry is reversed once, so its own key is enough. */
export function reversalKey({ reference, formerly, number, supplier, supplierVatId }: EntryKey): EntryKey {
  return {
    reference: reference + REFERENCE_SUFFIX,
    ...(formerly === undefined ? {} : { formerly: formerly + REFERENCE_SUFFIX }),
    number: number + NUMBER_SUFFIX,
    supplier,
    ...(supplierVatId === undefined ? {} : { supplierVatId }),
  };
}

/** The posting with each amount's sign turned, under a key of its own, on the date of the reversal. */
export function reversalOf(posting: Posting, { date, reason }: Reversal): Posting {
  const turned = (amount: string): string => new Big(amount).neg().toFixed(2);
  const { reference, formerly, number } = reversalKey(posting);
  return {
    ...posting,
    reference,
    ...(formerly === undefined ? {} : { formerly }),
    number,
    issueDate: date,
    saleDate: date,
    dueDate: date,
    net: turned(posting.net),
    vat: turned(posting.vat),
    gross: turned(posting.gross),
    description: `Storno ${posting.number}: ${reason}`,
    lines: posting.lines.map((line) => ({ ...line, net: turned(line.net), vat: turned(line.vat) })),
  };
}

/** True for the key of a reversal. */
export function isReversal({ reference }: Pick<EntryKey, 'reference'>): boolean {
  return reference.endsWith(REFERENCE_SUFFIX);
}
