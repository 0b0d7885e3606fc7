import { z } from 'zod';
import { Duration } from './schema/duration.ts';
import type { WorkflowDefinition } from './types.ts';

/** A start that was missed because everything was down is made up for when it is at most this old. */
const CATCH_UP = 'P1D';

/**
 * `document.metadata.schedule`: what the DSL leaves to runtimes. `overlap`: what happens where the run before still goes
 * on (`skip` lets the start pass, `queue` starts one afterwards, `together` starts beside it). `catchUp`: how old a
 * missed start may be to be made up for. `timeZone`: the zone of cron, where it is not the company's.
 */
export const SchedulePolicy = z.strictObject({
  overlap: z.enum(['skip', 'queue', 'together']).default('skip'),
  catchUp: Duration.default(CATCH_UP),
  timeZone: z.string().refine(isTimeZone, 'expected a time zone such as Europe/Warsaw').optional(),
});
export type SchedulePolicy = z.infer<typeof SchedulePolicy>;

/** The policy of a definition that was checked. */
export function schedulePolicy({ document }: WorkflowDefinition): SchedulePolicy {
  return SchedulePolicy.parse(document.metadata?.['schedule'] ?? {});
}

function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}
