import { parseMoney } from '../model/money.ts';
import type { Fact, Label } from '../model/subject.ts';
import type { Language } from '../settings/settings.ts';
import { formatDate, formatMoney } from './format.ts';

/** A label in the reader's language. */
export function labelText(label: Label, language: Language): string {
  return typeof label === 'string' ? label : label[language];
}

/** "24 December 2026 – 31 December 2026"; one day where both are the same. */
export function formatPeriod(period: string, language: Language): string {
  const [from = '', to = ''] = period.split('/');
  return from === to ? formatDate(from, language) : `${formatDate(from, language)} – ${formatDate(to, language)}`;
}

/** A fact as people of that language write it. `nameOf` gives a person's name by their address. */
export function factText(fact: Fact, language: Language, nameOf = (email: string): string => email): string {
  const { value } = fact;
  if (fact.kind === 'money') {
    const { amount, currency } = parseMoney(value);
    return formatMoney(amount, currency, language);
  }
  if (fact.kind === 'date') return formatDate(value, language);
  if (fact.kind === 'period') return formatPeriod(value, language);
  return fact.kind === 'person' ? nameOf(value) : value;
}
