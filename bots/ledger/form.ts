import type { FormDefinition } from '../../core/forms/form.ts';
import type { FormRequest, FormResult, FormRunner, Target } from '../forms/index.ts';
import type { EntryDetails, EntryKey, LedgerContext, LedgerDriver, PostedEntry, PostResult } from './ledger.ts';
import type { Posting } from './posting.ts';

export type FormLedgerOptions = {
  runner: FormRunner;
  form: () => Promise<FormDefinition>;
  target: () => Promise<Target>;
  /** Today's date where the company is, ISO 8601. */
  today: () => string;
};

/** A ledger behind any web application that a form file describes. */
export class FormDriver implements LedgerDriver {
  readonly #options: FormLedgerOptions;

  constructor(options: FormLedgerOptions) {
    this.#options = options;
  }

  async find(key: EntryKey, context: LedgerContext): Promise<PostedEntry | undefined> {
    const found = await this.#options.runner.find(await this.#request(key, context));
    return found && this.#entry(found, key);
  }

  async get(key: EntryKey, context: LedgerContext): Promise<EntryDetails | undefined> {
    const found = await this.#options.runner.find(await this.#request(key, context));
    return found && { ...this.#entry(found, key), lines: [], proof: found.proof };
  }

  async post(posting: Posting, context: LedgerContext): Promise<PostResult> {
    const result = await this.#options.runner.run(await this.#request(posting, context));
    const outcome = result.outcome === 'written' ? 'posted' : 'already-posted';
    return { ...this.#entry(result, posting), proof: result.proof, outcome };
  }

  async #request(values: EntryKey, context: LedgerContext): Promise<FormRequest> {
    return {
      form: await this.#options.form(),
      target: await this.#options.target(),
      key: values.reference,
      values: { ...values },
      context,
    };
  }

  #entry({ record, readBack }: FormResult, { number }: EntryKey): PostedEntry {
    // The ledger's own date where the form reads one back; otherwise what was written now was booked today.
    return { record: record ?? number, date: readBack['date'] ?? this.#options.today(), readBack };
  }
}
