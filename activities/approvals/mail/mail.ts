import { findingText } from '../../../core/messages/findings.ts';
import { cleanText, formatInstant } from '../../../core/messages/format.ts';
import type { AskedBecause } from '../../../core/model/approval-plan.ts';
import type { Person, Settings } from '../../../core/settings/settings.ts';
import type { ApprovalDossier } from '../../../store/approvals.ts';
import type { MailMessages } from '../messages/en.ts';
import { mailMessagesAbout } from '../messages/index.ts';
import type { MailContent, MailParts } from './content.ts';
import { amountOf, factsOf, inWords, whatOf } from './facts.ts';
import { mailHtml } from './html.ts';
import { mailText } from './text.ts';

/** Findings named in the mail; the page has them all. */
const MAX_FINDINGS = 5;

/** Why this person is asked, where they were not simply named. */
export type Why = { because: AskedBecause; inPlaceOf?: string | undefined; note?: string | undefined };

export type MailRequest = {
  dossier: ApprovalDossier;
  person: Person;
  round: number;
  reminder: number;
  link: string;
  now: Date;
  settings: Settings;
  why?: Why;
};

/** Subject, text and HTML of the mail that asks one person. Everything from the document is cleaned before. */
export async function approvalMail(request: MailRequest): Promise<MailParts> {
  return setMail(subjectOf(request), contentOf(request));
}

/** The same content in plain text and in HTML. */
export async function setMail(subject: string, content: MailContent): Promise<MailParts> {
  return { subject, text: mailText(content), html: String(await mailHtml(content, subject)) };
}

function contentOf(request: MailRequest): MailContent {
  const { dossier, person, round, link, now, settings } = request;
  const { approval } = dossier;
  const messages = mailMessagesAbout(person.language, [approval]);
  const when = (instant: Date): string => formatInstant(instant, person.language, settings.timeZone);
  return {
    language: person.language,
    company: settings.company.name,
    messages,
    lead: leadOf(request, messages),
    heading: whatOf(approval.about, messages),
    amount: amountOf(approval.about, person.language, messages),
    before: (approval.to_do?.text ?? '')
      .split('\n')
      .map(cleanText)
      .filter(Boolean)
      .concat(
        dossier.decisions
          .filter((decision) => decision.decision === 'approved' && decision.round < round)
          .map((decision) => messages.approvedBefore(nameOf(dossier, decision.approver), when(decision.at))),
      ),
    quote: request.why?.note,
    facts: factsOf(approval.about, person.language, messages, now, settings),
    findings: approval.findings
      .slice(0, MAX_FINDINGS)
      .map((finding) => ({ text: cleanText(findingText(finding, person.language)), blocking: finding.blocking })),
    action: { link, button: messages.button[approval.kind] },
    after: [messages.until(when(approval.expires_at)), `${messages.harmless} ${messages.yours}`],
  };
}

function leadOf({ dossier, round, reminder, why }: MailRequest, { lead }: MailMessages): string {
  if (reminder > 0) return lead.reminder;
  const name = cleanText(why?.inPlaceOf ?? '');
  const checks = dossier.approval.kind === 'validation';
  if (why?.because === 'substitute' && name) return checks ? lead.substituteChecks(name) : lead.substitute(name);
  if (why?.because === 'delegated' && name) return checks ? lead.delegatedCheck(name) : lead.delegated(name);
  if (why?.because === 'escalated') return lead.escalated;
  return lead[checks ? 'validation' : round > 1 ? 'second' : 'approval'];
}

function subjectOf({ dossier, reminder, person }: MailRequest): string {
  const { about, kind } = dossier.approval;
  const messages = mailMessagesAbout(person.language, [dossier.approval]);
  const subject = messages.subject[kind](inWords(about, person.language, messages));
  // A reminder stays in the thread of the first mail: Gmail asks for the same subject.
  return reminder > 0 ? messages.subject.reply(subject) : subject;
}

function nameOf(dossier: ApprovalDossier, email: string): string {
  return dossier.requests.find((request) => request.approver === email)?.name ?? email;
}
