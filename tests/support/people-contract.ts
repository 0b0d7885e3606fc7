import { describe, expect, it } from 'vitest';
import { OpenApproval } from '../../core/model/approval-plan.ts';
import type { Store } from '../../store/index.ts';
import { SIGN_INS_KEPT_DAYS } from '../../store/sign-ins.ts';

const now = new Date('2026-11-24T10:00:00Z');
const after = (ms: number): Date => new Date(now.getTime() + ms);
const DAY_MS = 24 * 60 * 60 * 1000;
const CELINA = { name: 'Celina', email: 'Celina@x.example', language: 'pl' as const };

/** What the store promises of people, their devices, programs and work, on every database. */
export function peopleContract(store: () => Store): void {
  describe('sign-ins', () => {
    it('should forget what is long over, and nothing else', async () => {
      const { signIns, db } = store();
      await db.deleteFrom('sign_ins').execute();
      await db.deleteFrom('sessions').execute();
      const old = new Date(now.getTime() - (SIGN_INS_KEPT_DAYS + 1) * DAY_MS);
      const lately = new Date(now.getTime() - (SIGN_INS_KEPT_DAYS - 1) * DAY_MS);
      for (const [id, at] of [['old', old] as const, ['lately', lately] as const]) {
        await signIns.begin({ id, email: 'a@x.example', codeHash: 'h', expiresAt: at }, at);
        await signIns.openSession({ id, email: 'a@x.example', expiresAt: at }, at);
      }
      await signIns.begin({ id: 'now', email: 'a@x.example', codeHash: 'h', expiresAt: after(1000) }, now);
      await signIns.openSession({ id: 'now', email: 'a@x.example', expiresAt: after(1000) }, now);
      const left = async (table: 'sign_ins' | 'sessions') =>
        (await db.selectFrom(table).select('id').orderBy('id').execute()).map(({ id }) => id);
      expect(await left('sign_ins')).toEqual(['lately', 'now']);
      expect(await left('sessions')).toEqual(['lately', 'now']);
    });

    it('should end all sessions of a person at once', async () => {
      const { signIns } = store();
      await signIns.openSession({ id: 's1', email: 'b@x.example', expiresAt: after(DAY_MS) }, now);
      await signIns.openSession({ id: 's2', email: 'B@x.example', expiresAt: after(DAY_MS) }, now);
      await signIns.endSessionsOf('B@X.example', now);
      expect([await signIns.personOf('s1', now), await signIns.personOf('s2', now)]).toEqual([undefined, undefined]);
    });
  });

  describe('passkeys', () => {
    const key = {
      id: 'k1',
      person: 'Eva@x.example',
      name: 'Phone',
      publicKey: 'AAAA',
      counter: 0,
      transports: ['usb'],
    };

    it('should belong to one person, and be used only as the device counts on', async () => {
      const { passkeys } = store();
      expect(await passkeys.add(key, now)).toBe(true);
      expect(await passkeys.add({ ...key, person: 'mallory@x.example' }, now), 'known already').toBe(false);
      expect(await passkeys.of('eva@X.example')).toEqual([
        { ...key, person: 'eva@x.example', createdAt: now, usedAt: null },
      ]);
      expect(await passkeys.used('k1', 0, now), 'a device that does not count').toBe(true);
      expect(await passkeys.used('k1', 5, after(1))).toBe(true);
      const again = await Promise.all([passkeys.used('k1', 6, after(2)), passkeys.used('k1', 6, after(2))]);
      expect(again.filter(Boolean), 'of the same signature twice one').toHaveLength(1);
      expect(await passkeys.used('k1', 0, after(3)), 'back to not counting').toBe(false);
      expect((await passkeys.of(key.person))[0]).toMatchObject({ counter: 6, usedAt: after(2) });
      expect(await passkeys.remove('k1', 'mallory@x.example')).toBe(false);
      expect(await passkeys.remove('k1', 'EVA@x.example')).toBe(true);
    });
  });

  describe('tokens and keys of programs', () => {
    it('should find a token by its hash until it expires or is revoked', async () => {
      const { apiTokens } = store();
      const token = { name: 'erp', scopes: ['tasks:read' as const], by: 'eva@x.example' };
      await apiTokens.add({ ...token, id: 't1', hash: 'h1', expiresAt: after(1000) }, now);
      await apiTokens.add({ ...token, id: 't2', hash: 'h2' }, now);
      expect(await apiTokens.find('h1', now)).toMatchObject({ id: 't1', scopes: ['tasks:read'] });
      expect(await apiTokens.find('h1', after(1000))).toBeUndefined();
      expect(await apiTokens.revoke('t2', now)).toBe(true);
      expect(await apiTokens.revoke('t2', now)).toBe(false);
      expect(await apiTokens.find('h2', now)).toBeUndefined();
      expect((await apiTokens.list()).map(({ id }) => id)).toEqual(expect.arrayContaining(['t1', 't2']));
    });

    it('should give an idempotency key to one of many, and the answer to the others', async () => {
      const { idempotency } = store();
      const all = await Promise.all(Array.from({ length: 5 }, () => idempotency.begin('t', 'k', 'r', now)));
      expect(all.filter(({ known }) => known === 'new')).toHaveLength(1);
      expect(all.filter(({ known }) => known === 'under-way')).toHaveLength(4);
      expect(await idempotency.begin('t', 'k', 'other', now)).toEqual({ known: 'other' });
      await idempotency.answered('t', 'k', { status: 201, body: '{}' });
      expect(await idempotency.begin('t', 'k', 'r', now)).toEqual({ known: 'answer', status: 201, body: '{}' });
      await idempotency.release('t', 'k');
      expect(await idempotency.begin('t', 'k', 'other', now)).toEqual({ known: 'new' });
    });
  });

  describe('work of people', () => {
    it('should keep one draft a person, and forget all once it is decided', async () => {
      await open('apr_d', 'validation');
      const { drafts } = store();
      const at = { approval: 'apr_d', approver: 'Eva@x.example', name: 'Eva' };
      await drafts.note(at, { fields: { number: '1' } }, now);
      await drafts.note({ ...at, approver: 'eva@x.example' }, undefined, after(10));
      expect(await drafts.of('apr_d')).toEqual([
        { approver: 'eva@x.example', name: 'Eva', form: { fields: { number: '1' } }, savedAt: now, seenAt: after(10) },
      ]);
      await drafts.forget('apr_d');
      expect(await drafts.of('apr_d')).toEqual([]);
    });

    it('should know who takes care of an incident last', async () => {
      const { assignments } = store();
      const entry = { incident: 'i1', run: 'r', by: 'eva@x.example' };
      await assignments.assign({ ...entry, assignee: 'a@x.example' }, now);
      await assignments.assign({ ...entry, assignee: 'b@x.example' }, after(1));
      expect((await assignments.of(['i1', 'i2'])).get('i1')?.assignee).toBe('b@x.example');
      expect((await assignments.of([])).size).toBe(0);
    });

    it('should keep what was corrected, once, and count it', async () => {
      await open('apr_c', 'validation');
      const { corrections, approvals } = store();
      const made = { round: 1, approver: CELINA.email, decision: 'corrected' as const, at: now.toISOString() };
      const changed = { ...made, corrections: [{ field: 'totals.gross', before: '1.00', after: '2.00' }] };
      await approvals.record('apr_c', changed);
      await corrections.keep('apr_c', changed);
      await corrections.keep('apr_c', changed);
      expect(await corrections.ofSupplier('5260001246', 10)).toMatchObject([
        { field: 'totals.gross', before: '1.00', after: '2.00', by: CELINA.email, at: now },
      ]);
      expect(await corrections.accuracy()).toContainEqual(
        expect.objectContaining({ field: 'totals.gross', corrected: 1 }),
      );
    });

    it('should list what waits for a person, and what they decided', async () => {
      await open('apr_t', 'approval');
      const { tasks, approvals } = store();
      const waits = async () => (await tasks.waitingFor('celina@X.example')).map(({ approval }) => approval);
      expect(await waits()).toContain('apr_t');
      const made = { round: 1, approver: CELINA.email, decision: 'approved' as const, at: now.toISOString() };
      await approvals.record('apr_t', made);
      expect(await waits()).not.toContain('apr_t');
      expect((await tasks.decidedBy('CELINA@x.example')).map(({ approval }) => approval)).toContain('apr_t');
    });

    it('should remember a supplier by what was approved of it, with country letters or without', async () => {
      const { suppliers, approvals, corrections } = store();
      const vatId = 'PL7740001454';
      const of = (number: string, iban: string) => ({
        seller: { vatId, name: 'Drukarnia' },
        number,
        payment: { iban },
      });
      await open('apr_m1', 'approval', of('FV/1', 'PL61109010140000071219812874'));
      await open('apr_m2', 'approval', of('FV/2', 'PL61109010140000071219812874'));
      await open('apr_m3', 'approval', of('FV/3', 'PL27114020040000300201355387'));
      await open('apr_m4', 'validation', of('FV/4', ''));
      await approvals.close('apr_m1', 'approved', undefined, now);
      await approvals.close('apr_m2', 'approved', undefined, now);
      // What was refused or is not decided yet teaches nothing: it may be the fraud.
      await approvals.close('apr_m3', 'rejected', 'not ours', now);
      const made = { round: 1, approver: CELINA.email, decision: 'corrected' as const, at: now.toISOString() };
      await corrections.keep('apr_m4', { ...made, corrections: [{ field: 'number', before: 'FV/4', after: 'FV/5' }] });
      for (const id of [vatId, '7740001454'])
        expect(await suppliers.memoryOf(id)).toMatchObject({
          documents: 2,
          names: [{ value: 'Drukarnia', times: 2 }],
          accounts: [{ value: 'PL61109010140000071219812874', times: 2 }],
          corrected: [{ field: 'number', times: 1 }],
        });
      expect(await suppliers.memoryOf('1111111111')).toMatchObject({ documents: 0, accounts: [] });
    });

    const ABOUT = { seller: { vatId: '5260001246' }, totals: { gross: '1.00' } };

    async function open(id: string, kind: 'approval' | 'validation', about: object = ABOUT): Promise<void> {
      const request = OpenApproval.parse({ kind, about, approvers: [CELINA.email], expire: 'PT1H' });
      const rounds = [{ round: 1, approvers: [CELINA.email] }];
      const plan = { approval: id, rounds, barred: [], expiresAt: after(DAY_MS).toISOString() };
      const definition = { namespace: 'n', name: 'n', version: '1.0.0', hash: 'h' };
      await store().approvals.open(request, plan, { run: 'r', task: '/do/0', key: id, definition }, now);
      await store().approvals.asked(id, 1, CELINA, { messageId: `<${id}@x>`, reminder: 0 }, now);
    }
  });
}
