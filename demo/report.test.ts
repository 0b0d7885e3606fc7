import { describe, expect, it } from 'vitest';
import type { Store } from '../store/index.ts';
import type { DemoMail, Expectation } from './documents/model.ts';
import type { Line, Outcome } from './follow.ts';
import type { Posting } from './intranet/model.ts';
import { makeReport } from './report.ts';

/** None of these documents has a proof, so nothing is asked of the store. */
const noStore = {} as Store;
const posting = { number: 'F/1' } as Posting;

function line(id: string, wanted: Expectation['outcome'], came: Outcome['outcome'], number?: string): Line {
  const mail: DemoMail = {
    ...{ id, from: { name: id, email: `${id}@a.example` }, to: 'b@a.example', subject: id, text: '', attachments: [] },
    expect: { outcome: wanted, ...(number && { number }) },
  };
  return { mail, run: id, step: '', state: 'done', outcomes: [{ outcome: came, number, proof: [] }] };
}

const report = (lines: Line[], postings: Posting[]) => makeReport(lines, postings, noStore, '/nowhere');

describe('makeReport', () => {
  it('should be ok when each mail came to what was expected and each invoice was booked once', async () => {
    const lines = [
      line('a', 'booked', 'booked', 'F/1'),
      line('b', 'duplicate', 'duplicate', 'F/1'),
      line('c', 'quarantined', 'quarantined'),
    ];
    expect(await report(lines, [posting])).toMatchObject({ ok: true, postings: 1 });
  });

  it('should take either of two mails with the same invoice as the one that is booked', async () => {
    const lines = [line('a', 'booked', 'duplicate', 'F/1'), line('b', 'duplicate', 'booked', 'F/1')];
    expect((await report(lines, [posting])).ok).toBe(true);
  });

  it.each([
    ['booked twice', [line('a', 'booked', 'booked', 'F/1')], [posting, posting]],
    ['not booked', [line('a', 'booked', 'booked', 'F/1')], []],
    ['both duplicates', [line('a', 'booked', 'duplicate', 'F/1'), line('b', 'duplicate', 'duplicate', 'F/1')], []],
    ['both booked', [line('a', 'booked', 'booked', 'F/1'), line('b', 'duplicate', 'booked', 'F/1')], [posting]],
    ['another invoice', [line('a', 'booked', 'booked', 'F/2')], [posting]],
    ['something beside', [line('a', 'quarantined', 'quarantined')], [posting]],
  ])('should not be ok: %s', async (_what, lines, postings) => {
    expect((await report(lines, postings)).ok).toBe(false);
  });
});
