import Holidays from 'date-holidays';
import { applicationException } from '../../core/model/problem.ts';

/** Country and time zone whose working days count. */
export type Calendar = { country: string; timeZone: string };

const WORKING_DAYS = /^(\d+) working days?$/;
const ISO_PERIOD = /^P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?$/;
const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
/** Longest search for the next working day: no country rests longer, so more means a broken calendar. */
const MAX_DAYS_SEARCHED = 4000;

/**
 * The instant one period after `from`. "3 working days" keeps the local time of day in the calendar's zone, also over
 * a change of the clocks, and passes over weekends and public holidays; counted from a day off, the first working day
 * after it is day one. ISO 8601 periods are plain elapsed time. Throws a validation error on anything else.
 */
export function after(from: Date, period: string, calendar: Calendar): Date {
  const words = WORKING_DAYS.exec(period);
  if (words) return addWorkingDays(from, Number(words[1]), calendar);
  const iso = ISO_PERIOD.exec(period);
  if (!iso) {
    throw applicationException('validation', `"${period}" is not a period: write "3 working days" or "PT4H"`);
  }
  const [days, hours, minutes, seconds] = iso.slice(1).map((part) => Number(part ?? 0));
  const elapsed = (days ?? 0) * DAY_MS + (hours ?? 0) * HOUR_MS + (minutes ?? 0) * MINUTE_MS + (seconds ?? 0) * 1000;
  return new Date(from.getTime() + elapsed);
}

/**
 * The next of these times of day ("15:30") on a working day, at least a minute from now: what is written down now is
 * there when that time comes.
 */
export function nextTimeOfDay(from: Date, times: readonly string[], calendar: Calendar): Date {
  const soonest = from.getTime() + MINUTE_MS;
  const sorted = [...times].sort();
  let { date } = localParts(from, calendar.timeZone);
  for (let searched = 0; searched <= MAX_DAYS_SEARCHED; searched += 1) {
    const candidates = isWorkingDay(date, calendar) ? sorted : [];
    const found = candidates
      .map((time) => instantOf(date, `${time}:00`, calendar.timeZone))
      .find((instant) => instant.getTime() >= soonest);
    if (found) return found;
    date = nextDate(date);
  }
  throw applicationException('configuration', `the calendar of ${calendar.country} has no working days`);
}

/** True unless the local day is a Saturday, a Sunday or a public holiday of the country. */
export function isWorkingDay(localDate: string, calendar: Calendar): boolean {
  const weekday = new Date(`${localDate}T00:00:00Z`).getUTCDay();
  return (
    weekday !== 0 && weekday !== 6 && !publicHolidays(calendar.country, Number(localDate.slice(0, 4))).has(localDate)
  );
}

function addWorkingDays(from: Date, days: number, calendar: Calendar): Date {
  const start = localParts(from, calendar.timeZone);
  let date = start.date;
  let left = days;
  for (let searched = 0; left > 0; searched += 1) {
    if (searched > MAX_DAYS_SEARCHED) {
      throw applicationException('configuration', `the calendar of ${calendar.country} has no working days`);
    }
    date = nextDate(date);
    if (isWorkingDay(date, calendar)) left -= 1;
  }
  return instantOf(date, start.time, calendar.timeZone);
}

const holidaysByYear = new Map<string, Set<string>>();

function publicHolidays(country: string, year: number): Set<string> {
  const key = `${country} ${year}`;
  const known = holidaysByYear.get(key);
  if (known) return known;
  const listed = new Holidays(country, { types: ['public'] }).getHolidays(year);
  // An unknown country has none, in silence; counting on without holidays would be wrong.
  if (listed.length === 0) {
    throw applicationException(
      'configuration',
      `no calendar of holidays for "${country}": set "holidays" in zaplecze.yaml`,
    );
  }
  const dates = new Set(listed.flatMap((holiday) => daysOf(holiday.date, holiday.start, holiday.end)));
  holidaysByYear.set(key, dates);
  return dates;
}

/** Local dates that a holiday covers; it may last several days. */
function daysOf(date: string, start: Date, end: Date): string[] {
  const count = Math.max(1, Math.round((end.getTime() - start.getTime()) / DAY_MS));
  const days = [date.slice(0, 10)];
  while (days.length < count) days.push(nextDate(days.at(-1) ?? ''));
  return days;
}

/** The day after, ISO 8601. */
export function nextDate(date: string): string {
  return new Date(Date.parse(`${date}T00:00:00Z`) + DAY_MS).toISOString().slice(0, 10);
}

/** Local date and time of an instant, ISO 8601: "2026-03-27", "14:30:00". */
export function localParts(instant: Date, timeZone: string): { date: string; time: string } {
  // The Swedish locale writes ISO 8601: "2026-03-27 14:30:00".
  const [date = '', time = ''] = new Intl.DateTimeFormat('sv-SE', {
    timeZone,
    dateStyle: 'short',
    timeStyle: 'medium',
  })
    .format(instant)
    .split(' ');
  return { date, time };
}

/** The instant of a local date and time. A time that the clocks skip in spring becomes the same time later. */
export function instantOf(date: string, time: string, timeZone: string): Date {
  const wanted = Date.parse(`${date}T${time}Z`);
  let guess = wanted - offsetAt(new Date(wanted), timeZone);
  guess = wanted - offsetAt(new Date(guess), timeZone);
  return new Date(guess);
}

function offsetAt(instant: Date, timeZone: string): number {
  const { date, time } = localParts(instant, timeZone);
  return Date.parse(`${date}T${time}Z`) - Math.floor(instant.getTime() / 1000) * 1000;
}
