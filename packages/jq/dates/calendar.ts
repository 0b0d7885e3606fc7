/** A date and time as jq breaks it down: month and weekday from 0, day of the year from 0, seconds with a fraction. */
export interface BrokenDown {
  year: number;
  month: number;
  day: number;
  hour: number;
  minute: number;
  second: number;
  weekday: number;
  yearDay: number;
}

const SECONDS_PER_DAY = 86_400;
const DAYS_PER_WEEK = 7;
/** 1970-01-01 was a Thursday. */
const EPOCH_WEEKDAY = 4;
/** Days from 0000-03-01 to 1970-01-01 in the Gregorian calendar. */
const DAYS_TO_EPOCH = 719_468;
const DAYS_PER_ERA = 146_097;

/** Days from 1970-01-01 to a date of the proleptic Gregorian calendar; `month` from 0, any integer. */
export function daysFromCivil(year: number, month: number, day: number): number {
  const [y, m] = [year + Math.floor(month / 12), ((month % 12) + 12) % 12];
  // Years begin in March, so that the leap day is their last (H. Hinnant, "chrono-compatible date algorithms").
  const shifted = m < 2 ? y - 1 : y;
  const era = Math.floor(shifted / 400);
  const yearOfEra = shifted - era * 400;
  const dayOfYear = Math.floor((153 * ((m + 10) % 12) + 2) / 5) + day - 1;
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return era * DAYS_PER_ERA + dayOfEra - DAYS_TO_EPOCH;
}

/** The date of a day counted from 1970-01-01. */
export function civilFromDays(days: number): { year: number; month: number; day: number } {
  const shifted = days + DAYS_TO_EPOCH;
  const era = Math.floor(shifted / DAYS_PER_ERA);
  const dayOfEra = shifted - era * DAYS_PER_ERA;
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36_524) - Math.floor(dayOfEra / 146_096)) / 365,
  );
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const marchMonth = Math.floor((5 * dayOfYear + 2) / 153);
  const month = (marchMonth + 2) % 12;
  const year = yearOfEra + era * 400 + (month < 2 ? 1 : 0);
  return { year, month, day: dayOfYear - Math.floor((153 * marchMonth + 2) / 5) + 1 };
}

/** Seconds since 1970 in UTC, broken down. */
export function breakDown(seconds: number): BrokenDown {
  const whole = Math.floor(seconds);
  const days = Math.floor(whole / SECONDS_PER_DAY);
  const rest = whole - days * SECONDS_PER_DAY;
  const { year, month, day } = civilFromDays(days);
  return {
    year,
    month,
    day,
    hour: Math.floor(rest / 3600),
    minute: Math.floor(rest / 60) % 60,
    second: (rest % 60) + (seconds - whole),
    ...dayNumbers(year, month, day),
  };
}

/** Seconds since 1970 of a broken-down time in UTC; fields beyond their range carry over, as timegm does. */
export function toSeconds(time: BrokenDown): number {
  const days = daysFromCivil(time.year, time.month, time.day);
  return days * SECONDS_PER_DAY + time.hour * 3600 + time.minute * 60 + Math.floor(time.second);
}

/** The day of the week (0 is Sunday) and of the year (from 0) of a date. */
export function dayNumbers(year: number, month: number, day: number): { weekday: number; yearDay: number } {
  const days = daysFromCivil(year, month, day);
  const weekday = (((days + EPOCH_WEEKDAY) % DAYS_PER_WEEK) + DAYS_PER_WEEK) % DAYS_PER_WEEK;
  return { weekday, yearDay: days - daysFromCivil(year, 0, 1) };
}

/** The ISO 8601 week of a date and the year it belongs to. */
export function isoWeek(time: BrokenDown): { year: number; week: number } {
  const weekday = (time.weekday + 6) % DAYS_PER_WEEK;
  const week = Math.floor((time.yearDay - weekday + 10) / DAYS_PER_WEEK);
  if (week < 1) return { year: time.year - 1, week: weeksOf(time.year - 1) };
  if (week > weeksOf(time.year)) return { year: time.year + 1, week: 1 };
  return { year: time.year, week };
}

/** 53 in years that begin on a Thursday, or on a Wednesday with a leap day; otherwise 52. */
function weeksOf(year: number): number {
  const first = dayNumbers(year, 0, 1).weekday;
  const leap = daysFromCivil(year + 1, 0, 1) - daysFromCivil(year, 0, 1) === 366;
  return first === 4 || (first === 3 && leap) ? 53 : 52;
}
