import { cleanText, daysUntil, formatDate, formatIban, formatMoney } from '../../../core/messages/format.ts';
import type { Invoice } from '../../../core/model/invoice.ts';
import type { Person } from '../../../core/settings/settings.ts';
import type { MailMessages } from '../messages/en.ts';
import type { MailContent } from './content.ts';

/** RFC 5322, section 2.1.1, asks for lines under 78 characters; names of suppliers can be longer. */
const MAX_NAME = 48;

/** What one glance at an invoice tells. */
export function factsOf(
  invoice: Invoice,
  language: Person['language'],
  messages: MailMessages,
  now: Date,
  timeZone: string,
): NonNullable<MailContent['facts']> {
  const facts: NonNullable<MailContent['facts']> = [];
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

export function supplierOf(invoice: Invoice, messages: MailMessages): string {
  return cleanText(invoice.seller.name ?? '') || messages.unknownSupplier;
}

export function amountOf(invoice: Invoice, language: Person['language'], messages: MailMessages): string {
  const gross = invoice.totals.gross;
  return gross === undefined ? messages.noAmount : formatMoney(gross, invoice.currency, language);
}

/** An invoice in a few words, for subjects: supplier, amount, number. */
export function inWords(invoice: Invoice, language: Person['language'], messages: MailMessages): string {
  const number = invoice.number && cleanText(invoice.number);
  return [cut(supplierOf(invoice, messages)), amountOf(invoice, language, messages), number].filter(Boolean).join(', ');
}

function cut(name: string): string {
  const characters = Array.from(new Intl.Segmenter().segment(name), ({ segment }) => segment);
  return characters.length <= MAX_NAME ? name : `${characters.slice(0, MAX_NAME - 1).join('')}…`;
}
