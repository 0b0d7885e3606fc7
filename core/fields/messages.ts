import type { Language } from '../settings/settings.ts';

/** A media type as people call it: PDF, pictures, CSV. */
function kindOf(mediaType: string, pictures: string): string {
  if (mediaType === 'image/*') return pictures;
  const [, name = mediaType] = /\/(?:.*[.-])?([a-z0-9*]+)$/.exec(mediaType) ?? [];
  return name.toUpperCase();
}

const en = {
  missing: 'Please fill this in.',
  tooLong: (most: number) => `This is too long: at most ${most} characters.`,
  number: 'Please write a number, for example 5.',
  decimals: (most: number) =>
    most === 0 ? 'Please write a whole number.' : `At most ${most} digits behind the point.`,
  money: 'An amount is digits with a comma or a point, for example 1234.56.',
  currency: 'Please choose a currency from the list.',
  date: 'A date is year, month, day, for example 2026-12-24.',
  period: 'Please give the first and the last day.',
  backwards: 'The last day is before the first.',
  atLeast: (least: string) => `At least ${least}.`,
  atMost: (most: string) => `At most ${most}.`,
  choose: 'Please choose from the list.',
  person: 'Please write a mail address, for example anna@company.example.',
  files: (most: number) => (most === 1 ? 'One file only, please.' : `At most ${most} files, please.`),
  fileKind: (name: string, kinds: readonly string[]) =>
    `${name} is of a kind that is not accepted here. Accepted: ${kinds.map((kind) => kindOf(kind, 'pictures')).join(', ')}.`,
};
export type FieldMessages = typeof en;

const pl: FieldMessages = {
  missing: 'Uzupełnij to pole.',
  tooLong: (most) => `Tekst jest za długi: najwyżej ${most} znaków.`,
  number: 'Wpisz liczbę, na przykład 5.',
  decimals: (most) => (most === 0 ? 'Wpisz liczbę całkowitą.' : `Najwyżej ${most} cyfr po przecinku.`),
  money: 'Kwota to cyfry z przecinkiem lub kropką, na przykład 1234,56.',
  currency: 'Wybierz walutę z listy.',
  date: 'Data to rok, miesiąc, dzień, na przykład 2026-12-24.',
  period: 'Podaj pierwszy i ostatni dzień.',
  backwards: 'Ostatni dzień jest przed pierwszym.',
  atLeast: (least) => `Co najmniej ${least}.`,
  atMost: (most) => `Najwyżej ${most}.`,
  choose: 'Wybierz z listy.',
  person: 'Wpisz adres e-mail, na przykład anna@firma.example.',
  files: (most) => (most === 1 ? 'Tylko jeden plik.' : `Najwyżej tyle plików: ${most}.`),
  fileKind: (name, kinds) =>
    `Plik ${name} jest innego rodzaju. Przyjmujemy: ${kinds.map((kind) => kindOf(kind, 'zdjęcia')).join(', ')}.`,
};

/** What is said beside a field that cannot be taken as it is. */
export const fieldMessages: Readonly<Record<Language, FieldMessages>> = { en, pl };
