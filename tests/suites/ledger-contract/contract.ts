import { setTimeout as sleep } from 'node:timers/promises';
import { Big } from 'big.js';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { PostResult } from '../../../bots/ledger/ledger.ts';
import { postingFor, titleOf, type World, type WorldMaker } from './world.ts';

/** A form with look, write, look again, and a second attempt: on two busy cores each case ends within this. */
const CASE_LIMIT_MS = 240_000;

/** The short form of the suite leaves out what a browser takes minutes for; the quick worlds always run whole. */
const FULL = process.env['ZAPLECZE_FULL'] !== undefined;

/** Longer than a post by calls takes; one by a browser needs more, and is kept out by the target's one session anyway. */
const KEPT_OUT_MS = 3_000;

class Crash extends Error {}

/** What every ledger promises, whatever is behind it. */
export function ledgerContract(maker: WorldMaker): void {
  let world: World;
  beforeAll(async () => {
    world = await maker.open();
  });
  afterAll(() => world?.close());
  const should = (what: string, test: () => Promise<void>) => it(`should ${what}`, { timeout: CASE_LIMIT_MS }, test);
  posting(should, () => world);
  crashing(should, () => world);
  if (maker.slow && !FULL) return;
  refusing(should, () => world);
  reversing(should, () => world);
}

type Should = (what: string, test: () => Promise<void>) => void;

function posting(should: Should, world: () => World): void {
  should('post once, with the amounts of the document, and find it again', async () => {
    const ledger = world().open();
    const wanted = postingFor(world(), 'C/1');
    const first = await ledger.post(wanted, {});
    expect(first).toMatchObject({ outcome: 'posted', readBack: { gross: '1623.37', currency: 'PLN' } });
    expect(first.record).not.toBe('');
    expect(first.proof.length).toBeGreaterThan(0);
    const { number, supplier, net, vat, gross, currency, issueDate: date } = wanted;
    expect(await world().booked('C/1')).toEqual([{ number, supplier, net, vat, gross, currency, date }]);
    expect(await world().open().post(wanted, {})).toMatchObject({ outcome: 'already-posted', record: first.record });
    expect(await world().open().find(wanted, {})).toMatchObject({ record: first.record });
    expect(await world().booked('C/1')).toHaveLength(1);
  });

  should('find nothing where nothing is', async () => {
    expect(await world().open().find(postingFor(world(), 'C/none'), {})).toBeUndefined();
    expect(await titleOf(world().open().get(postingFor(world(), 'C/none'), {}))).toBe('not-in-target');
  });

  should('show an entry with its lines and its proof', async () => {
    const wanted = postingFor(world(), 'C/1');
    const entry = await world().open().get(wanted, {});
    expect(entry.proof.length).toBeGreaterThan(0);
    expect(entry).not.toHaveProperty('reversedBy');
    const on = (account: string) =>
      entry.lines.filter((line) => line.account === account).reduce((sum, { amount }) => sum.plus(amount), new Big(0));
    if (entry.lines.length > 0) {
      expect(on(world().account).toFixed(2)).toBe('1100.30');
      expect(on(world().secondAccount).toFixed(2)).toBe('250.00');
    }
  });

  should('post once when asked twice at the same time', async () => {
    const wanted = postingFor(world(), 'C/2');
    const results = await Promise.all([world().open().post(wanted, {}), world().open().post(wanted, {})]);
    expect(results.map(({ outcome }) => outcome).sort()).toEqual(['already-posted', 'posted']);
    expect(new Set(results.map(({ record }) => record)).size).toBe(1);
    expect(await world().booked('C/2')).toHaveLength(1);
  });

  should('post once when another writes between its look and its write', async () => {
    const wanted = postingFor(world(), 'TWINS/1');
    let other: Promise<PostResult> | undefined;
    const beforeEffect = async (): Promise<void> => {
      other ??= world().open().post(wanted, {});
      // A driver that lets in one at a time keeps the other waiting.
      await Promise.race([other, sleep(KEPT_OUT_MS)]);
    };
    const one = await world().open().post(wanted, { beforeEffect });
    const outcomes = new Set([one.outcome, (await other)?.outcome]);
    expect(outcomes).toEqual(new Set(['already-posted', 'posted']));
    expect(await world().booked('TWINS/1')).toHaveLength(1);
  });

  should('post an invoice without any VAT', async () => {
    const { account } = world();
    const lines = [{ vatRate: 'zw', net: '99.90', vat: '0.00', account }];
    const exempt = postingFor(world(), 'C/0', { net: '99.90', vat: '0.00', gross: '99.90', lines });
    expect(await world().open().post(exempt, {})).toMatchObject({ outcome: 'posted' });
    expect(await world().booked('C/0')).toMatchObject([{ net: '99.90', vat: '0.00', gross: '99.90' }]);
  });

  should('tell invoices of other numbers apart, also where one is the beginning of the other', async () => {
    const one = await world().open().post(postingFor(world(), 'C/31'), {});
    const other = await world().open().post(postingFor(world(), 'C/3'), {});
    expect(other).toMatchObject({ outcome: 'posted' });
    expect(other.record).not.toBe(one.record);
    expect(await world().booked('C/3')).toHaveLength(1);
  });
}

