import { findingText } from '../../../definitions/messages/findings.ts';
import {
  cleanText,
  daysUntil,
  formatDate,
  formatIban,
  formatInstant,
  formatMoney,
} from '../../../definitions/messages/format.ts';
import type { Invoice } from '../../../definitions/model/invoice.ts';
import type { Person, Settings } from '../../../definitions/settings.ts';
import type { ApprovalDossier } from '../../../store/approvals.ts';
import type { MailMessages } from '../messages/en.ts';
import { mailMessages } from '../messages/index.ts';
import type { MailContent } from './content.ts';
import { mailHtml } from './html.ts';
import { mailText } from './text.ts';

/** Findings named in the mail; the page has them all. */
const MAX_FINDINGS = 5;
/** RFC 5322, section 2.1.1, asks for lines under 78 characters; names of suppliers can be longer. */
const MAX_NAME = 48;

export type MailRequest = {
  dossier: ApprovalDossier;
  person: Person;
  round: number;
  reminder: number;
  link: string;
  now: Date;
  settings: Settings;
};

/** Subject, text and HTML of the mail that asks one person. Everything from the document is cleaned before. */
export async function approvalMail(request: MailRequest): Promise<{ subject: string; text: string; html: string }> {
  const content = contentOf(request);
  const subject = subjectOf(request, content);
  return { subject, text: mailText(content), html: String(await mailHtml(content, subject)) };
}

function contentOf({ dossier, person, round, reminder, link, now, settings }: MailRequest): MailContent {
  const { approval } = dossier;
  const messages = mailMessages[person.language];
  const when = (instant: Date): string => formatInstant(instant, person.language, settings.timeZone);
  const asking = approval.kind === 'validation' ? 'validation' : round > 1 ? 'second' : 'approval';
  return {
    language: person.language,
    company: settings.company.name,
    messages,
    lead: reminder > 0 ? messages.lead.reminder : messages.lead[asking],
    supplier: supplierOf(approval.about, messages),
    amount: amountOf(approval.about, person.language, messages),
    before: dossier.decisions
      .filter((decision) => decision.decision === 'approved' && decision.round < round)
      .map((decision) => messages.approvedBefore(nameOf(dossier, decision.approver), when(decision.at))),
    facts: factsOf(approval.about, person.language, messages, now, settings.timeZone),
    findings: approval.findings
      .slice(0, MAX_FINDINGS)
      .map((finding) => ({ text: cleanText(findingText(finding, person.language)), blocking: finding.blocking })),
    link,
    until: messages.until(when(approval.expires_at)),
    button: messages.button[approval.kind],
  };
}

function factsOf(
  invoice: Invoice,
  language: Person['language'],
  messages: MailMessages,
  now: Date,
  timeZone: string,
): MailContent['facts'] {
  const facts: MailContent['facts'] = [];
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

function subjectOf({ dossier, reminder, person }: MailRequest, content: MailContent): string {
  const { about, kind } = dossier.approval;
  const what = [cut(content.supplier), content.amount, about.number && cleanText(about.number)].filter(Boolean);
  const messages = mailMessages[person.language];
  const subject = messages.subject[kind](what.join(', '));
  // A reminder stays in the thread of the first mail: Gmail asks for the same subject.
  return reminder > 0 ? messages.subject.reply(subject) : subject;
}

function supplierOf(invoice: Invoice, messages: MailMessages): string {
  return cleanText(invoice.seller.name ?? '') || messages.unknownSupplier;
}

function amountOf(invoice: Invoice, language: Person['language'], messages: MailMessages): string {
  const gross = invoice.totals.gross;
  return gross === undefined ? messages.noAmount : formatMoney(gross, invoice.currency, language);
}

function nameOf(dossier: ApprovalDossier, email: string): string {
  return dossier.requests.find((request) => request.approver === email)?.name ?? email;
}

function cut(name: string): string {
  const characters = Array.from(new Intl.Segmenter().segment(name), ({ segment }) => segment);
  return characters.length <= MAX_NAME ? name : `${characters.slice(0, MAX_NAME - 1).join('')}…`;
}
