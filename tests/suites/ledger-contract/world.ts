import type { Ledger, Posting } from '../../../bots/ledger/index.ts';

/** One booking as the ledger's own books hold it, looked up past the driver. Decimal strings. */
export type Booked = {
  number: string;
  supplier: string;
  date: string;
  net: string;
  vat: string;
  gross: string;
  currency: string;
};

/** A ledger with real books behind it, and a way into them that is not the driver's. */
export type World = {
  /** The ledger, opened anew: nothing that one driver remembers helps the next. */
  open(): Ledger;
  supplier: { name: string; vatId: string };
  account: string;
  /** A second account, for invoices of several VAT rates; the same where the target books an invoice on one. */
  secondAccount: string;
  /** A day in a closed period. */
  closedDay: string;
  /** All bookings of that number, whoever made them. */
  booked(number: string): Promise<Booked[]>;
  /** Makes the target unreachable until the answer is called; absent where there is no server. */
  takeDown?: () => Promise<() => Promise<void>>;
  close(): Promise<void>;
};

/** How a world is opened, or why it cannot be here. */
export type WorldMaker = {
  name: string;
  missing?: string | undefined;
  /** A browser is in between: each case takes many seconds. */
  slow?: true;
  open(): Promise<World>;
};

/** A posting for a world, in a form that every driver takes. */
export function postingFor(world: World, number: string, change: Partial<Posting> = {}): Posting {
  const { account, secondAccount } = world;
  return {
    reference: `${world.supplier.vatId}:${number}`,
    number,
    supplier: world.supplier.name,
    supplierVatId: world.supplier.vatId,
    issueDate: '2026-11-03',
    saleDate: '2026-11-02',
    dueDate: '2026-12-01',
    currency: 'PLN',
    net: '1350.30',
    vat: '273.07',
    gross: '1623.37',
    account,
    description: 'Papier ksero A4, żółty',
    lines: [
      { vatRate: '23', net: '1100.30', vat: '253.07', account },
      { vatRate: '8', net: '250.00', vat: '20.00', account: secondAccount },
    ],
    ...change,
  };
}

/** Title of the problem that a promise rejects with; "done" where it does not. */
export function titleOf(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    () => 'done',
    (error: unknown) => (error as { problem?: { title?: string } }).problem?.title ?? error,
  );
}
