import type { Client } from '@temporalio/client';
import type { WorkflowDefinition } from '../../core/language/types.ts';
import type { RunOptions } from '../../core/model/run.ts';
import type { Deployed } from '../../store/definitions.ts';
import { keepGathering } from './gather.ts';
import { keepRepeating } from './repeat.ts';
import type { Scheduled } from './scheduled.ts';
import { keepTimer } from './timer.ts';

export type ScheduleDependencies = {
  client: Client;
  /** Zone that cron expressions are read in, for example Europe/Warsaw. */
  timeZone: string;
  options: Partial<RunOptions>;
};

/**
 * Keeps a definition's `schedule` (DSL "Schedule") as the version deployed last says: `cron` and `every` as a Temporal
 * Schedule, `after` as a workflow that outlives the runs, `on` of several events as a run that gathers them; each made,
 * changed or taken away. One event alone that starts a run is routed as it comes (`runs/router.ts`).
 */
export async function applySchedule(
  { client, timeZone, options }: ScheduleDependencies,
  deployed: Pick<Deployed, 'namespace' | 'name' | 'version' | 'hash' | 'definition'>,
): Promise<'kept' | 'none'> {
  const definition = deployed.definition as WorkflowDefinition;
  const scheduled: Scheduled = {
    client,
    timeZone,
    name: `${deployed.namespace}.${deployed.name}`,
    definition,
    start: { definition, hash: deployed.hash, input: {}, options: { onFault: 'park', ...options } },
    memo: { title: `${deployed.namespace}/${deployed.name}`, version: deployed.version },
  };
  const kept = [await keepTimer(scheduled), await keepRepeating(scheduled), await keepGathering(scheduled)];
  return kept.includes(true) ? 'kept' : 'none';
}
