import { isoWeek, toSeconds, type BrokenDown } from './calendar.ts';
import { COMPOSED, MONTHS, SHORT, WEEKDAYS } from './names.ts';

/** Writes a broken-down time in UTC by a POSIX strftime format, C locale; unknown directives stay as they are. */
export function formatTime(time: BrokenDown, format: string): string {
  let out = '';
  for (let at = 0; at < format.length; at++) {
    if (format[at] !== '%' || at + 1 === format.length) {
      out += format[at];
      continue;
    }
    // glibc: "-" leaves padding away, "_" pads with spaces, "0" with zeros; E and O change nothing in the C locale.
    const flag = /^[-_0]$/.test(format[at + 1] ?? '') ? format[++at] : undefined;
    if (/^[EO]$/.test(format[at + 1] ?? '')) at++;
    const directive = format[++at] ?? '';
    out += repad(writeDirective(time, directive), flag);
  }
  return out;
}

function repad(text: string, flag: string | undefined): string {
  if (flag === undefined || flag === '0') return text;
  const digits = text.replace(/^[0 ]+(?=\d)/, '');
  return flag === '-' ? digits : digits.padStart(text.length, ' ');
}

function writeDirective(time: BrokenDown, directive: string): string {
  const composed = COMPOSED[directive];
  if (composed !== undefined) return formatTime(time, composed);
  return writeDay(time, directive) ?? writeClock(time, directive) ?? `%${directive}`;
}

function writeDay(time: BrokenDown, directive: string): string | null {
  const [weekday, month] = [WEEKDAYS[time.weekday] ?? '?', MONTHS[time.month] ?? '?'];
  switch (directive) {
    case 'Y':
      return String(time.year);
    case 'C':
      return pad(Math.floor(time.year / 100));
    case 'y':
      return pad(((time.year % 100) + 100) % 100);
    case 'm':
      return pad(time.month + 1);
    case 'B':
      return month;
    case 'b':
      return month.slice(0, SHORT);
    case 'd':
      return pad(time.day);
    case 'e':
      return pad(time.day, 2, ' ');
    case 'j':
      return pad(time.yearDay + 1, 3);
    case 'A':
      return weekday;
    case 'a':
      return weekday.slice(0, SHORT);
    default:
      return writeWeek(time, directive);
  }
}

function writeWeek(time: BrokenDown, directive: string): string | null {
  switch (directive) {
    case 'u':
      return String(time.weekday === 0 ? 7 : time.weekday);
    case 'w':
      return String(time.weekday);
    case 'U':
      return pad(Math.floor((time.yearDay + 7 - time.weekday) / 7));
    case 'W':
      return pad(Math.floor((time.yearDay + 7 - ((time.weekday + 6) % 7)) / 7));
    case 'V':
      return pad(isoWeek(time).week);
    case 'G':
      return String(isoWeek(time).year);
    case 'g':
      return pad(isoWeek(time).year % 100);
    default:
      return null;
  }
}

function writeClock(time: BrokenDown, directive: string): string | null {
  const hour12 = time.hour % 12 === 0 ? 12 : time.hour % 12;
  switch (directive) {
    case 'H':
      return pad(time.hour);
    case 'k':
      return pad(time.hour, 2, ' ');
    case 'I':
      return pad(hour12);
    case 'l':
      return pad(hour12, 2, ' ');
    case 'M':
      return pad(time.minute);
    case 'S':
      return pad(Math.floor(time.second));
    case 'p':
      return time.hour < 12 ? 'AM' : 'PM';
    case 'P':
      return time.hour < 12 ? 'am' : 'pm';
    case 's':
      return String(toSeconds(time));
    case 'z':
      return '+0000';
    case 'Z':
      return 'UTC';
    case 'n':
      return '\n';
    case 't':
      return '\t';
    case '%':
      return '%';
    default:
      return null;
  }
}

function pad(value: number, width = 2, fill = '0'): string {
  return String(value).padStart(width, fill);
}
