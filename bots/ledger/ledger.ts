import type { FileContent } from '../../definitions/model/artefact.ts';
import type { FormContext } from '../forms/index.ts';
import type { Posting } from './posting.ts';

/** Deadline, cancellation and progress of a posting. */
export type LedgerContext = FormContext;

/** What the ledger holds under a reference. */
export type PostedEntry = {
  /** Number that the ledger gave. */
  record: string;
  /** Date of the entry, ISO 8601. */
  date: string;
  /** Values as the ledger shows them: dates ISO 8601, amounts decimal strings. */
  readBack: Record<string, string>;
};

export type PostResult = PostedEntry & {
  outcome: 'posted' | 'already-posted';
  proof: FileContent[];
};

/** One ledger. Every driver keeps the same promises; `tests/journeys/ledger-contract.test.ts` holds them to it. */
export type Ledger = {
  /** The entry with that reference, or undefined. */
  find(reference: string): Promise<PostedEntry | undefined>;
  /**
   * Posts once: an entry that is there already is proved, not repeated.
   * @throws business exceptions `unknown-supplier`, `unknown-account`, `unbalanced`, `differs-in-target`.
   */
  post(posting: Posting, context: LedgerContext): Promise<PostResult>;
};
