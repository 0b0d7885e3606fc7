import { describe } from 'vitest';
import { ledgerContract } from './contract.ts';
import type { WorldMaker } from './world.ts';
import { csv } from './worlds/csv.ts';
import { intranet, sqlLedger } from './worlds/forms.ts';
import { journal } from './worlds/journal.ts';
import { tryton } from './worlds/tryton.ts';

const WORLDS: readonly WorldMaker[] = [journal, csv, tryton, intranet, sqlLedger];

for (const world of WORLDS) {
  describe.skipIf(world.missing)(`the ledger behind ${world.name}${world.missing ? ` (${world.missing})` : ''}`, () => {
    ledgerContract(world);
  });
}
