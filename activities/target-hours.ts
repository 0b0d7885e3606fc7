import type { TargetLimits } from '../core/settings/targets.ts';
import { instantOf, isWorkingDay, localParts, nextDate, type Calendar } from './approvals/working-time.ts';

/** Longest search for an open day; longer closures are a mistake in the settings, and tried again after it. */
const MAX_DAYS_SEARCHED = 60;
/** Windows of maintenance may follow each other; a chain longer than this is looked at again when it ends. */
const MAX_STEPS = 20;

/** The instant at which a closed target opens; undefined when it is open now. Times are local to the calendar's zone. */
export function closedUntil(limits: TargetLimits, now: Date, calendar: Calendar): Date | undefined {
  let at = now;
  for (let step = 0; step < MAX_STEPS; step += 1) {
    const next = endOfMaintenance(limits, at, calendar) ?? nextOpening(limits, at, calendar);
    if (!next) break;
    at = next;
  }
  return at > now ? at : undefined;
}

function endOfMaintenance({ maintenance = [] }: TargetLimits, at: Date, { timeZone }: Calendar): Date | undefined {
  const instant = (local: string): Date => instantOf(local.slice(0, 10), `${local.slice(11, 16)}:00`, timeZone);
  return maintenance
    .map(({ from, to }) => [instant(from), instant(to)] as const)
    .find(([a, b]) => a <= at && at < b)?.[1];
}

function nextOpening({ open }: TargetLimits, at: Date, calendar: Calendar): Date | undefined {
  if (!open) return undefined;
  const isOpen = (date: string): boolean => open.days === 'every' || isWorkingDay(date, calendar);
  const { date: today, time } = localParts(at, calendar.timeZone);
  if (isOpen(today) && time >= open.from && time < `${open.to}:00`) return undefined;
  let date = isOpen(today) && time < open.from ? today : nextDate(today);
  for (let searched = 0; !isOpen(date) && searched < MAX_DAYS_SEARCHED; searched += 1) date = nextDate(date);
  return instantOf(date, `${open.from}:00`, calendar.timeZone);
}
