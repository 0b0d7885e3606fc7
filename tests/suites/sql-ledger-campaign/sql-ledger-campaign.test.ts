import { setTimeout as sleep } from 'node:timers/promises';
import { Big } from 'big.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { Booking } from '../../../core/catalogue/ledger-post.ts';
import { QueueView } from '../../../core/model/queue.ts';
import { noPostgres } from '../../support/postgres.ts';
import { noSqlLedger } from '../../support/sql-ledger.ts';
import { eventually } from '../../support/temporal.ts';
import { type House, openHouse, WORKERS } from './house.ts';
import { type CampaignInvoice, makeInvoices } from './invoices.ts';
import { Random } from './random.ts';

const full = process.env.ZAPLECZE_FULL !== undefined;
const INVOICES = full ? 100 : 8;
const KILLS = full ? 20 : 2;
const EXPIRED_SESSIONS = 2;
const SEED = Number(process.env.ZAPLECZE_SEED ?? 20_261_124);
/** One posting takes some ten seconds on two busy cores; a kill comes at any moment of it. */
const POSTING_MS = 10_000;
const LOOK_MS = 500;
/** From the answer of the queue to the end of the run. */
const RUN_END_MS = 60_000;

/** SQL-Ledger's seed: the account of each VAT rate, and the payable. */
const VAT_ACCOUNTS: Record<string, string> = { '23': '2223', '8': '2208', '5': '2205' };
const [EXPENSE, PAYABLE] = ['5700', '2100'];

const missing = noSqlLedger ?? noPostgres;
const Run = z.object({ status: z.string(), output: z.unknown().optional() });

let house: House;
const random = new Random(SEED);
const invoices = makeInvoices(INVOICES - 1, random);
const twice = invoices[random.below(invoices.length)] as CampaignInvoice;
const jobs = random.shuffled([...invoices, twice]).map((invoice, index) => ({ invoice, key: `job-${index + 1}` }));
const runs = new Map<string, string>();

describe.skipIf(missing)(`a hundred invoices by a form file alone${missing ? ` (${missing})` : ''}`, () => {
  beforeAll(async () => {
    house = await openHouse();
  });
  afterAll(() => house?.stop());

  it(`books ${INVOICES - 1} of ${INVOICES}, with one duplicate, ${KILLS} kills and ${EXPIRED_SESSIONS} sessions that expire`, async () => {
    const started = Date.now();
    for (const { invoice, key } of jobs) {
      const { run } = z
        .object({ run: z.string() })
        .parse(await house.api('POST', '/runs', { namespace: 'finance', name: 'campaign', key, input: invoice }));
      runs.set(key, run);
    }
    await eventually(async () => ((await left()) < jobs.length ? true : undefined), RUN_END_MS);
    const [killed] = await Promise.all([disturb(), allEnded()]);
    const seconds = Math.round((Date.now() - started) / 1000);
    const bookings = await Promise.all(jobs.map(({ key }) => bookingOf(key)));
    const outcomes = Object.groupBy(bookings, ({ outcome }) => outcome);
    console.log(
      `campaign: ${INVOICES} invoices in ${seconds} s (seed ${SEED}), killed ${killed.length} (${killed.join(', ')}), ` +
        `${EXPIRED_SESSIONS} sessions expired; posted ${outcomes.posted?.length ?? 0}, found ${outcomes['already-posted']?.length ?? 0}`,
    );
    expect(killed).toHaveLength(KILLS);
    let rows = 0;
    for (const invoice of invoices) rows += await expectBookedOnce(invoice);
    expect(rows).toBe(INVOICES - 1);
    for (const booking of bookings) await expectProof(booking);
    console.log(`campaign: ${rows} bookings in the books, each once; ${bookings.length} with proof`);
  });
});

/** Kills workers and ends sessions, each at a random moment of a random posting, spread over the whole campaign. */
async function disturb(): Promise<string[]> {
  const kills = Array.from({ length: KILLS }, () => WORKERS[random.below(WORKERS.length)] ?? 'engine');
  const acts = [
    ...kills.map((worker) => ({ worker })),
    ...Array.from({ length: EXPIRED_SESSIONS }, () => ({ worker: undefined })),
  ];
  const killed: string[] = [];
  for (const [index, { worker }] of random.shuffled(acts).entries()) {
    const after = Math.floor((index * (INVOICES - 2)) / acts.length);
    while (jobs.length - (await left()) < after) await sleep(LOOK_MS);
    await sleep(random.below(POSTING_MS));
    if (worker === undefined) house.expireSession();
    else {
      await house.kill(worker);
      killed.push(worker);
    }
  }
  return killed;
}

/** Items that the queue of the target still holds. One that was given back as failed ends the campaign with what it says. */
async function left(): Promise<number> {
  // A worker that has just been killed answers no query.
  const view = await house.api('GET', '/queues/sql-ledger').catch(() => undefined);
  if (view === undefined) return jobs.length;
  const { items, recent } = QueueView.parse(view);
  const failed = recent.find(({ state }) => state === 'failed');
  if (failed) throw new Error(`${JSON.stringify(failed)}\n${house.logs().slice(-4000)}`);
  return items.length;
}

async function allEnded(): Promise<void> {
  while ((await left()) > 0) await sleep(LOOK_MS);
}

function bookingOf(key: string): Promise<Booking> {
  const run = encodeURIComponent(runs.get(key) ?? '');
  return eventually(async () => {
    const { status, output } = Run.parse(await house.api('GET', `/runs/${run}`));
    return status === 'completed' ? Booking.parse(output) : undefined;
  }, RUN_END_MS);
}

/** The accounting tables hold the invoice once, with its amounts on its accounts, to the cent. */
async function expectBookedOnce({ number, seller, totals, vatBreakdown, issueDate }: CampaignInvoice): Promise<number> {
  const booked = await house.ledger.booked(number);
  expect(
    booked.map(({ vendor, date, currency }) => ({ vendor, date, currency })),
    number,
  ).toEqual([{ vendor: seller.name, date: issueDate, currency: 'PLN' }]);
  const [only] = booked;
  expect([only?.net.toFixed(2), only?.gross.toFixed(2)], number).toEqual([totals.net, totals.gross]);
  const wanted = [
    ...vatBreakdown.map(({ net }) => `${EXPENSE} ${new Big(net).neg().toFixed(2)}`),
    ...vatBreakdown.filter(({ vat }) => vat !== '0.00').map(({ rate, vat }) => `${VAT_ACCOUNTS[rate]} -${vat}`),
    `${PAYABLE} ${totals.gross}`,
  ];
  expect(only?.entries.map(([account, amount]) => `${account} ${amount.toFixed(2)}`).sort(), number).toEqual(
    wanted.sort(),
  );
  return booked.length;
}

async function expectProof({ reference, proof }: Booking): Promise<void> {
  expect(proof.length, reference).toBeGreaterThan(0);
  const bytes = Buffer.from(await house.file(`/artefacts/${proof[0]?.id ?? ''}`));
  expect(bytes.subarray(1, 4).toString(), reference).toBe('PNG');
}
