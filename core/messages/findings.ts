import type { Finding } from '../model/invoice.ts';
import type { Language } from '../settings/settings.ts';
import { en } from './findings.en.ts';
import { pl } from './findings.pl.ts';
import type { FindingTexts } from './finding-texts.ts';
import { formatAmount, formatDate } from './format.ts';

const LANGUAGES: Readonly<Record<Language, FindingTexts>> = { pl, en };

/** One finding as a sentence for an accountant. */
export function findingText(finding: Finding, language: Language): string {
  const texts = LANGUAGES[language];
  const value = (name: string) => finding.values[name] ?? '';
  const rule = texts.rules[finding.rule] ?? (() => texts.unknown(finding.rule));
  const text = rule({
    text: value,
    money: (name) => (value(name) === '' ? '' : formatAmount(value(name), language)),
    date: (name) => (value(name) === '' ? '' : formatDate(value(name), language)),
    field: (name) => texts.field[value(name)] ?? value(name),
    party: (name) => texts.party[value(name)] ?? value(name),
  });
  return finding.acceptedBy === undefined ? text : `${text} ${texts.accepted(finding.acceptedBy)}`;
}
