/** What is wrong with a cron expression, in words, and how to mend it. */
export type CronFault = { message: string; hint: string };

type Field = { name: string; from: number; to: number; words?: readonly string[] };

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const WEEKDAYS = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];
/** Longest length of each month: 29 February comes, if seldom. */
const LENGTHS = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
/** Both 0 and 7 are Sunday. */
const SUNDAY = 7;

const FIELDS: readonly Field[] = [
  { name: 'minute', from: 0, to: 59 },
  { name: 'hour', from: 0, to: 23 },
  { name: 'day of the month', from: 1, to: 31 },
  { name: 'month', from: 1, to: 12, words: MONTHS },
  { name: 'day of the week', from: 0, to: SUNDAY, words: WEEKDAYS },
];

/** Words that stand for a whole expression. */
const SHORTHANDS = ['@yearly', '@monthly', '@weekly', '@daily', '@hourly'];

const EXAMPLE = 'for example "30 7 * * 1-5": half past seven from Monday to Friday';
const ORDER = `write minute, hour, day of the month, month and day of the week, ${EXAMPLE}`;

/** Checks a cron expression of five fields, or one of the words such as @daily. Undefined: it is in order. */
export function checkCron(text: string): CronFault | undefined {
  const cron = text.trim();
  if (cron.startsWith('@')) return shorthandFault(cron);
  const fields = cron.split(/\s+/);
  if (fields.length !== FIELDS.length) {
    return { message: `"${cron}" has ${fields.length} fields, a cron expression has ${FIELDS.length}`, hint: ORDER };
  }
  for (const [index, field] of FIELDS.entries()) {
    const values = valuesOf(fields[index] ?? '', field);
    if (typeof values === 'string') return { message: `the ${field.name} of "${cron}": ${values}`, hint: ORDER };
  }
  return neverFault(cron, fields);
}

/**
 * The expression as Temporal takes it. Where both the day of the month and the day of the week are restricted, cron means
 * either (POSIX, crontab), Temporal means both: so it becomes two expressions.
 */
export function cronLines(text: string): string[] {
  const cron = text.trim();
  const [minute, hour, day, month, weekday] = cron.split(/\s+/);
  if (cron.startsWith('@') || isAny(day) || isAny(weekday)) return [cron];
  return [`${minute} ${hour} ${day} ${month} *`, `${minute} ${hour} * ${month} ${weekday}`];
}

function shorthandFault(cron: string): CronFault | undefined {
  if (SHORTHANDS.includes(cron)) return undefined;
  const hint = cron.startsWith('@every')
    ? 'write schedule.every, for example PT15M'
    : `one of ${SHORTHANDS.join(', ')}`;
  return { message: `"${cron}" is not a word for a schedule`, hint };
}

/** A day that no month has: the definition would never start. */
function neverFault(cron: string, fields: readonly string[]): CronFault | undefined {
  const [, , days = '', months = '', weekdays] = fields;
  if (!isAny(weekdays)) return undefined;
  const [dayField, monthField] = [FIELDS[2], FIELDS[3]];
  const first = dayField && valuesOf(days, dayField);
  const chosen = monthField && valuesOf(months, monthField);
  if (!Array.isArray(first) || !Array.isArray(chosen)) return undefined;
  if (chosen.some((month) => Math.min(...first) <= (LENGTHS[month - 1] ?? 0))) return undefined;
  return {
    message: `"${cron}" never comes: no such month has a day ${Math.min(...first)}`,
    hint: 'choose another day',
  };
}

const isAny = (field: string | undefined): boolean => field === '*' || field === '?';

/** The values that a field names, or what is wrong with it. */
function valuesOf(text: string, field: Field): number[] | string {
  const values: number[] = [];
  for (const part of text.split(',')) {
    const found = rangeOf(part, field);
    if (typeof found === 'string') return found;
    values.push(...found);
  }
  return values;
}

function rangeOf(part: string, { from, to, words }: Field): number[] | string {
  const [range = '', step, ...rest] = part.split('/');
  const every = step === undefined ? 1 : Number(step);
  if (rest.length > 0 || !Number.isInteger(every) || every < 1) return `"${part}" has no step such as */15`;
  const [first = '', last, ...more] = isAny(range) ? [String(from), String(to)] : range.split('-');
  const [low, high] = [first, last ?? (step === undefined ? first : String(to))].map((value) => numberOf(value, words));
  if (low === undefined || high === undefined || more.length > 0)
    return `"${part}" is not a number${words ? ' or name' : ''}`;
  if (low < from || high > to) return `"${part}" is out of range: ${from} to ${to}`;
  if (low > high) return `"${part}" runs backwards`;
  return Array.from({ length: Math.floor((high - low) / every) + 1 }, (_, i) => low + i * every);
}

/** A number, or the place of a name in its list: months count from 1, days of the week from 0. */
function numberOf(text: string, words?: readonly string[]): number | undefined {
  if (/^\d+$/.test(text)) return Number(text);
  const place = words?.indexOf(text.toLowerCase().slice(0, 3)) ?? -1;
  if (place < 0 || !/^[a-z]{3,9}$/i.test(text)) return undefined;
  return words === MONTHS ? place + 1 : place;
}
