import { mkdir, open, readFile, rm, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { applicationException, businessException } from '../../definitions/model/problem.ts';
import { compareAmounts } from '../../definitions/model/money.ts';
import { findEntry, requireAccount, writeEntry } from './journal-entry.ts';
import type { JournalAccounts } from './journal-entry.ts';
import type { Ledger, LedgerContext, PostedEntry, PostResult } from './ledger.ts';
import { requireBalance } from './posting.ts';
import type { Posting } from './posting.ts';

/** Reading and appending takes milliseconds; a lock older than this was left by a process that died. */
const STALE_LOCK_MS = 10_000;
const LOCK_RETRY_MS = 20;
/** Longer than a stale lock takes to be recognised, shorter than the silence that activities are allowed (30 s). */
const LOCK_PATIENCE_MS = 20_000;

export type JournalOptions = JournalAccounts & { file: string };

/** A ledger in a plain-text journal that hledger reads. Safe under several processes on one machine. */
export class JournalLedger implements Ledger {
  readonly #options: JournalOptions;

  constructor(options: JournalOptions) {
    this.#options = options;
  }

  async find(reference: string): Promise<PostedEntry | undefined> {
    return findEntry(await this.#read(), reference, this.#options.payable);
  }

  async post(posting: Posting, context: LedgerContext): Promise<PostResult> {
    requireBalance(posting);
    for (const { account } of posting.lines) requireAccount(account);
    context.signal?.throwIfAborted();
    return this.#locked(async () => {
      const journal = await this.#read();
      const there = findEntry(journal, posting.reference, this.#options.payable);
      if (there) {
        requireSame(there, posting);
        return { ...there, outcome: 'already-posted', proof: this.#proof(posting) };
      }
      await this.#append(journal, writeEntry(posting, this.#options));
      const entry = await this.find(posting.reference);
      if (!entry) throw applicationException('runtime', `the entry is not in ${this.#options.file} after writing it`);
      return { ...entry, outcome: 'posted', proof: this.#proof(posting) };
    });
  }

  #proof(posting: Posting): PostResult['proof'] {
    const bytes = new TextEncoder().encode(writeEntry(posting, this.#options));
    return [{ name: 'journal-entry.txt', mediaType: 'text/plain', bytes }];
  }

  async #read(): Promise<string> {
    try {
      return await readFile(this.#options.file, 'utf8');
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return '';
      throw error;
    }
  }

  /** Appends durably. An entry cut short by a crash has no blank line at its end; it is cut off before the next one. */
  async #append(journal: string, entry: string): Promise<void> {
    await mkdir(dirname(this.#options.file), { recursive: true });
    const whole =
      journal === '' || journal.endsWith('\n\n') ? journal : journal.slice(0, journal.lastIndexOf('\n\n') + 2);
    const file = await open(this.#options.file, 'a');
    try {
      if (whole.length < journal.length && whole.length > 0) await file.truncate(Buffer.byteLength(whole));
      await file.appendFile(entry);
      await file.sync();
    } finally {
      await file.close();
    }
  }

  async #locked<T>(work: () => Promise<T>): Promise<T> {
    const lock = `${this.#options.file}.lock`;
    await mkdir(dirname(lock), { recursive: true });
    await acquire(lock);
    try {
      return await work();
    } finally {
      await rm(lock, { force: true });
    }
  }
}

async function acquire(lock: string): Promise<void> {
  const end = Date.now() + LOCK_PATIENCE_MS;
  for (;;) {
    try {
      const file = await open(lock, 'wx');
      return await file.close();
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
    const age = await stat(lock).then(
      ({ mtimeMs }) => Date.now() - mtimeMs,
      () => 0,
    );
    if (age > STALE_LOCK_MS) await rm(lock, { force: true });
    if (Date.now() > end) throw applicationException('timeout', `${lock} stays; remove it if nothing writes there`);
    await sleep(LOCK_RETRY_MS);
  }
}

function requireSame({ date, readBack }: PostedEntry, posting: Posting): void {
  const same = date === posting.issueDate && readBack['currency'] === posting.currency;
  if (same && compareAmounts(readBack['gross'] ?? '0', posting.gross) === 0) return;
  const shown = `${readBack['gross']} ${readBack['currency']} of ${date}`;
  throw businessException('differs-in-target', `${posting.reference} is booked with other values: ${shown}`);
}
