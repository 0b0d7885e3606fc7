import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { ChainedEntry } from './audit-chain.ts';
import { GENESIS, hashOf } from './audit-chain.ts';
import type { Store } from './index.ts';
import { openStore } from './index.ts';

const ENTRIES = 8;

let dir: string;
let store: Store;
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'zaplecze-audit-'));
  store = await openStore({ dir });
});
afterAll(async () => {
  await store.close();
  await rm(dir, { recursive: true });
});
beforeEach(async () => {
  await sql`delete from audit`.execute(store.db);
  for (let i = 1; i <= ENTRIES; i += 1) {
    await store.audit.append({
      actor: 'a@x.example',
      action: 'run.retry',
      run: `r${i % 2}`,
      details: { i, z: 1, a: 2 },
    });
  }
});

describe('an audit trail that someone meddled with', () => {
  it('should hold before', async () => {
    const { entries, head, brokenAt } = await store.audit.verify();
    expect({ entries, seq: head.seq, brokenAt }).toEqual({ entries: ENTRIES, seq: ENTRIES, brokenAt: undefined });
  });

  it.each([
    ['who', sql`update audit set actor = 'b@x.example' where seq = 4`],
    ['what', sql`update audit set action = 'run.skip' where seq = 4`],
    ['when', sql`update audit set at = at + interval '1 millisecond' where seq = 4`],
    ['which run', sql`update audit set run = null where seq = 4`],
    ['a detail', sql`update audit set details = jsonb_set(details, '{i}', '5') where seq = 4`],
    ['one more detail', sql`update audit set details = details || '{"b": 1}' where seq = 4`],
    ['the hash', sql`update audit set hash = repeat('f', 64) where seq = 4`],
  ])('should show that %s was changed', async (_what, change) => {
    await change.execute(store.db);
    expect(await store.audit.verify()).toMatchObject({ entries: 3, brokenAt: 4, why: 'changed' });
  });

  it('should show an entry that was taken out, and one whose place was closed up', async () => {
    await sql`delete from audit where seq = 4`.execute(store.db);
    expect(await store.audit.verify()).toMatchObject({ entries: 3, brokenAt: 5, why: 'missing' });
    await sql`update audit set seq = seq - 1 where seq > 4`.execute(store.db);
    expect(await store.audit.verify()).toMatchObject({ entries: 3, brokenAt: 4, why: 'unlinked' });
  });

  it('should show an entry that was written anew with a hash of its own', async () => {
    const [third, fourth] = await store.audit.page({ limit: 2, below: 5 }).then((found) => found.toReversed());
    if (!third || !fourth) throw new Error('two entries were expected');
    const forged = { ...fourth, actor: 'b@x.example' };
    await sql`update audit set actor = ${forged.actor}, hash = ${hashOf(forged)} where seq = 4`.execute(store.db);
    expect(await store.audit.verify()).toMatchObject({ entries: 4, brokenAt: 5, why: 'unlinked' });
  });

  it('should show a cut-off end to whoever kept the head', async () => {
    const before = await store.audit.verify();
    await sql`delete from audit where seq > 6`.execute(store.db);
    const after = await store.audit.verify();
    expect(after.brokenAt).toBeUndefined();
    expect(after.head.seq).toBeLessThan(before.head.seq);
  });
});

describe('entries', () => {
  it('should be found by run, by time and from the newest on', async () => {
    const entries = await all(store.audit.entries());
    expect(entries.map(({ seq }) => seq)).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
    expect(entries[0]?.previous).toBe(GENESIS);
    expect(await all(store.audit.entries({ run: 'r1' }))).toHaveLength(ENTRIES / 2);
    expect(await all(store.audit.entries({ from: entries[2]?.at, to: entries[5]?.at }))).toEqual(
      entries.filter(({ at }) => at >= (entries[2]?.at ?? '') && at < (entries[5]?.at ?? '')),
    );
    expect((await store.audit.page({ limit: 3, below: 6 })).map(({ seq }) => seq)).toEqual([5, 4, 3]);
  });

  it('should keep text that a database cannot store, without what it cannot', async () => {
    await store.audit.append({
      actor: 'a',
      action: 'x',
      run: 'r\u0000',
      details: { reason: 'a\u0000b\ud800', 'k\u0000': 1 },
    });
    expect(await store.audit.verify()).toMatchObject({ entries: ENTRIES + 1 });
    const [newest] = await store.audit.page({ limit: 1 });
    expect(newest).toMatchObject({ run: 'r', details: { reason: 'ab\ufffd', k: 1 } });
  });
});

async function all(entries: AsyncIterable<ChainedEntry>): Promise<ChainedEntry[]> {
  const found = [];
  for await (const entry of entries) found.push(entry);
  return found;
}
