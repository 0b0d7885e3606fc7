import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Store } from '../../store/index.ts';
import { openStore } from '../../store/index.ts';
import type { ConnectOptions } from '../../store/connect.ts';
import { dumpStore, loadDump, type TableRows } from '../../store/dump.ts';
import { approvalsContract } from './approvals-contract.ts';
import { peopleContract } from './people-contract.ts';

/** Two embedded databases are made, on a busy machine. */
const TWO_STORES_MS = 90_000;

/** What the store promises on every database. `databaseUrl` of a fresh, empty database; without it, PGlite. */
export function storeContract(
  databaseUrl: () => Promise<string | undefined>,
  sealers?: ConnectOptions['sealers'],
): void {
  let dir: string;
  let store: Store;

  beforeAll(async () => {
    dir = await mkdtemp(join(tmpdir(), 'zaplecze-store-'));
    store = await openStore({ dir, databaseUrl: await databaseUrl(), sealers });
  });

  afterAll(async () => {
    await store?.close();
    await rm(dir, { recursive: true });
  });

  const bytes = (text: string) => new TextEncoder().encode(text);

  describe('records', () => {
    const balances = { namespace: 'hr', table: 'balances' };
    const put = (call: string, version: number | undefined, values: Record<string, string | null>, remove = false) =>
      store.records.change({
        ...balances,
        key: '["anna"]',
        version,
        next: (before) => ({ ...before, ...values }),
        remove,
        by: 'run-1',
        call,
      });

    it('should add, change and remove a row, each once, and keep every change', async () => {
      const added = { outcome: 'added', values: { Person: 'anna', Days: '26' }, version: 1 };
      expect(await put('c1', undefined, { Person: 'anna', Days: '26' })).toEqual(added);
      expect(await put('c1', undefined, { Person: 'anna', Days: '26' })).toEqual(added);
      expect(await put('c2', undefined, { Days: '30' })).toMatchObject({ outcome: 'refused', row: { version: 1 } });
      expect(await put('c3', 1, { Days: '24' })).toMatchObject({ outcome: 'changed', version: 2 });
      expect(await put('c4', 1, { Days: '20' })).toMatchObject({ outcome: 'refused', row: { version: 2 } });
      const found = await store.records.find(balances, { Days: '24', Note: null }, 10);
      expect(found.map(({ values }) => values)).toEqual([{ Person: 'anna', Days: '24' }]);
      expect(await store.records.find({ namespace: 'it', table: 'balances' }, {}, 10)).toEqual([]);
      expect(await put('c5', 2, {}, true)).toMatchObject({ outcome: 'removed', version: 3 });
      expect(await store.records.find(balances, {}, 10)).toEqual([]);
      expect(await put('c6', undefined, { Person: 'anna', Days: '1' })).toMatchObject({ outcome: 'added', version: 4 });
      const history = await store.records.history(balances, '["anna"]');
      expect(history.map(({ version, outcome }) => [version, outcome])).toEqual([
        [4, 'added'],
        [3, 'removed'],
        [2, 'changed'],
        [1, 'added'],
      ]);
    });

    it('should let one of many win who change a row at once', async () => {
      const outcomes = await Promise.all(
        Array.from({ length: 8 }, (_, at) => put(`race ${at}`, 4, { Days: String(at) })),
      );
      expect(outcomes.filter(({ outcome }) => outcome === 'changed')).toHaveLength(1);
      const fresh = await Promise.all(
        Array.from({ length: 8 }, (_, at) =>
          store.records.change({
            ...balances,
            key: '["new"]',
            version: undefined,
            next: () => ({ Person: 'new' }),
            remove: false,
            by: 'run-1',
            call: `fresh ${at}`,
          }),
        ),
      );
      expect(fresh.filter(({ outcome }) => outcome === 'added')).toHaveLength(1);
    });
  });

  describe('artefacts', () => {
    it('should store the same content once and give it back', async () => {
      const first = await store.artefacts.put({ name: 'a.pdf', mediaType: 'application/pdf', bytes: bytes('one') });
      const again = await store.artefacts.put({ name: 'b.pdf', mediaType: 'application/pdf', bytes: bytes('one') });
      expect(again.id).toBe(first.id);
      expect(new TextDecoder().decode((await store.artefacts.get(first.id)).bytes)).toBe('one');
    });

    it('should refuse a damaged file', async () => {
      const { id } = await store.artefacts.put({ name: 'c.txt', mediaType: 'text/plain', bytes: bytes('two') });
      const hex = id.slice(7);
      await writeFile(join(dir, 'artefacts', hex.slice(0, 2), hex), 'owt');
      await expect(store.artefacts.get(id)).rejects.toThrow(/damaged/);
    });
  });

  describe('audit', () => {
    it('should keep an unbroken chain under concurrent writers and show a change', async () => {
      await Promise.all(
        Array.from({ length: 20 }, (_, i) =>
          store.audit.append({ actor: 'a', action: 'x', run: 'r', details: { z: i, a: 1 } }),
        ),
      );
      expect(await store.audit.verify()).toMatchObject({ entries: 20, head: { seq: 20 } });
      await sql`update audit set actor = 'b' where seq = 7`.execute(store.db);
      expect(await store.audit.verify()).toMatchObject({ entries: 6, brokenAt: 7 });
    });
  });

  describe('dump', () => {
    it(
      'should give every table as it was at one moment, and load into an empty database',
      async () => {
        const batches: TableRows[] = [];
        await store.claims.claim(`it's a "key"\n\\ of ż`, 'run-1');
        const take = async (rows: TableRows) => void batches.push(rows);
        const schema = await dumpStore(store.db, { take });
        const other = await mkdtemp(join(tmpdir(), 'zaplecze-store-'));
        await loadDump(
          { dir: other },
          schema,
          (async function* () {
            yield* batches;
          })(),
        );
        const loaded = await openStore({ dir: other });
        const again: TableRows[] = [];
        await dumpStore(loaded.db, { take: async (rows) => void again.push(rows) });
        await loaded.close();
        await rm(other, { recursive: true });
        expect(again.map(({ table }) => table)).toContain('audit');
        expect(again).toEqual(batches);
      },
      TWO_STORES_MS,
    );
  });

  describe('claims', () => {
    it('should give a key to the first run only', async () => {
      expect(await store.claims.claim('k', 'run-1')).toBe('run-1');
      expect(await store.claims.claim('k', 'run-2')).toBe('run-1');
      await store.claims.release('k', 'run-2');
      expect(await store.claims.claim('k', 'run-3')).toBe('run-1');
      await store.claims.release('k', 'run-1');
      expect(await store.claims.claim('k', 'run-3')).toBe('run-3');
    });
  });

  describe('definitions', () => {
    const base = { namespace: 'n', name: 'd', definition: { do: [] }, source: 'x', files: { 'forms/a.yaml': 'a' } };

    it('should be immutable by version', async () => {
      expect(await store.definitions.deploy({ ...base, hash: 'h1', version: '1.0.0' })).toEqual({
        hash: 'h1',
        changed: true,
      });
      expect(await store.definitions.deploy({ ...base, hash: 'h1', version: '1.0.0' })).toEqual({
        hash: 'h1',
        changed: false,
      });
      await expect(store.definitions.deploy({ ...base, hash: 'h2', version: '1.0.0' })).rejects.toThrow(
        /increase document.version/,
      );
    });

    it('should find the version deployed last', async () => {
      await store.definitions.deploy({ ...base, hash: 'h3', version: '1.1.0' });
      expect((await store.definitions.find('n', 'd'))?.version).toBe('1.1.0');
      expect((await store.definitions.find('n', 'd', '1.0.0'))?.hash).toBe('h1');
      expect((await store.definitions.current()).map((d) => d.hash)).toEqual(['h3']);
      expect((await store.definitions.byHash('h3'))?.files).toEqual({ 'forms/a.yaml': 'a' });
    });

    it('should keep the order of keys, which is the order of a register’s columns', async () => {
      const definition = { Supplier: 1, Net: 2, 'VAT id': 3 };
      await store.definitions.deploy({ ...base, name: 'ordered', hash: 'h4', version: '1.0.0', definition });
      const found = await store.definitions.byHash('h4');
      expect(Object.keys(found?.definition ?? {})).toEqual(['Supplier', 'Net', 'VAT id']);
    });
  });

  describe('people', () => {
    const admin = { email: 'Eva@x.example', name: 'Eva', language: 'pl' as const, roles: ['admin' as const] };

    it('should make one first administrator of two at the same moment', async () => {
      const other = { ...admin, email: 'other@x.example' };
      const made = await Promise.all([
        store.users.saveFirstAdmin(admin, new Date()),
        store.users.saveFirstAdmin(other, new Date()),
      ]);
      expect(made.filter(Boolean)).toHaveLength(1);
      await store.users.save(admin, new Date());
      expect((await store.users.find('eva@X.example'))?.roles).toEqual(['admin']);
      expect(await store.users.remove(admin.email, new Date())).toBe(true);
      expect(await store.users.remove(admin.email, new Date())).toBe(false);
    });

    it('should let a code be tried a few times, and be used once', async () => {
      const later = new Date(Date.now() + 60_000);
      await store.signIns.begin({ id: 's', email: 'a@x.example', codeHash: 'h', expiresAt: later }, new Date());
      expect((await store.signIns.attempt('s', 2, new Date()))?.code_hash).toBe('h');
      expect(await store.signIns.attempt('s', 2, new Date())).toBeDefined();
      expect(await store.signIns.attempt('s', 2, new Date())).toBeUndefined();
      const used = await Promise.all([store.signIns.use('s', new Date()), store.signIns.use('s', new Date())]);
      expect(used.filter(Boolean)).toHaveLength(1);
      expect(await store.signIns.countSince('A@x.example', new Date(Date.now() - 60_000))).toBe(1);
    });

    it('should end a session once and for all', async () => {
      const later = new Date(Date.now() + 60_000);
      await store.signIns.openSession({ id: 'k', email: 'A@x.example', expiresAt: later }, new Date());
      expect(await store.signIns.personOf('k', new Date())).toBe('a@x.example');
      expect(await store.signIns.personOf('k', later)).toBeUndefined();
      await store.signIns.endSession('k', new Date());
      expect(await store.signIns.personOf('k', new Date())).toBeUndefined();
    });

    it('should know substitutes by day, both ends included', async () => {
      const entry = { person: 'Anna@x.example', substitute: 'Ben@x.example', by: 'anna@x.example' };
      const id = await store.substitutes.add({ ...entry, from: '2026-12-01', to: '2026-12-05' }, new Date());
      expect(await store.substitutes.on('anna@x.example', '2026-11-30')).toEqual([]);
      expect(await store.substitutes.on('ANNA@x.example', '2026-12-01')).toEqual(['ben@x.example']);
      expect(await store.substitutes.on('anna@x.example', '2026-12-05')).toEqual(['ben@x.example']);
      expect(await store.substitutes.on('anna@x.example', '2026-12-06')).toEqual([]);
      expect(await store.substitutes.remove(id, 'ben@x.example')).toBe(false);
      expect(await store.substitutes.remove(id, 'anna@x.example')).toBe(true);
    });
  });

  approvalsContract(() => store);
  peopleContract(() => store);

  describe('events and outbox', () => {
    it('should keep an event once', async () => {
      const event = { id: '1', source: 's', type: 't', specversion: '1.0' as const };
      expect(await store.events.keep(event)).toBe(true);
      expect(await store.events.keep(event)).toBe(false);
      await store.events.subscribe({ run: 'r', key: 'k', types: ['t'], department: 'd' });
      expect(await store.events.subscribers('t')).toEqual([{ run: 'r', department: 'd' }]);
      expect(await store.events.subscribers('other')).toEqual([]);
    });

    it('should tell an attempt after a crash that the mail was begun, and after an answer that it was sent', async () => {
      expect(await store.outbox.begin('m', '<1@x>', ['a@b.c'])).toEqual({
        messageId: '<1@x>',
        sent: false,
        result: null,
      });
      expect((await store.outbox.begin('m', '<1@x>', ['a@b.c'])).sent).toBe(false);
      await store.outbox.sent('m', { accepted: 1 });
      expect(await store.outbox.begin('m', '<1@x>', [])).toEqual({
        messageId: '<1@x>',
        sent: true,
        result: { accepted: 1 },
      });
    });
  });
}
