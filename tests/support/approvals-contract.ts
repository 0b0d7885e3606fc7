import { describe, expect, it } from 'vitest';
import { OpenApproval } from '../../core/model/approval-plan.ts';
import type { Store } from '../../store/index.ts';

const now = new Date('2026-11-24T10:00:00Z');
const BEN = { name: 'Ben', email: 'ben@x.example', language: 'en' as const };

/** What the store promises of approvals, on every database. */
export function approvalsContract(store: () => Store): void {
  describe('approvals', () => {
    async function open(id: string, digestAt?: string): Promise<void> {
      const request = OpenApproval.parse({ kind: 'approval', about: {}, approvers: [BEN.email], expire: 'PT1H' });
      const plan = {
        approval: id,
        rounds: [{ round: 1, approvers: [BEN.email] }],
        barred: [],
        expiresAt: '2026-12-01T10:00:00.000Z',
      };
      const definition = { namespace: 'n', name: 'n', version: '1.0.0', hash: 'h' };
      await store().approvals.open(request, plan, { run: 'r', task: '/do/0', key: id, definition }, now);
      await store().approvals.asked(id, 1, BEN, { messageId: digestAt ? '' : '<first@x>', reminder: 0, digestAt }, now);
    }

    it('should take one decision of each person in a round, and keep the first mail of a thread', async () => {
      await open('apr_1');
      const made = { round: 1, approver: BEN.email, decision: 'approved' as const, at: now.toISOString() };
      expect(await store().approvals.record('apr_1', made)).toBe(true);
      expect(await store().approvals.record('apr_1', { ...made, decision: 'rejected' })).toBe(false);
      expect(await store().approvals.record('apr_1', { ...made, approver: 'anna@x.example' })).toBe(true);
      await store().approvals.asked('apr_1', 1, BEN, { messageId: '<second@x>', reminder: 1 }, now);
      const dossier = await store().approvals.find('apr_1');
      expect(dossier?.requests).toMatchObject([{ message_id: '<first@x>', reminders: 1 }]);
      expect(dossier?.decisions.map(({ decision }) => decision)).toEqual(['approved', 'approved']);
    });

    it('should find the request that a mail belongs to', async () => {
      await store().approvals.mailed('apr_1', '<first@x>', BEN.email);
      await store().approvals.mailed('apr_1', '<first@x>', BEN.email);
      expect(await store().approvals.ofMail(['<other@x>', '<first@x>'])).toEqual([{ approval: 'apr_1', run: 'r' }]);
      expect(await store().approvals.ofMail(['<other@x>'])).toEqual([]);
      expect(await store().approvals.ofMail([])).toEqual([]);
    });

    it('should make a digest once, of what is open then', async () => {
      const at = new Date('2026-11-24T14:00:00Z');
      await open('apr_2', at.toISOString());
      await open('apr_3', at.toISOString());
      await open('apr_4', '2026-11-25T14:00:00.000Z');
      await store().approvals.close('apr_3', 'withdrawn', undefined, now);
      const [one, two] = await Promise.all([1, 2].map(() => store().digests.gather(BEN.email, at)));
      expect([one?.mine, two?.mine].filter(Boolean), 'one makes it').toHaveLength(1);
      expect(one?.requests).toEqual([{ approval: 'apr_2', round: 1 }]);
      await open('apr_5', at.toISOString());
      expect((await store().digests.gather(BEN.email, at)).requests, 'too late for it').toHaveLength(1);
    });

    it('should count tries of a code, also at the same moment, and use a time step once', async () => {
      const of = { approval: 'apr_1', round: 1, approver: BEN.email };
      await store().codes.keep(of, '123456', new Date('2026-11-24T10:10:00Z'));
      const wrong = await Promise.all(Array.from({ length: 5 }, () => store().codes.check(of, '000000', now)));
      expect(new Set(wrong)).toEqual(new Set(['wrong']));
      expect(await store().codes.check(of, '123456', now), 'five tries are all').toBe('used-up');
      await store().codes.keep(of, '654321', new Date('2026-11-24T10:10:00Z'));
      expect(await store().codes.check(of, '654321', new Date('2026-11-24T10:10:00Z')), 'too late').toBe('none');
      expect(await store().codes.check(of, '654321', now)).toBe('right');
      expect(await store().codes.useStep(BEN.email, 7)).toBe(true);
      expect(await store().codes.useStep(BEN.email, 7)).toBe(false);
      expect(await store().codes.useStep(BEN.email, 8)).toBe(true);
    });
  });
}
