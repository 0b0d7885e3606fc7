import { execFileSync, spawnSync } from 'node:child_process';
import { appendFile, readFile, truncate, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { Invoice } from '../../core/model/invoice.ts';
import { JournalDriver } from './journal.ts';
import type { JournalOptions } from './journal.ts';
import { postingFromInvoice } from './posting.ts';
import type { Posting } from './posting.ts';
import { withRules } from './rules.ts';
import { tempFolder } from '../../tests/support/temp-folder.ts';

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

const open = (options: Omit<JournalOptions, keyof typeof accounts>, closedUntil?: string) =>
  withRules(new JournalDriver({ ...options, ...accounts }), { closedUntil });

async function ledger() {
  const file = join(await tempFolder('journal'), 'main.journal');
  return { file, ledger: open({ file }) };
}

describe('a journal ledger', () => {
  it('posts an invoice, finds it by its reference and says when it is there already', async () => {
    const { ledger: book } = await ledger();
    expect(await book.find(posting(), {})).toBeUndefined();
    expect(await book.post(posting(), {})).toMatchObject({ outcome: 'posted', date: '2026-11-03', record: '1' });
    expect(await book.post(posting(), {})).toMatchObject({ outcome: 'already-posted', record: '1' });
    expect((await book.find(posting(), {}))?.readBack).toMatchObject({ gross: '1353.34', currency: 'PLN' });
  });

  it('writes once when many write at the same time', async () => {
    const { file, ledger: book } = await ledger();
    const results = await Promise.all(
      Array.from({ length: 12 }, (_, i) => open({ file }).post(posting(`FV/${i % 3}`), {})),
    );
    expect(results.filter(({ outcome }) => outcome === 'posted')).toHaveLength(3);
    expect((await readFile(file, 'utf8')).match(/reference:/g)).toHaveLength(3);
    expect(await book.find(posting('FV/2'), {})).toBeDefined();
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

  it('books again what a crash cut off, wherever it was cut', async () => {
    const { file, ledger: book } = await ledger();
    await book.post(posting('FV/1'), {});
    const before = (await stat(file)).size;
    await book.post(posting('FV/2'), {});
    const whole = await readFile(file);
    for (let size = before + 1; size < whole.length; size += 1) {
      await writeFile(file, whole.subarray(0, size));
      expect((await book.post(posting('FV/2'), {})).readBack, `cut at ${size}`).toMatchObject({ gross: '1353.34' });
      expect((await readFile(file, 'utf8')).trimEnd(), `cut at ${size}`).toBe(whole.toString('utf8').trimEnd());
    }
  });

  it('leaves alone what people have written, also without an empty line at its end', async () => {
    const { file, ledger: book } = await ledger();
    const own = 'account Expenses:Purchases\n\n2026-01-01 opening\n    Assets:Bank  10.00 PLN\n    Equity:Opening';
    await writeFile(file, own);
    await expect(book.post(posting('FV/1'), {})).rejects.toMatchObject({ problem: { title: 'unknown-account' } });
    await appendFile(file, '\n\naccount Assets:VAT receivable\naccount Liabilities:Payable\n');
    await book.post(posting('FV/1'), {});
    expect(await readFile(file, 'utf8')).toContain(own);
    if (hledger) execFileSync('hledger', ['-f', file, 'check']);
  });

  it('knows suppliers and accounts by the declarations of a chart, and what is closed', async () => {
    const { file } = await ledger();
    const chart = `${file}.chart`;
    await writeFile(
      chart,
      'payee Papiernia Północ Sp. z o.o.\naccount Expenses:Purchases  ; type:X\naccount Assets:VAT receivable\naccount Liabilities:Payable\n',
    );
    const book = open({ file, chart }, '2026-10-31');
    expect(await book.post(posting(), {})).toMatchObject({ outcome: 'posted' });
    const title = (change: Partial<Posting>) => expect(book.post(posting('FV/7', change), {})).rejects;
    await title({ supplier: 'Nikt' }).toMatchObject({ problem: { title: 'unknown-supplier' } });
    await title({ issueDate: '2026-10-31' }).toMatchObject({ problem: { title: 'closed-period' } });
  });

  it('reverses once, with both entries in the books, and books the same no more', async () => {
    const { file, ledger: book } = await ledger();
    const reversal = { date: '2026-11-20', reason: 'goods returned' };
    await expect(book.reverse(posting(), reversal, {})).rejects.toMatchObject({ problem: { title: 'not-in-target' } });
    await book.post(posting(), {});
    expect(await book.reverse(posting(), reversal, {})).toMatchObject({ outcome: 'posted', record: '2' });
    expect(await book.reverse(posting(), reversal, {})).toMatchObject({ outcome: 'already-posted', record: '2' });
    expect(await book.get(posting(), {})).toMatchObject({ record: '1', reversedBy: '2' });
    await expect(book.post(posting(), {})).rejects.toMatchObject({ problem: { title: 'reversed-in-target' } });
    if (hledger)
      expect(execFileSync('hledger', ['-f', file, 'balance', '-N', '--empty'], { encoding: 'utf8' })).not.toMatch(
        /[1-9]/,
      );
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
