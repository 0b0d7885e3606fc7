import { mkdir, open, readFile, rm, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { applicationException, businessException } from '../../core/model/problem.ts';
import { compareAmounts } from '../../core/model/money.ts';
import { readChart, requireDeclared } from './journal-chart.ts';
import { findByKey, writeEntry } from './journal-entry.ts';
import { separatorAfter, withoutTornEntry } from './journal-tail.ts';
import type { JournalAccounts } from './journal-entry.ts';
import type { EntryDetails, EntryKey, LedgerContext, LedgerDriver, PostedEntry, PostResult } from './ledger.ts';
import type { Posting } from './posting.ts';
import { isMissing } from '../../core/model/errors.ts';

/** Reading and appending takes milliseconds; a lock older than this was left by a process that died. */
const STALE_LOCK_MS = 10_000;
const LOCK_RETRY_MS = 20;
/** Longer than a stale lock takes to be recognised, shorter than the silence that activities are allowed (30 s). */
const LOCK_PATIENCE_MS = 20_000;

export type JournalOptions = JournalAccounts & {
  file: string;
  /** File of `account` and `payee` directives, beside those of the journal itself. */
  chart?: string | undefined;
};

/** A ledger in a plain-text journal that hledger reads. Safe under several processes on one machine. */
export class JournalDriver implements LedgerDriver {
  readonly #options: JournalOptions;

  constructor(options: JournalOptions) {
    this.#options = options;
  }

  async find(key: EntryKey): Promise<PostedEntry | undefined> {
    const found = await this.#find(key);
    return found && { record: found.record, date: found.date, readBack: found.readBack };
  }

  async get(key: EntryKey): Promise<EntryDetails | undefined> {
    const found = await this.#find(key);
    if (!found) return undefined;
    const { source, ...entry } = found;
    return { ...entry, proof: [proofOf(source)] };
  }

  async post(posting: Posting, context: LedgerContext): Promise<PostResult> {
    context.signal?.throwIfAborted();
    return this.#locked(async () => {
      const { file, chart, payable } = this.#options;
      const journal = await readJournal(file);
      const there = findByKey(journal, posting, payable);
      if (there) {
        requireSame(there, posting);
        return resultOf(there, 'already-posted');
      }
      const declared = chart === undefined ? '' : await readFile(chart, 'utf8');
      requireDeclared(posting, this.#options, readChart(`${declared}\n${journal}`));
      await context.beforeEffect?.();
      await this.#append(writeEntry(posting, this.#options));
      await context.afterEffect?.();
      const entry = await this.#find(posting);
      if (!entry) throw applicationException('runtime', `the entry is not in ${file} after writing it`);
      requireSame(entry, posting);
      return resultOf(entry, 'posted');
    });
  }

  async #find(key: EntryKey) {
    return findByKey(await readJournal(this.#options.file), key, this.#options.payable);
  }

  /** Appends durably. An entry of ours that a crash cut short is cut off before the next one. */
  async #append(entry: string): Promise<void> {
    await mkdir(dirname(this.#options.file), { recursive: true });
    const journal = await readText(this.#options.file);
    const whole = withoutTornEntry(journal);
    const file = await open(this.#options.file, 'a');
    try {
      if (whole.length < journal.length) await file.truncate(Buffer.byteLength(whole));
      await file.appendFile(separatorAfter(whole) + entry);
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

/** The journal, without what a crash left half written at its end. */
async function readJournal(file: string): Promise<string> {
  return withoutTornEntry(await readText(file));
}

async function readText(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if (isMissing(error)) return '';
    throw error;
  }
}

function resultOf(
  { record, date, readBack, source }: PostedEntry & { source: string },
  outcome: PostResult['outcome'],
) {
  return { record, date, readBack, outcome, proof: [proofOf(source)] };
}

/** The entry as it stands in the journal. */
function proofOf(source: string): PostResult['proof'][number] {
  return { name: 'journal-entry.txt', mediaType: 'text/plain', bytes: new TextEncoder().encode(`${source}\n`) };
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
