import { createHash, randomUUID } from 'node:crypto';
import { access, open, readFile, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { compareAmounts } from '../../../core/model/money.ts';
import { applicationException, businessException } from '../../../core/model/problem.ts';
import type { CsvDialect, CsvValue } from '../../../core/settings/ledgers.ts';
import type { EntryDetails, EntryKey, LedgerContext, LedgerDriver, PostedEntry, PostResult } from '../ledger.ts';
import type { Posting } from '../posting.ts';
import { acknowledgementOf } from './acknowledgement.ts';
import { Claims, type Claim } from './claims.ts';
import { encode, formatHead, formatRows } from '../../tables/csv-dialect.ts';
import { linesOf, rowsOf } from './rows.ts';
import { isMissing } from '../../../core/model/errors.ts';

/** Between two looks for the target's answer. */
const LOOK_MS = 500;
/** Writing a file takes milliseconds: whoever has claimed one and not written it for so long has died. */
const ABANDONED_MS = 10_000;
/** Hex digits of a hash: 64 bits do not meet by chance among the files of a folder. */
const BATCH_NAME_LENGTH = 16;

export type CsvOptions = {
  /** Folder that the target reads from. */
  folder: string;
  dialect: CsvDialect;
  /** Value by column title, in the order of the columns. */
  columns: Readonly<Record<string, CsvValue>>;
  acknowledged: string;
  refused: string;
  /** How long the target may take to acknowledge, before the posting is tried (that is: looked for) again. */
  patienceMs: number;
};

/**
 * A ledger that imports files: one file for each batch (a posting with all its lines), with a name that follows from the
 * reference, put into the folder whole. The target answers with a file beside it, before it takes the file away. Until
 * then the outcome is unknown, and nothing is written again.
 */
export class CsvDriver implements LedgerDriver {
  readonly #options: CsvOptions;
  readonly #claims: Claims;

  constructor(options: CsvOptions) {
    this.#options = options;
    this.#claims = new Claims(options.folder);
  }

  async find(key: EntryKey): Promise<PostedEntry | undefined> {
    const claim = await this.#claimed(key);
    const known = claim && (await this.#settle(claim));
    return known?.record === undefined ? undefined : entryOf(known, known.record);
  }

  async get(key: EntryKey): Promise<EntryDetails | undefined> {
    const entry = await this.find(key);
    const claim = entry && (await this.#claimed(key));
    return claim && entry && { ...entry, lines: claim.accounts, proof: [this.#proof(claim)] };
  }

  async post(posting: Posting, context: LedgerContext): Promise<PostResult> {
    const wanted = this.#claimOf(posting);
    // Before anything is claimed: what the file cannot hold is told while nothing is written.
    encode(wanted.lines.join(''), this.#options.dialect);
    const standing = (await this.#claimed(posting)) ?? (await this.#claims.take(wanted));
    requireSame(standing, wanted);
    const fresh = standing === wanted;
    if (fresh) {
      await context.beforeEffect?.();
      await this.#write(standing);
      await context.afterEffect?.();
    }
    const { record, ...claim } = await this.#acknowledged(standing, context);
    const outcome = fresh ? 'posted' : 'already-posted';
    return { ...entryOf(claim, record), outcome, proof: [this.#proof(claim)] };
  }

  /** The claim of that key, also under the reference of an earlier release, where the number is the same. */
  async #claimed({ reference, formerly, number }: EntryKey): Promise<Claim | undefined> {
    const claim = await this.#claims.find(reference);
    if (claim || formerly === undefined) return claim;
    const former = await this.#claims.find(formerly);
    return former?.values['number'] === number ? former : undefined;
  }

  #claimOf(posting: Posting): Claim {
    const { columns, dialect } = this.#options;
    const { reference, number, issueDate: date, net, vat, gross, currency, supplier } = posting;
    return {
      reference,
      batch: `${createHash('sha256').update(reference).digest('hex').slice(0, BATCH_NAME_LENGTH)}.csv`,
      takenAt: Date.now(),
      written: false,
      lines: formatRows(rowsOf(posting, columns, dialect), Object.keys(columns), dialect),
      values: { number, date, net, vat, gross, currency, supplier },
      accounts: linesOf(posting),
    };
  }

  /** Puts the file into the folder under its name, whole, unless it is there or the target has answered. */
  async #write(claim: Claim): Promise<void> {
    const { folder, dialect, columns, acknowledged, refused } = this.#options;
    const path = join(folder, claim.batch);
    const there = await Promise.all([path, path + acknowledged, path + refused].map(exists));
    if (!there.includes(true)) {
      const text = formatHead(Object.keys(columns), dialect) + claim.lines.join('');
      const draft = join(folder, `.${claim.batch}.${randomUUID()}`);
      const file = await open(draft, 'wx');
      try {
        await file.writeFile(encode(text, dialect));
        await file.sync();
      } finally {
        await file.close();
      }
      await rename(draft, path);
    }
    await this.#claims.keep({ ...claim, written: true });
  }

  /** Waits for the target's answer; writes a file that a crash has kept from being written. */
  async #acknowledged(taken: Claim, context: LedgerContext): Promise<Claim & { record: string }> {
    const end = Date.now() + this.#options.patienceMs;
    for (;;) {
      context.signal?.throwIfAborted();
      const claim = (await this.#claims.find(taken.reference)) ?? taken;
      const { record, ...known } = await this.#settle(claim);
      if (record !== undefined) return { ...known, record };
      if (!claim.written && Date.now() - claim.takenAt > ABANDONED_MS) await this.#write(claim);
      context.onProgress?.(`waiting for the target to import ${claim.batch}`);
      if (Date.now() > end) break;
      await sleep(LOOK_MS, undefined, context.signal ? { signal: context.signal } : {});
    }
    const detail = `${taken.batch} is in ${this.#options.folder} and has not been acknowledged yet; the next attempt looks first`;
    throw applicationException('timeout', detail);
  }

  /** What the target has answered about the claim so far, kept. @throws what it refuses, and lets it come again. */
  async #settle(claim: Claim): Promise<Claim> {
    if (claim.record !== undefined) return claim;
    const { folder, acknowledged, refused } = this.#options;
    const path = join(folder, claim.batch);
    const answer = acknowledgementOf(claim, await textOf(path + acknowledged), await textOf(path + refused));
    if (answer === undefined) return claim;
    if ('record' in answer) {
      const known = { ...claim, record: answer.record };
      await this.#claims.keep(known);
      return known;
    }
    // Corrected it comes again, in a file of the same name: the refusal must not be taken for an answer to that one.
    await rename(path + refused, `${path}${refused}.${Date.now()}`);
    await this.#claims.release(claim.reference);
    throw businessException(answer.code, answer.detail);
  }

  #proof({ batch, lines }: Claim): PostResult['proof'][number] {
    return { name: batch, mediaType: 'text/csv', bytes: encode(lines.join(''), this.#options.dialect) };
  }
}

function entryOf({ values }: Pick<Claim, 'values'>, record: string): PostedEntry {
  return { record, date: values['date'] ?? '', readBack: values };
}

function requireSame(standing: Claim, claim: Claim): void {
  const amounts = ['net', 'vat', 'gross'];
  const faults = Object.entries(claim.values).filter(([name, value]) => {
    const is = standing.values[name] ?? '';
    return amounts.includes(name) ? compareAmounts(is, value) !== 0 : is !== value;
  });
  if (faults.length === 0) return;
  const told = faults.map(([name, value]) => `${name} is ${standing.values[name]}, not ${value}`).join('; ');
  throw businessException('differs-in-target', `${claim.reference} was sent with different values: ${told}`);
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}

async function textOf(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}
