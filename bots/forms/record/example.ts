import type { Formats, Parameter } from '../../../core/forms/form.ts';
import { formatValue, parseValue } from '../values/formats.ts';
import { optionIndex } from '../steps/option.ts';
import type { Gesture } from './in-page.ts';

/** The record that the person enters while recording: dates in ISO 8601, amounts as decimal strings, lists of records. */
export type Example = Readonly<Record<string, unknown>>;

/** One value of the example: a parameter of its own, or a member of one line of a list. */
export type ExampleValue = {
  name: string;
  text: string;
  type: Parameter['type'];
  line?: { list: string; index: number };
};

/** What a typed text stands for; `also` are other values of the example that look the same. */
export type Recognised = ExampleValue & { also: string[] };

const DATE_PATTERNS = [
  'DD.MM.YYYY',
  'DD-MM-YYYY',
  'DD/MM/YYYY',
  'MM-DD-YYYY',
  'MM/DD/YYYY',
  'YYYY-MM-DD',
  'YYYY.MM.DD',
];
const SHORT_PATTERNS = ['DD.MM.YY', 'MM-DD-YY', 'DD/MM/YY', 'YY-MM-DD'];
const DECIMALS = ['.', ','] as const;
const THOUSANDS = ['', ' ', ',', '.', "'"] as const;

/** The text of one value of the example; empty where it has none, or a list. */
export function textOf(example: Example, name: string): string {
  return scalar(name, example[name])[0]?.text ?? '';
}

/** All values of the example, those of lines with their place. */
export function valuesOf(example: Example): ExampleValue[] {
  return Object.entries(example).flatMap(([name, value]) => {
    if (!Array.isArray(value)) return scalar(name, value);
    return value.flatMap((item: unknown, index) =>
      Object.entries(item as Record<string, unknown>).flatMap(([member, of]) =>
        scalar(member, of).map((one) => ({ ...one, line: { list: name, index } })),
      ),
    );
  });
}

function scalar(name: string, value: unknown): ExampleValue[] {
  if (typeof value !== 'string' && typeof value !== 'number') return [];
  const text = String(value);
  if (text === '') return [];
  return [{ name, text, type: typeOf(text) }];
}

export function typeOf(text: string): Parameter['type'] {
  if (/^\d{4}-\d{2}-\d{2}$/.test(text)) return 'date';
  return /^-?\d+\.\d{2}$/.test(text) ? 'amount' : 'text';
}

/** How the target writes dates and amounts: the way in which most of the texts are values of the example. */
export function guessFormats(texts: readonly string[], example: Example): Formats {
  const seen = new Set(texts.map((text) => text.trim()));
  const values = valuesOf(example);
  const hits = (type: 'date' | 'amount', formats: Formats): number =>
    values.filter((value) => value.type === type && seen.has(formatValue(value.text, type, formats))).length;
  const plain: Formats = { date: 'YYYY-MM-DD', decimal: '.', thousands: '' };
  const dates = [plain.date, ...DATE_PATTERNS, ...SHORT_PATTERNS].map((date) => ({ ...plain, date }));
  const amounts = DECIMALS.flatMap((decimal) =>
    THOUSANDS.filter((thousands) => thousands !== decimal).map((thousands) => ({ ...plain, decimal, thousands })),
  );
  const { date } = most(dates, (formats) => hits('date', formats));
  return { ...most(amounts, (formats) => hits('amount', formats)), date };
}

/** The first of those with the highest count. */
function most<T>(all: readonly T[], count: (one: T) => number): T {
  return all.reduce((best, one) => (count(one) > count(best) ? one : best));
}

/**
 * The value of the example that a control shows or that was typed. Where several look the same, the line of the
 * control's own row comes first, then what was not used yet, then the order of the example.
 */
export function recognise(
  gesture: Pick<Gesture, 'value' | 'code' | 'ways'>,
  example: Example,
  formats: Formats,
  used: ReadonlySet<string> = new Set(),
): Recognised | undefined {
  const fits = valuesOf(example).filter((value) => shows(gesture, value, formats));
  const row = Number(gesture.ways.row) - 1;
  const rank = ({ name, line }: ExampleValue): number => {
    const inRow = line !== undefined && line.index === row ? 0 : 4;
    const outside = (line === undefined) === Number.isNaN(row) ? 0 : 2;
    return inRow + outside + (used.has(name) ? 1 : 0);
  };
  const [best, ...others] = fits.toSorted((a, b) => rank(a) - rank(b));
  if (!best) return undefined;
  const also = others.filter((other) => rank(other) === rank(best)).map(({ name }) => name);
  return { ...best, also: [...new Set(also)].filter((name) => name !== best.name) };
}

function shows({ value, code }: Pick<Gesture, 'value' | 'code'>, wanted: ExampleValue, formats: Formats): boolean {
  if (parseValue(value, wanted.type, formats) === wanted.text) return true;
  return code !== '' && optionIndex([{ label: value, value: code }], wanted.text) === 0;
}
