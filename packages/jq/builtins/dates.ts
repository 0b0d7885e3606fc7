import { JqError } from '../errors.ts';
import { breakDown, dayNumbers, toSeconds, type BrokenDown } from '../dates/calendar.ts';
import { formatTime } from '../dates/format.ts';
import { parseTime } from '../dates/parse.ts';
import { single } from '../evaluation/filter.ts';
import { isArray } from '../values/types.ts';
import { unary, valued, type NativeTable } from './native.ts';

const ISO_FORMAT = '%Y-%m-%dT%H:%M:%SZ';
/** Seconds that a calendar of four-digit years can name, with room: beyond, breaking down means nothing. */
const MOST_SECONDS = 1e14;

/** Functions about dates. All of them are in UTC: a workflow has no local time zone, so `localtime` is `gmtime`. */
export const DATES: NativeTable = {
  'now/0': () =>
    single((_input, env) => {
      const now = Object.hasOwn(env.evaluation.variables, 'now') ? env.evaluation.variables['now'] : null;
      if (typeof now === 'number') return now;
      throw new JqError(
        'now is not available: an expression must give the same result when it is replayed; pass the time as $now',
      );
    }),
  'gmtime/0': unary((input) => gmtime(input, 'gmtime')),
  'localtime/0': unary((input) => gmtime(input, 'localtime')),
  'mktime/0': unary(mktime),
  'strptime/1': valued((input, [format], budget) => {
    if (typeof input !== 'string' || typeof format !== 'string') {
      throw new JqError('strptime/1 requires string inputs and arguments');
    }
    budget.characters(input.length + format.length);
    return strptime(input, format);
  }),
  'strftime/1': valued((input, [format], budget) => {
    if (typeof format === 'string') budget.characters(format.length);
    return strftime(input, format, 'strftime/1');
  }),
  'strflocaltime/1': valued((input, [format], budget) => {
    if (typeof format === 'string') budget.characters(format.length);
    return strftime(input, format, 'strflocaltime/1');
  }),
  'fromdate/0': unary(fromIso),
  'fromdateiso8601/0': unary(fromIso),
  'date/0': unary((input) => strftime(input, ISO_FORMAT, 'strftime/1')),
  'todate/0': unary((input) => strftime(input, ISO_FORMAT, 'strftime/1')),
  'todateiso8601/0': unary((input) => strftime(input, ISO_FORMAT, 'strftime/1')),
  'dateadd/2': valued((input, [, seconds]) => add(input, seconds)),
  'datesub/2': valued((input, [, seconds]) => add(input, typeof seconds === 'number' ? -seconds : seconds)),
};

function gmtime(input: unknown, name: string): number[] {
  if (typeof input !== 'number') throw new JqError(`${name}() requires numeric inputs`);
  if (!(Math.abs(input) <= MOST_SECONDS)) {
    throw new JqError('error converting number of seconds since epoch to datetime');
  }
  return toArray(breakDown(input));
}

function toArray(time: BrokenDown): number[] {
  return [time.year, time.month, time.day, time.hour, time.minute, time.second, time.weekday, time.yearDay];
}

/** The broken-down time in an array, its days and months carried over into range. */
function fromArray(input: readonly unknown[], name: string): BrokenDown {
  const fields = input.slice(0, 8);
  if (!fields.every((field) => typeof field === 'number' && !Number.isNaN(field))) {
    throw new JqError(`${name} requires parsed datetime inputs`);
  }
  const [year = 1900, month = 0, day = 0, hour = 0, minute = 0, second = 0] = (fields as number[]).map(Math.trunc);
  return { year, month, day, hour, minute, second, ...dayNumbers(year, month, day) };
}

function mktime(input: unknown): number {
  if (!isArray(input)) throw new JqError('mktime requires array of 6 numbers');
  const seconds = toSeconds(fromArray(input, 'mktime'));
  if (!Number.isSafeInteger(seconds)) throw new JqError('invalid gmtime representation');
  return seconds;
}

function strptime(input: string, format: string): unknown[] {
  const parsed = parseTime(input, format);
  if (parsed === null || (parsed.rest !== '' && !/^\s/.test(parsed.rest))) {
    throw new JqError(`date "${input}" does not match format "${format}"`);
  }
  return parsed.rest === '' ? toArray(parsed.time) : [...toArray(parsed.time), parsed.rest];
}

function strftime(input: unknown, format: unknown, name: string): string {
  const parts = typeof input === 'number' ? gmtime(input, 'gmtime') : input;
  if (!isArray(parts)) throw new JqError(`${name} requires parsed datetime inputs`);
  if (typeof format !== 'string') throw new JqError(`${name} requires a string format`);
  const time = breakDown(toSeconds(fromArray(parts, name)));
  return formatTime(time, format);
}

function fromIso(input: unknown): number {
  if (typeof input !== 'string') throw new JqError('strptime/1 requires string inputs and arguments');
  return mktime(strptime(input, ISO_FORMAT));
}

function add(input: unknown, seconds: unknown): unknown {
  if (typeof input === 'number' && typeof seconds === 'number') return input + seconds;
  throw new JqError('dateadd and datesub take a number of seconds');
}
