export { CODING_TITLES, rulesOfTable, rulesOfYaml } from './coding/rules.ts';
export { suggestAccount } from './coding/suggest.ts';
export type { EntryKey, Ledger, LedgerContext, PostedEntry, PostResult } from './ledger.ts';
export { openLedger } from './open.ts';
export type { LedgerDependencies } from './open.ts';
export { postingFromInvoice } from './posting.ts';
export type { Posting, PostingLine, PostingOptions } from './posting.ts';
