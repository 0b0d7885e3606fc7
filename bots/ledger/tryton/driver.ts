import { setTimeout as sleep } from 'node:timers/promises';
import type { FileContent } from '../../../core/model/artefact.ts';
import { applicationException, businessException, errorName, ProblemError } from '../../../core/model/problem.ts';
import type { Target } from '../../forms/index.ts';
import type {
  EntryDetails,
  EntryKey,
  EntryLine,
  LedgerContext,
  LedgerDriver,
  PostedEntry,
  PostResult,
} from '../ledger.ts';
import type { Posting } from '../posting.ts';
import {
  createDraft,
  entryOf,
  findInvoices,
  isPosted,
  linesOf,
  readInvoice,
  requireSame,
  setTaxes,
} from './invoice.ts';
import { findNames, findSupplier, type Names, type Supplier, type TrytonBooks } from './names.ts';
import { TrytonConflict, TrytonRpc, TrytonWarning } from './rpc.ts';
import { idOf, textOf, type TrytonRecord } from './values.ts';

/** Two bots with the same invoice see each other's drafts for a moment, until the younger draft is gone. */
const TWIN_LOOKS = 20;
const TWIN_PAUSE_MS = 250;
/** Asked because the account's usual taxes are others than the document's: the document counts. */
const ANSWERED_YES = new Set(['invoice_taxes']);
/** Another invoice of the supplier has the same number. */
const SIMILAR = 'invoice_similar';

/** `mine`: this call made it. */
type Draft = { id: number; mine: boolean; names: Names };

export type TrytonOptions = TrytonBooks & { target: () => Promise<Target> };

/**
 * Tryton by JSON-RPC: a supplier invoice is drafted, checked and posted. Tryton has no unique key for the supplier's
 * number, so drafts decide: of several with the same number the oldest is posted, whoever made a younger one removes it.
 * A draft that a crash left is taken up the same way.
 */
export class TrytonDriver implements LedgerDriver {
  readonly #options: TrytonOptions;

  constructor(options: TrytonOptions) {
    this.#options = options;
  }

  async find(key: EntryKey, context: LedgerContext): Promise<PostedEntry | undefined> {
    const found = await this.#look(await this.#open(context), key);
    return found && entryOf(found);
  }

  async get(key: EntryKey, context: LedgerContext): Promise<EntryDetails | undefined> {
    const rpc = await this.#open(context);
    const found = await this.#look(rpc, key);
    if (!found) return undefined;
    const lines = await linesOf(rpc, found);
    return { ...entryOf(found), lines, proof: [proofOf(found, lines)] };
  }

  async post(posting: Posting, context: LedgerContext): Promise<PostResult> {
    const rpc = await this.#open(context);
    const supplier = await findSupplier(rpc, posting);
    if (!supplier) {
      const { supplier: name, supplierVatId } = posting;
      throw businessException(
        'unknown-supplier',
        `Tryton knows no party ${name} (${supplierVatId ?? 'no VAT id'}); add it first`,
      );
    }
    const there = (await findInvoices(rpc, supplier, posting.number)).find(isPosted);
    if (there) return this.#prove(rpc, there, posting, 'already-posted');
    const draft = await this.#draft(rpc, posting, supplier);
    const outcome = draft.mine ? 'posted' : 'already-posted';
    try {
      const posted = await this.#commit(rpc, draft, supplier, posting, context);
      return await this.#prove(rpc, posted, posting, outcome);
    } catch (error) {
      // A twin that looked at the same time may have posted the draft meanwhile: then Tryton refuses only the second try.
      const posted = isRefusal(error) ? (await findInvoices(rpc, supplier, posting.number)).find(isPosted) : undefined;
      if (!posted) throw error;
      return this.#prove(rpc, posted, posting, outcome);
    }
  }

  async #open(context: LedgerContext): Promise<TrytonRpc> {
    return new TrytonRpc(await this.#options.target(), context);
  }

