import { fold } from './fold.ts';

/** A date in a text. `ambiguous`: day and month could be swapped and only the reading order decided. */
export type DateHit = { iso: string; index: number; length: number; ambiguous: boolean };
export type DateOrder = 'dmy' | 'mdy';

const MONTHS: readonly (readonly string[])[] = [
  [
    'january',
    'jan',
    'styczen',
    'stycznia',
    'januar',
    'janner',
    'janvier',
    'janv',
    'januari',
    'gennaio',
    'gen',
    'enero',
    'ene',
    'janeiro',
  ],
  [
    'february',
    'feb',
    'luty',
    'lutego',
    'februar',
    'fevrier',
    'fevr',
    'fev',
    'februari',
    'febbraio',
    'febrero',
    'fevereiro',
  ],
  ['march', 'mar', 'marzec', 'marca', 'marz', 'maerz', 'mrz', 'mars', 'maart', 'mrt', 'marzo', 'marco'],
  ['april', 'apr', 'kwiecien', 'kwietnia', 'avril', 'avr', 'aprile', 'abril', 'abr'],
  ['may', 'maj', 'maja', 'mai', 'mei', 'maggio', 'mag', 'mayo', 'maio'],
  ['june', 'jun', 'czerwiec', 'czerwca', 'juni', 'juin', 'giugno', 'giu', 'junio', 'junho'],
  ['july', 'jul', 'lipiec', 'lipca', 'juli', 'juillet', 'juil', 'luglio', 'lug', 'julio', 'julho'],
  ['august', 'aug', 'sierpien', 'sierpnia', 'aout', 'augustus', 'agosto', 'ago'],
  ['september', 'sept', 'sep', 'wrzesien', 'wrzesnia', 'septembre', 'settembre', 'set', 'septiembre', 'setembro'],
  [
    'october',
    'oct',
    'pazdziernik',
    'pazdziernika',
    'oktober',
    'okt',
    'octobre',
    'ottobre',
    'ott',
    'octubre',
    'outubro',
    'out',
  ],
  ['november', 'nov', 'listopad', 'listopada', 'novembre', 'noviembre', 'novembro'],
  ['december', 'dec', 'grudzien', 'grudnia', 'dezember', 'dez', 'decembre', 'dicembre', 'dic', 'diciembre', 'dezembro'],
];
const MONTH_OF: ReadonlyMap<string, number> = new Map(
  MONTHS.flatMap((names, index) => names.map((name) => [name, index + 1] as const)),
);
const NAME = [...MONTH_OF.keys()].sort((a, b) => b.length - a.length).join('|');

const ISO = /(?<!\d)(\d{4})\s?[-./]\s?(\d{1,2})\s?[-./]\s?(\d{1,2})(?!\d)/g;
const NUMERIC = /(?<![\d.,/-])(\d{1,2})\s?[./-]\s?(\d{1,2})\s?[./-]\s?(\d{4}|\d{2})(?![\d]|[./-]\d)/g;
const DAY_NAME = new RegExp(
  `(?<!\\d)(\\d{1,2})(?:st|nd|rd|th|er|\\.)?[ -]*(?:de |of )?(${NAME})\\.?,?[ -]*(?:de |del )?((?:19|20)\\d{2}|(?<=[-/'])\\d{2})(?!\\d)`,
  'g',
);
const NAME_DAY = new RegExp(`(?<![a-z])(${NAME})\\.?[ -]+(\\d{1,2})(?:st|nd|rd|th)?(?: ?,)?[ -]+(\\d{4})(?!\\d)`, 'g');

/** Earliest and latest years that business papers in use carry. */
const YEARS = { first: 1995, last: 2099 };

/** Every date of a text, in order. `order` reads 03/04/2026 as 3 April (dmy) or March 4 (mdy). */
export function datesIn(text: string, order: DateOrder = 'dmy'): DateHit[] {
  const folded = fold(text);
  const hits: DateHit[] = [];
  const add = (match: RegExpMatchArray, year: string, month: number, day: number, ambiguous = false) => {
    const iso = isoOf(year, month, day);
    const index = match.index ?? 0;
    if (iso && !hits.some((hit) => index < hit.index + hit.length && hit.index < index + match[0].length)) {
      hits.push({ iso, index, length: match[0].length, ambiguous });
    }
  };
  for (const match of folded.matchAll(ISO)) add(match, match[1] ?? '', Number(match[2]), Number(match[3]));
  for (const match of folded.matchAll(DAY_NAME))
    add(match, match[3] ?? '', MONTH_OF.get(match[2] ?? '') ?? 0, Number(match[1]));
  for (const match of folded.matchAll(NAME_DAY))
    add(match, match[3] ?? '', MONTH_OF.get(match[1] ?? '') ?? 0, Number(match[2]));
  for (const match of folded.matchAll(NUMERIC)) {
    const [first, second] = [Number(match[1]), Number(match[2])];
    if (match[3]?.length === 2 && !/\/|^\d{2}\D+\d{2}\D/.test(match[0])) continue;
    const monthFirst = first <= 12 && (second > 12 || order === 'mdy');
    const [day, month] = monthFirst ? [second, first] : [first, second];
    add(match, match[3] ?? '', month, day, first <= 12 && second <= 12 && first !== second && !match[0].includes('.'));
  }
  return hits.sort((a, b) => a.index - b.index);
}

/** The order of day and month in a document: `proven` by its unambiguous dates, else by where its currency is used. */
export function dateOrderOf(text: string, american: boolean): { order: DateOrder; proven: boolean } {
  let [dmy, mdy] = [0, 0];
  for (const match of text.matchAll(NUMERIC)) {
    if (Number(match[1]) > 12) dmy += 1;
    if (Number(match[2]) > 12) mdy += 1;
  }
  if (dmy !== mdy) return { order: mdy > dmy ? 'mdy' : 'dmy', proven: Math.min(dmy, mdy) === 0 };
  return { order: american ? 'mdy' : 'dmy', proven: false };
}

const MONTH_YEAR = new RegExp(
  `(?<![a-z])(${NAME})\\.?,? ?((?:19|20)\\d{2})(?!\\d)|(?<![\\d./-])(\\d{1,2})[./-]((?:19|20)\\d{2})(?![\\d./-])`,
  'g',
);

/** Months of a text as YYYY-MM: "maj 2026", "05/2026". */
export function monthsIn(text: string): string[] {
  return [...fold(text).matchAll(MONTH_YEAR)].flatMap(([, name, year, number, other]) => {
    const month = name ? MONTH_OF.get(name) : Number(number);
    return month && month <= 12 ? [`${year ?? other}-${String(month).padStart(2, '0')}`] : [];
  });
}

/** The last day of a month given as YYYY-MM. */
export function lastDayOf(month: string): string {
  const [year = 0, index = 1] = month.split('-').map(Number);
  return new Date(Date.UTC(year, index, 0)).toISOString().slice(0, 10);
}

function isoOf(year: string, month: number, day: number): string | undefined {
  const full = year.length === 2 ? 2000 + Number(year) : Number(year);
  if (full < YEARS.first || full > YEARS.last || month < 1 || month > 12 || day < 1 || day > 31) return undefined;
  const date = new Date(Date.UTC(full, month - 1, day));
  return date.getUTCMonth() === month - 1 ? date.toISOString().slice(0, 10) : undefined;
}

/** An ISO date some days later. */
export function addDays(iso: string, days: number): string {
  const date = new Date(`${iso}T00:00:00Z`);
  date.setUTCDate(date.getUTCDate() + days);
  return date.toISOString().slice(0, 10);
}
