import { applicationException } from '../model/problem.ts';

const SECOND_MS = 1000;
const MINUTE_MS = 60 * SECOND_MS;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
/** ISO 8601 leaves the length of calendar units open; timers count these. */
const WEEK_MS = 7 * DAY_MS;
const MONTH_MS = 30 * DAY_MS;
const YEAR_MS = 365 * DAY_MS;

const ISO = new RegExp(
  '^P(?!$)(?:(\\d+(?:\\.\\d+)?)Y)?(?:(\\d+(?:\\.\\d+)?)M)?(?:(\\d+(?:\\.\\d+)?)W)?(?:(\\d+(?:\\.\\d+)?)D)?' +
    '(?:T(?=\\d)(?:(\\d+(?:\\.\\d+)?)H)?(?:(\\d+(?:\\.\\d+)?)M)?(?:(\\d+(?:\\.\\d+)?)S)?)?$',
);
const ISO_UNITS = [YEAR_MS, MONTH_MS, WEEK_MS, DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS];
const PART_UNITS = {
  days: DAY_MS,
  hours: HOUR_MS,
  minutes: MINUTE_MS,
  seconds: SECOND_MS,
  milliseconds: 1,
} as const;

/**
 * Milliseconds of a duration (DSL "Duration"): parts that add up, or ISO 8601. An expression must have been evaluated
 * before. Throws a problem of type `configuration` for anything else.
 */
export function durationMs(duration: unknown): number {
  const ms = typeof duration === 'string' ? isoMs(duration) : partsMs(duration);
  if (ms === undefined || ms < 0) {
    throw applicationException(
      'configuration',
      `${JSON.stringify(duration)} is not a duration: write ISO 8601 such as PT30S, or parts such as { minutes: 5 }`,
    );
  }
  return Math.round(ms);
}

function isoMs(text: string): number | undefined {
  const match = ISO.exec(text);
  return match?.slice(1).reduce((sum, value, i) => sum + Number(value ?? 0) * (ISO_UNITS[i] ?? 0), 0);
}

function partsMs(value: unknown): number | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  let sum = 0;
  for (const [name, amount] of Object.entries(value)) {
    if (!isPart(name) || typeof amount !== 'number') return undefined;
    sum += amount * PART_UNITS[name];
  }
  return sum;
}

function isPart(name: string): name is keyof typeof PART_UNITS {
  return Object.hasOwn(PART_UNITS, name);
}
