import { businessException } from '../../../core/model/problem.ts';
import type { EntryKey } from '../ledger.ts';
import type { Posting } from '../posting.ts';
import { closedPeriod } from '../rules.ts';
import type { TrytonRpc } from './rpc.ts';
import { idOf, textOf, toDate } from './values.ts';
import type { TrytonRecord } from './values.ts';

export type TrytonBooks = {
  /** Code of the account that suppliers are owed on. */
  payable: string;
  /** Name of Tryton's tax by VAT rate; a rate without tax (zw, np, oo) is not listed. */
  taxes: Readonly<Record<string, string>>;
};

export type Supplier = { id: number; address: number | null };

/** The supplier by VAT id; one without any id in Tryton by its exact name. Undefined where Tryton knows none. */
export async function findSupplier(rpc: TrytonRpc, key: EntryKey): Promise<Supplier | undefined> {
  const id = key.supplierVatId?.replace(/[^0-9a-z]/gi, '').toUpperCase() ?? '';
  // National ids are kept without country letters, EU VAT ids with them.
  const compact = [id, id.replace(/^[A-Z]{2}(?=.*\d)/, '')];
  const byId = id === '' ? [] : await parties(rpc, [['identifiers.code_compact', 'in', compact]]);
  const named = [['name', '=', key.supplier], ...(id === '' ? [] : [['identifiers', '=', null]])];
  const found = byId.length > 0 ? byId : await parties(rpc, named);
  if (found.length > 1) {
    const detail = `Tryton has ${found.length} parties for ${key.supplier}${id && ` (${id})`}; merge them, or give one the VAT id`;
    throw businessException('several-in-target', detail);
  }
  const [party] = found;
  if (!party) return undefined;
  const [address] = Array.isArray(party['addresses']) ? (party['addresses'] as number[]) : [];
  return { id: idOf(party), address: address ?? null };
}

function parties(rpc: TrytonRpc, domain: unknown[]): Promise<TrytonRecord[]> {
  return rpc.read('party.party', domain, ['addresses']);
}

/** Ids of all that a posting names. */
export type Names = { accounts: Map<string, number>; taxes: Map<string, number>; currency: number; journal: number };

/**
 * Finds all that a posting names before anything is written.
 * @throws business exceptions `unknown-account`, `unknown-vat-rate`, `unknown-currency`, `closed-period`.
 */
export async function findNames(rpc: TrytonRpc, posting: Posting, books: TrytonBooks): Promise<Names> {
  await requireOpenPeriod(rpc, posting);
  const accounts = new Map<string, number>();
  for (const code of new Set([...posting.lines.map(({ account }) => account), books.payable])) {
    const domain = [
      ['code', '=', code],
      ['closed', '!=', true],
      ['type', '!=', null],
    ];
    accounts.set(code, await only(rpc, 'account.account', domain, 'unknown-account', `no open account ${code}`));
  }
  const taxes = new Map<string, number>();
  for (const { vatRate, vat } of posting.lines) {
    const name = books.taxes[vatRate];
    if (name === undefined) {
      if (Number(vat) === 0) continue;
      throw businessException('unknown-vat-rate', `the settings of the ledger name no tax for the VAT rate ${vatRate}`);
    }
    taxes.set(vatRate, await only(rpc, 'account.tax', [['name', '=', name]], 'unknown-vat-rate', `no tax "${name}"`));
  }
  const { currency: code } = posting;
  const currency = await only(
    rpc,
    'currency.currency',
    [['code', '=', code]],
    'unknown-currency',
    `no currency ${code}`,
  );
  const journals = await rpc.read('account.journal', [['type', '=', 'expense']], []);
  const [journal] = journals;
  if (!journal)
    throw businessException('refused-by-target', 'Tryton has no journal for purchases (type expense); add one');
  return { accounts, taxes, currency, journal: idOf(journal) };
}

async function requireOpenPeriod(rpc: TrytonRpc, { issueDate, number }: Posting): Promise<void> {
  const day = toDate(issueDate);
  const domain = [
    ['start_date', '<=', day],
    ['end_date', '>=', day],
    ['type', '=', 'standard'],
  ];
  const periods = await rpc.read('account.period', domain, ['name', 'state']);
  if (periods.some((period) => textOf(period, 'state') === 'open')) return;
  const [period] = periods;
  const why = period
    ? `the period ${textOf(period, 'name')} is ${textOf(period, 'state')}`
    : 'there is no fiscal year for it';
  throw closedPeriod(`${number} is of ${issueDate}, and in Tryton ${why}`);
}

async function only(rpc: TrytonRpc, model: string, domain: unknown[], code: string, missing: string): Promise<number> {
  const [found] = await rpc.read(model, domain, []);
  if (found) return idOf(found);
  throw businessException(code, `Tryton has ${missing}; add it there, or correct the posting`);
}