function refusing(should: Should, world: () => World): void {
  const refused = async (change: Parameters<typeof postingFor>[2], number = 'C/9'): Promise<unknown> =>
    titleOf(
      world()
        .open()
        .post(postingFor(world(), number, change), {}),
    );

  should('refuse what does not balance', async () => {
    expect(await refused({ vat: '273.08' })).toBe('unbalanced');
    expect(await refused({ gross: '1623.36' })).toBe('unbalanced');
    expect(await world().booked('C/9')).toEqual([]);
  });

  should('leave an unknown supplier to a person', async () => {
    expect(await refused({ supplier: 'Nikt S.A.', supplierVatId: '1111111111' })).toBe('unknown-supplier');
    expect(await world().booked('C/9')).toEqual([]);
  });

  should('leave an unknown account to a person', async () => {
    const lines = postingFor(world(), '').lines.map((line) => ({ ...line, account: '999-99' }));
    expect(await refused({ account: '999-99', lines })).toBe('unknown-account');
    expect(await world().booked('C/9')).toEqual([]);
  });

  should('leave a closed period to a person', async () => {
    const day = world().closedDay;
    expect(await refused({ issueDate: day, saleDate: day })).toBe('closed-period');
    expect(await world().booked('C/9')).toEqual([]);
  });

  should('book after all what a person has corrected', async () => {
    expect(await refused({})).toBe('done');
    expect(await world().booked('C/9')).toHaveLength(1);
  });

  should('leave to a person what is booked with other values', async () => {
    expect(await refused({ issueDate: '2026-11-04' })).toBe('differs-in-target');
    const lines = postingFor(world(), '').lines.map((line) => ({ ...line, net: `1${line.net}` }));
    expect(
      await refused({
        net: '22350.30',
        gross: '22623.37',
        lines: lines.map((line, i) => ({ ...line, net: ['21100.30', '1250.00'][i] ?? '' })),
      }),
    ).toBe('differs-in-target');
    expect(await world().booked('C/9')).toHaveLength(1);
  });
}

function crashing(should: Should, world: () => World): void {
  const crash = () => Promise.reject(new Crash());

  should('write nothing when it is stopped before the effect, and once when it is asked again', async () => {
    const wanted = postingFor(world(), 'C/4');
    await titleOf(world().open().post(wanted, { beforeEffect: crash }));
    expect(await world().booked('C/4')).toEqual([]);
    expect(await world().open().post(wanted, {})).toMatchObject({ readBack: { gross: '1623.37' } });
    expect(await world().booked('C/4')).toHaveLength(1);
  });

  should('look first when the outcome is unknown', async () => {
    const wanted = postingFor(world(), 'C/5');
    await titleOf(world().open().post(wanted, { afterEffect: crash }));
    // A browser may not have sent the press yet when it is cut off: then there is nothing to find.
    expect(await world().open().post(wanted, {})).toMatchObject({ readBack: { gross: '1623.37' } });
    expect(await world().booked('C/5')).toHaveLength(1);
  });

  should('end at once when the run is cancelled', async () => {
    const cancelled = world()
      .open()
      .post(postingFor(world(), 'C/6'), { signal: AbortSignal.abort(new Crash()) });
    await expect(cancelled).rejects.toThrow();
    expect(await world().booked('C/6')).toEqual([]);
  });

  should('say that the target is down, and post once it is back', async () => {
    const { takeDown } = world();
    if (!takeDown) return;
    const bringBack = await takeDown();
    const refused = world().open().post(postingFor(world(), 'C/7'), {});
    await expect(refused).rejects.toMatchObject({ problem: { title: 'communication' }, retryable: true });
    await bringBack();
    expect(await world().open().post(postingFor(world(), 'C/7'), {})).toMatchObject({ outcome: 'posted' });
    expect(await world().booked('C/7')).toHaveLength(1);
  });
}

function reversing(should: Should, world: () => World): void {
  const reversal = { date: '2026-11-20', reason: 'zwrot towaru' };

  should('reverse nothing that is not booked', async () => {
    expect(await titleOf(world().open().reverse(postingFor(world(), 'C/none'), reversal, {}))).toBe('not-in-target');
  });

  should('reverse once, with both entries in the books', async () => {
    const wanted = postingFor(world(), 'C/8');
    await world().open().post(wanted, {});
    const first = await world().open().reverse(wanted, reversal, {});
    expect(first).toMatchObject({ outcome: 'posted', readBack: { gross: '-1623.37' } });
    expect(await world().open().reverse(wanted, reversal, {})).toMatchObject({
      outcome: 'already-posted',
      record: first.record,
    });
    expect(await world().open().get(wanted, {})).toMatchObject({ reversedBy: first.record });
    const all = [...(await world().booked('C/8')), ...(await world().booked('C/8/STORNO'))];
    expect(all).toHaveLength(2);
    expect(all.reduce((sum, { gross }) => sum.plus(gross), new Big(0)).toFixed(2)).toBe('0.00');
  });

  should('not book again what is reversed', async () => {
    expect(await titleOf(world().open().post(postingFor(world(), 'C/8'), {}))).toBe('reversed-in-target');
  });
}
