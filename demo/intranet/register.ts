import { mkdir, open, readFile, rename } from 'node:fs/promises';
import { join } from 'node:path';
import type { Posting, Supplier, SupplierData } from './model.ts';

const STATE_FILE = 'intranet.json';

type State = { suppliers: Supplier[]; postings: Posting[] };

/** Suppliers and postings, each change on disk before it is answered, so that `kill -9` loses nothing acknowledged. */
export type Register = {
  suppliers(): readonly Supplier[];
  postings(): readonly Posting[];
  /** Adds a supplier, also one that is there already. */
  addSupplier(data: SupplierData): Promise<Supplier>;
  /** Books a document and gives it a record number. The same document twice gives two records. */
  post(data: Omit<Posting, 'record'>): Promise<Posting>;
};

/** Opens the register of a folder; a new one starts with `seed`, one that has state keeps its own suppliers. */
export async function openRegister(dir: string, seed: readonly SupplierData[]): Promise<Register> {
  await mkdir(dir, { recursive: true });
  let state = (await readState(dir)) ?? { suppliers: seed.map(withId), postings: [] };
  let last: Promise<unknown> = Promise.resolve();

  /** One change at a time: the next sees the state that the one before has written. */
  const change = <T>(decide: () => { next: State; value: T }): Promise<T> => {
    const done = last.then(async () => {
      const { next, value } = decide();
      await writeState(dir, next);
      state = next;
      return value;
    });
    last = done.catch(() => undefined);
    return done;
  };

  return {
    suppliers: () => state.suppliers,
    postings: () => state.postings,
    addSupplier: (data) =>
      change(() => {
        const value = withId(data, state.suppliers.length);
        return { next: { ...state, suppliers: [...state.suppliers, value] }, value };
      }),
    post: (data) =>
      change(() => {
        const value = { ...data, record: recordNumber(data.bookingDate, state.postings.length) };
        return { next: { ...state, postings: [...state.postings, value] }, value };
      }),
  };
}

/** Postings of a folder as they are on disk, also while another process serves it. */
export async function readPostings(dir: string): Promise<Posting[]> {
  return (await readState(dir))?.postings ?? [];
}

const withId = (data: SupplierData, index: number): Supplier => ({
  id: `K${String(index + 1).padStart(5, '0')}`,
  ...data,
});

function recordNumber(bookingDate: string, index: number): string {
  const [year, month] = bookingDate.split('-');
  return `ZK/${year}/${month}/${String(index + 1).padStart(5, '0')}`;
}

async function readState(dir: string): Promise<State | undefined> {
  const path = join(dir, STATE_FILE);
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
  // Our own file, written whole by rename: only a hand that edited it can have broken it.
  return text === undefined ? undefined : (JSON.parse(text) as State);
}

/** Writes beside, syncs, renames: after a crash the file is the old or the new state, never half of one. */
async function writeState(dir: string, state: State): Promise<void> {
  const path = join(dir, STATE_FILE);
  const file = await open(`${path}.new`, 'w');
  try {
    await file.writeFile(JSON.stringify(state, null, 1));
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(`${path}.new`, path);
  const folder = await open(dir, 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}
