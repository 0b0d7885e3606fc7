import type { Finding } from '../model/invoice.ts';
import type { Language } from '../settings.ts';
import { en } from './findings.en.ts';
import { pl } from './findings.pl.ts';
import { formatAmount, formatDate } from './format.ts';

/** Values of a finding, written as people of the language write them. */
export type FindingValues = {
  text(name: string): string;
  money(name: string): string;
  date(name: string): string;
  /** Name of the invoice's field that the value names. */
  field(name: string): string;
  /** Seller or buyer, as the possessive that the language needs. */
  party(name: string): string;
};

export type FindingTexts = {
  field: Record<string, string>;
  party: Record<string, string>;
  rules: Record<string, (values: FindingValues) => string>;
  /** For a rule of a newer version that this one does not know. */
  unknown(rule: string): string;
};

const LANGUAGES: Readonly<Record<Language, FindingTexts>> = { pl, en };

/** One finding as a sentence for an accountant. */
export function findingText(finding: Finding, language: Language): string {
  const texts = LANGUAGES[language];
  const value = (name: string) => finding.values[name] ?? '';
  const rule = texts.rules[finding.rule];
  if (!rule) return texts.unknown(finding.rule);
  return rule({
    text: value,
    money: (name) => (value(name) === '' ? '' : formatAmount(value(name), language)),
    date: (name) => (value(name) === '' ? '' : formatDate(value(name), language)),
    field: (name) => texts.field[value(name)] ?? value(name),
    party: (name) => texts.party[value(name)] ?? value(name),
  });
}
