import { cleanText, daysUntil, formatDate, formatIban, formatMoney } from '../../../core/messages/format.ts';
import { factText, labelText } from '../../../core/messages/fact-texts.ts';
import type { About } from '../../../core/model/about.ts';
import { amountIn, headingOf, isSubject, numberOf } from '../../../core/model/about.ts';
import type { Invoice } from '../../../core/model/invoice.ts';
import type { Subject } from '../../../core/model/subject.ts';
import type { Person, Settings } from '../../../core/settings/settings.ts';
import { personOfEmail } from '../resolve-people.ts';
import type { MailMessages } from '../messages/en.ts';
import type { MailContent } from './content.ts';

/** RFC 5322, section 2.1.1, asks for lines under 78 characters; names of suppliers can be longer. */
const MAX_NAME = 48;

type Facts = NonNullable<MailContent['facts']>;

/** Facts of a subject named in the mail; the page has them all. */
const MAX_FACTS = 12;

/** What one glance tells. */
export function factsOf(
  about: About,
  language: Person['language'],
  messages: MailMessages,
  now: Date,
  settings: Settings,
): Facts {
  if (!isSubject(about)) return invoiceFacts(about, language, messages, now, settings.timeZone);
  return subjectFacts(about, language, messages, (email) => personOfEmail(email, settings).name);
}

/** Who asks, and the facts of a subject in their own order. */
function subjectFacts(
  subject: Subject,
  language: Person['language'],
  messages: MailMessages,
  nameOf: (email: string) => string,
): Facts {
  const { requester } = subject;
  const asked = requester === undefined ? [] : [{ label: messages.requester, value: cleanText(nameOf(requester)) }];
  const facts = subject.facts.slice(0, MAX_FACTS).map((fact) => ({
    label: cleanText(labelText(fact.label, language)),
    value: cleanText(factText(fact, language, nameOf)),
  }));
  return [...asked, ...facts];
}

function invoiceFacts(
  invoice: Invoice,
  language: Person['language'],
  messages: MailMessages,
  now: Date,
  timeZone: string,
): Facts {
  const facts: Facts = [];
  if (invoice.number) facts.push({ label: messages.number, value: cleanText(invoice.number) });
  if (invoice.issueDate) facts.push({ label: messages.issued, value: formatDate(invoice.issueDate, language) });
  if (invoice.dueDate) {
    const days = daysUntil(invoice.dueDate, now, timeZone);
    const note = days < 0 ? messages.daysAgo(-days) : messages.inDays(days);
    facts.push({ label: messages.due, value: formatDate(invoice.dueDate, language), note });
  }
  if (invoice.payment.iban) {
    facts.push({ label: messages.account, value: formatIban(cleanText(invoice.payment.iban)) });
  }
  return facts;
}

/** What people know the case by: the supplier, or the title. */
export function whatOf(about: About, messages: MailMessages): string {
  return cleanText(headingOf(about) ?? '') || messages.unknownSupplier;
}

/** The amount in words; undefined for a subject that has none. */
export function amountOf(about: About, language: Person['language'], messages: MailMessages): string | undefined {
  const known = amountIn(about);
  if (known) return formatMoney(known.amount, known.currency, language);
  return isSubject(about) ? undefined : messages.noAmount;
}

/** A case in a few words, for subjects of mails: supplier or title, amount, number. */
export function inWords(about: About, language: Person['language'], messages: MailMessages): string {
  const number = cleanText(numberOf(about) ?? '');
  return [cut(whatOf(about, messages)), amountOf(about, language, messages), number].filter(Boolean).join(', ');
}

function cut(name: string): string {
  const characters = Array.from(new Intl.Segmenter().segment(name), ({ segment }) => segment);
  return characters.length <= MAX_NAME ? name : `${characters.slice(0, MAX_NAME - 1).join('')}…`;
}
