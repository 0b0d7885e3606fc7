import type { FormDefinition } from '../../definitions/forms/form.ts';
import type { FormRunner, Target } from '../forms/index.ts';
import type { Ledger, LedgerContext, PostedEntry, PostResult } from './ledger.ts';
import { requireBalance } from './posting.ts';
import type { Posting } from './posting.ts';

export type FormLedgerOptions = {
  runner: FormRunner;
  form: () => Promise<FormDefinition>;
  target: () => Promise<Target>;
  /** Today's date where the company is, ISO 8601. */
  today: () => string;
};

/** A ledger behind any web application that a form file describes. */
export class FormLedger implements Ledger {
  readonly #options: FormLedgerOptions;
  readonly #today: () => string;
  readonly #entries = new Map<string, PostedEntry>();

  constructor(options: FormLedgerOptions) {
    this.#options = options;
    this.#today = options.today;
  }

  /** A form searches by the values of a posting, so only what this ledger has posted or met is known by reference. */
  find(reference: string): Promise<PostedEntry | undefined> {
    return Promise.resolve(this.#entries.get(reference));
  }

  async post(posting: Posting, context: LedgerContext): Promise<PostResult> {
    requireBalance(posting);
    const result = await this.#options.runner.run({
      form: await this.#options.form(),
      target: await this.#options.target(),
      key: posting.reference,
      values: { ...posting },
      context,
    });
    const { readBack, proof } = result;
    // The ledger's own date where the form reads one back; otherwise what was written now was booked today.
    const date = readBack['date'] ?? this.#today();
    const entry = { record: result.record ?? posting.number, date, readBack };
    this.#entries.set(posting.reference, entry);
    return { ...entry, proof, outcome: result.outcome === 'written' ? 'posted' : 'already-posted' };
  }
}
