import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtemp, readFile, truncate, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { Invoice } from '../../definitions/model/invoice.ts';
import { JournalLedger } from './journal.ts';
import { postingFromInvoice } from './posting.ts';
import type { Posting } from './posting.ts';

const accounts = { vatAccount: 'Assets:VAT receivable', payable: 'Liabilities:Payable' };
const hledger = spawnSync('hledger', ['--version']).status === 0;

function posting(number = 'FV/1/2026', change: Partial<Posting> = {}): Posting {
  const invoice = Invoice.parse({
    number,
    issueDate: '2026-11-03',
    dueDate: '2026-11-17',
    currency: 'PLN',
    seller: { name: 'Papiernia Północ; Sp. z o.o.', vatId: '5260250274' },
    vatBreakdown: [
      { rate: '23', net: '1100.10', vat: '253.02' },
      { rate: '8', net: '0.20', vat: '0.02' },
    ],
    totals: { net: '1100.30', vat: '253.04', gross: '1353.34' },
  });
  return { ...postingFromInvoice(invoice, { account: 'Expenses:Purchases', reference: `pl, ${number}` }), ...change };
}

async function ledger() {
  const file = join(await mkdtemp(join(tmpdir(), 'journal-')), 'main.journal');
  return { file, ledger: new JournalLedger({ file, ...accounts }) };
}

describe('a journal ledger', () => {
  it('posts an invoice, finds it by its reference and says when it is there already', async () => {
    const { ledger: book } = await ledger();
    expect(await book.find('pl, FV/1/2026')).toBeUndefined();
    expect(await book.post(posting(), {})).toMatchObject({ outcome: 'posted', date: '2026-11-03', record: '1' });
    expect(await book.post(posting(), {})).toMatchObject({ outcome: 'already-posted', record: '1' });
    expect((await book.find('pl, FV/1/2026'))?.readBack).toMatchObject({ gross: '1353.34', currency: 'PLN' });
  });

  it('writes once when many write at the same time', async () => {
    const { file, ledger: book } = await ledger();
    const results = await Promise.all(
      Array.from({ length: 12 }, (_, i) => new JournalLedger({ file, ...accounts }).post(posting(`FV/${i % 3}`), {})),
    );
    expect(results.filter(({ outcome }) => outcome === 'posted')).toHaveLength(3);
    expect((await readFile(file, 'utf8')).match(/reference:/g)).toHaveLength(3);
    expect(await book.find('pl, FV/2')).toBeDefined();
  });

  it('cuts off an entry that a crash left half written', async () => {
    const { file, ledger: book } = await ledger();
    await book.post(posting('FV/1'), {});
    await book.post(posting('FV/2'), {});
    await truncate(file, (await stat(file)).size - 20);
    await book.post(posting('FV/3'), {});
    await book.post(posting('FV/2'), {});
    expect((await readFile(file, 'utf8')).match(/reference:/g)).toHaveLength(3);
  });

  it('refuses what a person has to decide', async () => {
    const { ledger: book } = await ledger();
    const refused = (change: Partial<Posting>) => book.post(posting('FV/9', change), {});
    await expect(refused({ gross: '1.00' })).rejects.toMatchObject({ problem: { title: 'unbalanced' } });
    const lines = posting().lines.map((line) => ({ ...line, account: '; x' }));
    await expect(refused({ lines })).rejects.toMatchObject({ problem: { title: 'unknown-account' } });
    await book.post(posting('FV/9'), {});
    const other = { issueDate: '2026-11-04' };
    await expect(refused(other)).rejects.toMatchObject({ problem: { title: 'differs-in-target' } });
  });

  it.skipIf(!hledger)('is accepted by hledger, with the same balances', async () => {
    const { file, ledger: book } = await ledger();
    await book.post(posting('FV/1'), {});
    await book.post(posting('FV/2 (korekta)'), {});
    execFileSync('hledger', ['-f', file, 'check']);
    const balance = execFileSync('hledger', ['-f', file, 'balance', 'Liabilities', '-N'], { encoding: 'utf8' });
    expect(balance).toContain('-2706.68 PLN');
  });
});

describe('a posting', () => {
  it('names every field that is missing', () => {
    const make = () => postingFromInvoice(Invoice.parse({ number: 'X' }), { reference: 'r', account: 'a' });
    expect(make).toThrow(/supplier, issueDate, currency, net, vat, gross/);
  });
});
