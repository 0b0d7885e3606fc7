import { cleanText, formatInstant } from '../../../core/messages/format.ts';
import type { TrailEntry } from '../../../core/model/approval-acts.ts';
import type { Person, Settings } from '../../../core/settings/settings.ts';
import type { ApprovalDossier } from '../../../store/approvals.ts';
import { mailMessagesAbout } from '../messages/index.ts';
import type { MailParts } from './content.ts';
import { amountOf, factsOf, inWords, whatOf } from './facts.ts';
import { setMail } from './mail.ts';

export type NoteMailRequest = {
  dossier: ApprovalDossier;
  person: Person;
  link: string;
  now: Date;
  settings: Settings;
  /** Name of the person whose words they are. */
  by: string;
  entry: TrailEntry;
};

/** A question to a person, or what came back to the one who asked. */
export async function noteMail({
  dossier,
  person,
  link,
  now,
  settings,
  by,
  entry,
}: NoteMailRequest): Promise<MailParts> {
  const { language } = person;
  const { about, kind, expires_at } = dossier.approval;
  const messages = mailMessagesAbout(language, [dossier.approval]);
  const what = inWords(about, language, messages);
  const asks = entry.kind === 'question';
  const said = asks ? 'question' : entry.kind === 'answer' ? 'answer' : 'comment';
  const when = formatInstant(expires_at, language, settings.timeZone);
  // What comes back stays in the thread of the request: Gmail asks for the same subject.
  const subject = asks ? messages.subject.question(what) : messages.subject.reply(messages.subject[kind](what));
  return setMail(subject, {
    language,
    company: settings.company.name,
    messages,
    lead: entry.claimed === undefined ? messages.lead[said](cleanText(by)) : messages.lead.unverified(entry.claimed),
    heading: whatOf(about, messages),
    amount: amountOf(about, language, messages),
    quote: entry.text,
    facts: factsOf(about, language, messages, now, settings),
    action: { link, button: asks ? messages.button.answer : messages.button[kind] },
    after: asks
      ? [messages.answerUntil(when), messages.answerYours]
      : [messages.until(when), `${messages.harmless} ${messages.yours}`],
  });
}
