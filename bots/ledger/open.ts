import { isAbsolute, join } from 'node:path';
import type { FormDefinition } from '../../core/forms/form.ts';
import type { LedgerSettings } from '../../core/settings/ledgers.ts';
import type { FormRunner, Target } from '../forms/index.ts';
import { CsvDriver } from './csv/driver.ts';
import { FormDriver } from './form.ts';
import { JournalDriver } from './journal.ts';
import type { Ledger, LedgerDriver } from './ledger.ts';
import { withRules } from './rules.ts';
import { TrytonDriver } from './tryton/driver.ts';

export type LedgerDependencies = {
  runner: FormRunner;
  target: (name: string) => Promise<Target>;
  form: (name: string) => Promise<FormDefinition>;
  /** Today's date where the company is, ISO 8601. */
  today: () => string;
  /** Folder that journals and folders of files are relative to. */
  folder: string;
};

/** The ledger that the settings describe. Opens nothing yet. */
export function openLedger(settings: LedgerSettings, dependencies: LedgerDependencies): Ledger {
  return withRules(driverOf(settings, dependencies), { closedUntil: settings.closedUntil });
}

function driverOf(settings: LedgerSettings, { runner, target, form, today, folder }: LedgerDependencies): LedgerDriver {
  const at = (path: string): string => (isAbsolute(path) ? path : join(folder, path));
  switch (settings.driver) {
    case 'journal': {
      const { file, chart, vatAccount, payable } = settings;
      return new JournalDriver({ file: at(file), vatAccount, payable, ...(chart && { chart: at(chart) }) });
    }
    case 'tryton': {
      const { payable, taxes } = settings;
      return new TrytonDriver({ target: () => target(settings.target), payable, taxes });
    }
    case 'csv': {
      const { patience, ...rest } = settings;
      return new CsvDriver({ ...rest, folder: at(settings.folder), patienceMs: patience * 1000 });
    }
    case 'form':
      return new FormDriver({ runner, form: () => form(settings.form), target: () => target(settings.target), today });
  }
}
