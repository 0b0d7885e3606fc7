import type { FileContent } from '../../core/model/artefact.ts';
import type { FormContext } from '../forms/index.ts';
import type { Posting } from './posting.ts';

/** Deadline, cancellation and progress of a posting. */
export type LedgerContext = FormContext;

/** What an entry is found by: the reference where the ledger can keep it, else supplier and invoice number. */
export type EntryKey = Pick<Posting, 'reference' | 'formerly' | 'number' | 'supplier'> & {
  supplierVatId?: string | undefined;
};

/** What the ledger holds under a reference. */
export type PostedEntry = {
  /** Number that the ledger gave. */
  record: string;
  /** Date of the entry, ISO 8601. */
  date: string;
  /** Values as the ledger shows them: dates ISO 8601, amounts decimal strings. */
  readBack: Record<string, string>;
};

/** One account of an entry. Decimal strings; debits are positive, credits negative, and all come to zero. */
export type EntryLine = { account: string; amount: string };

/** An entry with all that the ledger can show of it. */
export type EntryDetails = PostedEntry & {
  /** Empty where the ledger does not show accounts, as behind most forms. */
  lines: EntryLine[];
  proof: FileContent[];
};

export type PostResult = PostedEntry & {
  outcome: 'posted' | 'already-posted';
  proof: FileContent[];
};

/** What a driver does; the rules that hold for every ledger are around it (`withRules`). */
export type LedgerDriver = {
  /** The entry of that key, or undefined; compares nothing. */
  find(key: EntryKey, context: LedgerContext): Promise<PostedEntry | undefined>;
  /** The same with lines and proof. */
  get(key: EntryKey, context: LedgerContext): Promise<EntryDetails | undefined>;
  /**
   * Looks, writes once, reads back, proves. After an unknown outcome, calling it again is safe.
   * @throws business exceptions `unknown-supplier`, `unknown-account`, `closed-period`, `differs-in-target`.
   */
  post(posting: Posting, context: LedgerContext): Promise<PostResult>;
};

export type Reversal = {
  /** ISO 8601: the day on which it is reversed, for the period of the first booking may be closed. */
  date: string;
  reason: string;
};

/** One ledger. Every driver keeps the same promises; `tests/suites/ledger-contract` holds them to it. */
export type Ledger = {
  /** The entry of that key, or undefined. */
  find(key: EntryKey, context: LedgerContext): Promise<PostedEntry | undefined>;
  /**
   * The entry of that key, with its lines, its proof, and the record that reversed it.
   * @throws a business exception `not-in-target`.
   */
  get(key: EntryKey, context: LedgerContext): Promise<EntryDetails & { reversedBy?: string }>;
  /**
   * Posts once: an entry that is there already is proved, not repeated.
   * @throws business exceptions `unknown-supplier`, `unknown-account`, `unbalanced`, `closed-period`, `differs-in-target`,
   * `reversed-in-target`.
   */
  post(posting: Posting, context: LedgerContext): Promise<PostResult>;
  /**
   * Takes a posting back, once, by the same amounts with the other sign ("red" reversal): both stay in the books.
   * @throws business exceptions `not-in-target`, `closed-period`.
   */
  reverse(posting: Posting, reversal: Reversal, context: LedgerContext): Promise<PostResult>;
};
