import type { LedgerDependencies } from '../../../../bots/ledger/index.ts';

/** For ledgers behind which there is no web application. */
export function noServer(folder: string, target?: { url: string; user: string; password: string }): LedgerDependencies {
  const none = () => Promise.reject(new Error('this ledger fills no form'));
  return {
    folder,
    today: () => '2026-11-24',
    runner: { run: none, rehearse: none, visit: none, find: none, close: () => Promise.resolve() },
    form: none,
    target: () => (target ? Promise.resolve(target) : none()),
  };
}
