import { isAbsolute, join } from 'node:path';
import type { FormDefinition } from '../../definitions/forms/form.ts';
import type { LedgerSettings } from '../../definitions/settings.ts';
import type { FormRunner, Target } from '../forms/index.ts';
import { FormLedger } from './form.ts';
import { JournalLedger } from './journal.ts';
import type { Ledger } from './ledger.ts';

export type LedgerDependencies = {
  runner: FormRunner;
  target: (name: string) => Promise<Target>;
  form: (name: string) => Promise<FormDefinition>;
  /** Today's date where the company is, ISO 8601. */
  today: () => string;
  /** Folder that journals are relative to. */
  folder: string;
};

/** The ledger that the settings describe. Opens nothing yet. */
export function openLedger(settings: LedgerSettings, dependencies: LedgerDependencies): Ledger {
  if (settings.driver === 'journal') {
    const { file, vatAccount, payable } = settings;
    const path = isAbsolute(file) ? file : join(dependencies.folder, file);
    return new JournalLedger({ file: path, vatAccount, payable });
  }
  const { form, target } = settings;
  return new FormLedger({
    runner: dependencies.runner,
    form: () => dependencies.form(form),
    target: () => dependencies.target(target),
    today: dependencies.today,
  });
}