  async #look(rpc: TrytonRpc, key: EntryKey): Promise<TrytonRecord | undefined> {
    const supplier = await findSupplier(rpc, key);
    return supplier && (await findInvoices(rpc, supplier, key.number)).find(isPosted);
  }

  /** The oldest draft of the number, made here where there is none. `mine`: this call made it. */
  async #draft(rpc: TrytonRpc, posting: Posting, supplier: Supplier): Promise<Draft> {
    const names = await findNames(rpc, posting, this.#options);
    const [before] = await findInvoices(rpc, supplier, posting.number);
    const made = before
      ? undefined
      : await createDraft(rpc, posting, { supplier, names, payable: this.#options.payable });
    const [oldest] = await findInvoices(rpc, supplier, posting.number);
    const id = oldest ? idOf(oldest) : (made ?? 0);
    if (made !== undefined && made !== id) await rpc.call('account.invoice', 'delete', [made]);
    return { id, mine: made === id, names };
  }

  /** Puts the document's VAT in, validates, compares, posts. Answers with the invoice as it is in the books. */
  async #commit(
    rpc: TrytonRpc,
    { id, names }: Draft,
    supplier: Supplier,
    posting: Posting,
    context: LedgerContext,
  ): Promise<TrytonRecord> {
    for (let look = 0; look < TWIN_LOOKS; look += 1) {
      try {
        const draft = await readInvoice(rpc, id);
        if (!draft) break;
        if (isPosted(draft)) return draft;
        await setTaxes(rpc, id, posting, names);
        if (textOf(draft, 'state') === 'draft') await confirmed(rpc, 'validate_invoice', id);
        const validated = (await readInvoice(rpc, id)) ?? draft;
        if (isPosted(validated)) return validated;
        requireSame(validated, posting, 'differs-before-commit');
        await context.beforeEffect?.();
        await confirmed(rpc, 'post', id);
        await context.afterEffect?.();
        const [posted] = (await findInvoices(rpc, supplier, posting.number)).filter(isPosted);
        if (posted) return posted;
      } catch (error) {
        if (!isTwinAtWork(error)) throw asProblem(error);
      }
      await sleep(TWIN_PAUSE_MS, undefined, context.signal ? { signal: context.signal } : {});
    }
    const detail = `Tryton took ${posting.number}, but it is not in the books, or drafts of the same number stay beside it; the next attempt looks first`;
    throw applicationException('runtime', detail, { retryable: true });
  }

  async #prove(
    rpc: TrytonRpc,
    invoice: TrytonRecord,
    posting: Posting,
    outcome: PostResult['outcome'],
  ): Promise<PostResult> {
    requireSame(invoice, posting, 'differs-in-target');
    return { ...entryOf(invoice), outcome, proof: [proofOf(invoice, await linesOf(rpc, invoice))] };
  }
}

/** Calls a method of an invoice; answers yes to the questions that the document has answered. */
async function confirmed(rpc: TrytonRpc, method: string, id: number): Promise<void> {
  try {
    await rpc.call('account.invoice', method, [id]);
  } catch (error) {
    if (!(error instanceof TrytonWarning) || !ANSWERED_YES.has(error.about)) throw error;
    await rpc.confirm(error);
    await rpc.call('account.invoice', method, [id]);
  }
}

/** Another draft of the number is there, or somebody is writing the same record at this moment: both pass. */
function isTwinAtWork(error: unknown): boolean {
  return error instanceof TrytonConflict || (error instanceof TrytonWarning && error.about === SIMILAR);
}

/** Tryton took the call and refused it by its own rules. */
function isRefusal(error: unknown): boolean {
  return error instanceof ProblemError && errorName(error.problem.type) === 'refused-by-target';
}

/** A question that nobody has answered is a person's. */
function asProblem(error: unknown): unknown {
  if (!(error instanceof TrytonWarning)) return error;
  return businessException('refused-by-target', `Tryton asks back: ${error.message}`);
}

function proofOf(invoice: TrytonRecord, lines: EntryLine[]): FileContent {
  const text = JSON.stringify({ ...entryOf(invoice), lines }, undefined, 2);
  return { name: 'tryton-entry.json', mediaType: 'application/json', bytes: new TextEncoder().encode(text) };
}
