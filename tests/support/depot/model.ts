type Receipt = { number: string; supplier: string; note: string; received: string; lines: Record<string, string>[] };

/** A second legacy application for bots to fill: frames, no ids, names that change on every page, look-ups in windows. */
export type Depot = {
  url: string;
  suppliers: string[];
  receipts: Receipt[];
  imports: { batch: string; rows: string[][] }[];
  /** How often somebody has signed on. */
  logins: number;
  /** The report is answered by a page that says why it cannot be made. */
  reportFails: boolean;
  /** Printed form of the price list, PDF, which it then exports instead. */
  printed?: Uint8Array;
  close(): Promise<void>;
};
