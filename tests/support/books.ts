import { join } from 'node:path';
import exceljs from 'exceljs';
import { expect } from 'vitest';
import type { DemoInvoice } from '../../demo/documents/model.ts';
import type { BookedInvoice, SqlLedger } from './sql-ledger.ts';

/** Expense account of SQL-Ledger's default chart. */
export const ACCOUNT = '5700';
/** SQL-Ledger's seed: the account of each VAT rate, and the payable. */
const VAT_ACCOUNTS: Record<string, string> = { '23': '2223', '8': '2208', '5': '2205' };
const PAYABLE = '2100';
/** Columns of the register that are compared. */
const COLUMNS = ['Invoice', 'Supplier', 'Net', 'VAT', 'Gross'];

/** The accounting tables hold the invoice once, and hold what is on the paper. */
export async function expectBookedOnce(ledger: SqlLedger, invoice: DemoInvoice): Promise<BookedInvoice> {
  const { number, seller, issueDate, currency, breakdown } = invoice;
  const [net, gross] = [Number(invoice.net), Number(invoice.gross)];
  const booked = await ledger.booked(number);
  expect(booked).toMatchObject([{ vendor: seller.name, net, gross, currency, date: issueDate }]);
  const [only] = booked;
  if (!only) throw new Error(`${number} is not booked`);
  const entries = breakdown.flatMap(({ rate, net: part, vat }) => [
    entry(ACCOUNT, -Number(part)),
    entry(VAT_ACCOUNTS[rate], -Number(vat)),
  ]);
  expect(only.entries.map(([account, amount]) => entry(account, amount)).sort()).toEqual(
    [...entries, entry(PAYABLE, gross)].sort(),
  );
  return only;
}

const entry = (account: string | undefined, amount: number): string => `${account} ${amount.toFixed(2)}`;

/** What the register holds of the invoices that were booked: sorted rows, by the columns above. */
export async function registered(home: string): Promise<string[]> {
  const book = new exceljs.Workbook();
  await book.xlsx.readFile(join(home, 'sheets', 'register.xlsx'));
  const rows: string[][] = [];
  book.worksheets[0]?.eachRow((row) => rows.push((row.values as exceljs.CellValue[]).slice(1).map(String)));
  const [head = [], ...body] = rows;
  return body.map((row) => COLUMNS.map((name) => row[head.indexOf(name)]).join(' | ')).sort();
}

/** The row that the register should have of an invoice. */
export const rowOf = ({ number, seller, net, vat, gross }: DemoInvoice): string =>
  [number, seller.name, Number(net), Number(vat), Number(gross)].join(' | ');
