import { checkCron } from '../../../time/cron.ts';
import { durationMs } from '../../../time/duration.ts';
import type { Finding } from '../../finding.ts';
import { SchedulePolicy } from '../../schedule-policy.ts';
import { checkShape } from '../../shape/check.ts';
import { type Context, tellAt } from '../context.ts';
import { isExpression } from '../expressions.ts';

/** `schedule`, and what `document.metadata.schedule` says about it. A schedule is read before any run is there. */
export function checkSchedule(context: Context): Finding[] {
  return [...cronFindings(context), ...durationFindings(context), ...policyFindings(context)];
}

function cronFindings(context: Context): Finding[] {
  const cron = context.loaded.definition.schedule?.cron;
  const fault = cron === undefined ? undefined : checkCron(cron);
  return fault ? [tellAt(context, ['schedule', 'cron'], { rule: 'schedule/cron', ...fault })] : [];
}

function durationFindings(context: Context): Finding[] {
  const { every, after } = context.loaded.definition.schedule ?? {};
  return Object.entries({ every, after }).flatMap(([name, duration]) => {
    if (duration === undefined) return [];
    const told = durationFault(name, duration);
    return told ? [tellAt(context, ['schedule', name], { rule: 'schedule/duration', ...told })] : [];
  });
}

/** Temporal counts the intervals of schedules in whole seconds; an `after` of nothing would never rest. */
const SHORTEST_MS = 1000;

function durationFault(name: string, duration: unknown) {
  if (isExpression(duration)) {
    return { message: `schedule.${name} cannot be computed: there is no run yet`, hint: 'write the duration itself' };
  }
  if (durationMs(duration) >= SHORTEST_MS) return undefined;
  return { message: `schedule.${name} is shorter than a second`, hint: 'write PT1S or more' };
}

function policyFindings(context: Context): Finding[] {
  const policy = context.loaded.definition.document.metadata?.['schedule'];
  if (policy === undefined) return [];
  return checkShape(SchedulePolicy, policy, context.loaded.source, ['document', 'metadata', 'schedule']).findings;
}
