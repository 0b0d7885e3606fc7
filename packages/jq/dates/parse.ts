import { breakDown, dayNumbers, type BrokenDown } from './calendar.ts';
import { COMPOSED, MONTHS, SHORT, WEEKDAYS } from './names.ts';

/** What has been read: fields not named by the format stay 0, as strptime leaves them. */
interface Reading {
  readonly text: string;
  at: number;
  time: BrokenDown;
  /** Whether %p said afternoon; undefined where it said nothing. */
  afternoon?: boolean;
  /** Whether the day of the week and of the year have been read, or must be computed. */
  weekdayRead: boolean;
  yearDayRead: boolean;
}

/** A number field: most digits, the range, and where it goes. */
interface Field {
  readonly digits: number;
  readonly least: number;
  readonly most: number;
  readonly put: (time: BrokenDown, value: number) => void;
}

const FIELDS: Readonly<Record<string, Field>> = {
  Y: field(4, 0, 9999, (time, value) => (time.year = value)),
  // POSIX: 69 to 99 are of the 20th century, 00 to 68 of the 21st.
  y: field(2, 0, 99, (time, value) => (time.year = value < 69 ? 2000 + value : 1900 + value)),
  m: field(2, 1, 12, (time, value) => (time.month = value - 1)),
  d: field(2, 1, 31, (time, value) => (time.day = value)),
  e: field(2, 1, 31, (time, value) => (time.day = value)),
  H: field(2, 0, 23, (time, value) => (time.hour = value)),
  k: field(2, 0, 23, (time, value) => (time.hour = value)),
  I: field(2, 1, 12, (time, value) => (time.hour = value % 12)),
  l: field(2, 1, 12, (time, value) => (time.hour = value % 12)),
  M: field(2, 0, 59, (time, value) => (time.minute = value)),
  S: field(2, 0, 61, (time, value) => (time.second = value)),
  j: field(3, 1, 366, (time, value) => (time.yearDay = value - 1)),
  u: field(1, 1, 7, (time, value) => (time.weekday = value % 7)),
  w: field(1, 0, 6, (time, value) => (time.weekday = value)),
};
const SPACE = ' \t\n\r\f\v';
/** Digits of %s that a double still holds as an integer. */
const SECONDS_DIGITS = 15;

/** Reads a time by a POSIX strptime format, C locale. Null where the text does not fit; `rest` is what follows. */
export function parseTime(text: string, format: string): { time: BrokenDown; rest: string } | null {
  const time = { year: 1900, month: 0, day: 0, hour: 0, minute: 0, second: 0, weekday: 0, yearDay: 0 };
  const reading: Reading = { text, at: 0, time, weekdayRead: false, yearDayRead: false };
  if (!readFormat(reading, format)) return null;
  if (reading.afternoon === true) reading.time.hour += 12;
  complete(reading);
  return { time: reading.time, rest: text.slice(reading.at) };
}

function readFormat(reading: Reading, format: string): boolean {
  for (let at = 0; at < format.length; at++) {
    const character = format[at] ?? '';
    if (SPACE.includes(character)) skipSpace(reading);
    else if (character !== '%') {
      if (reading.text[reading.at++] !== character) return false;
    } else {
      if (/^[EO]$/.test(format[at + 1] ?? '')) at++;
      if (!readDirective(reading, format[++at] ?? '')) return false;
    }
  }
  return true;
}

function readDirective(reading: Reading, directive: string): boolean {
  const composed = COMPOSED[directive];
  if (composed !== undefined && directive !== 'h') return readFormat(reading, composed);
  const number = FIELDS[directive];
  if (number !== undefined) {
    if (directive === 'j') reading.yearDayRead = true;
    if (directive === 'u' || directive === 'w') reading.weekdayRead = true;
    return readField(reading, number);
  }
  switch (directive) {
    case 'a':
    case 'A':
      reading.weekdayRead = true;
      return readName(reading, WEEKDAYS, (value) => (reading.time.weekday = value));
    case 'b':
    case 'B':
    case 'h':
      return readName(reading, MONTHS, (value) => (reading.time.month = value));
    case 'p':
    case 'P':
      return readName(reading, ['AM', 'PM'], (value) => (reading.afternoon = value === 1));
    case 's':
      return readEpoch(reading);
    case 'z':
      return readZone(reading);
    case 'Z':
      while (/^[A-Za-z]$/.test(reading.text[reading.at] ?? '')) reading.at++;
      return true;
    case 'n':
    case 't':
      skipSpace(reading);
      return true;
    default:
      return directive === '%' && reading.text[reading.at++] === '%';
  }
}

/** jq computes what strptime may leave: the day of the week and of the year, from the date. */
function complete({ time, weekdayRead, yearDayRead }: Reading): void {
  if (time.day === 0) return;
  const numbers = dayNumbers(time.year, time.month, time.day);
  if (!weekdayRead) time.weekday = numbers.weekday;
  if (!yearDayRead) time.yearDay = numbers.yearDay;
}

function readField(reading: Reading, { digits, least, most, put }: Field): boolean {
  skipSpace(reading);
  const value = readNumber(reading, digits);
  if (value === null || value < least || value > most) return false;
  put(reading.time, value);
  return true;
}

function readNumber(reading: Reading, digits: number): number | null {
  const start = reading.at;
  while (reading.at < start + digits && /^[0-9]$/.test(reading.text[reading.at] ?? '')) reading.at++;
  return reading.at === start ? null : Number(reading.text.slice(start, reading.at));
}

/** A name in full or by its first letters, in any case. */
function readName(reading: Reading, names: readonly string[], put: (index: number) => void): boolean {
  const rest = reading.text.slice(reading.at, reading.at + 10).toLowerCase();
  for (const [index, name] of names.entries()) {
    const form = [name, name.slice(0, SHORT)].find((candidate) => rest.startsWith(candidate.toLowerCase()));
    if (form === undefined) continue;
    reading.at += form.length;
    put(index);
    return true;
  }
  return false;
}

function readEpoch(reading: Reading): boolean {
  const seconds = readNumber(reading, SECONDS_DIGITS);
  if (seconds === null) return false;
  reading.time = breakDown(seconds);
  return true;
}

/** `Z`, `+hh`, `+hhmm` or `+hh:mm`: read and left aside, as jq has no place for an offset. */
function readZone(reading: Reading): boolean {
  skipSpace(reading);
  const found = /^(?:Z|[+-][0-9]{2}(?::?[0-9]{2})?)/.exec(reading.text.slice(reading.at, reading.at + 6));
  if (found === null) return false;
  reading.at += found[0].length;
  return true;
}

function skipSpace(reading: Reading): void {
  while (reading.at < reading.text.length && SPACE.includes(reading.text[reading.at] ?? '')) reading.at++;
}

function field(digits: number, least: number, most: number, put: (time: BrokenDown, value: number) => void): Field {
  return { digits, least, most, put };
}
