import { formatInstant } from '../../../core/messages/format.ts';
import type { Person, Settings } from '../../../core/settings/settings.ts';
import type { ApprovalDossier } from '../../../store/approvals.ts';
import { mailMessagesAbout } from '../messages/index.ts';
import type { MailParts } from './content.ts';
import { amountOf, inWords, whatOf } from './facts.ts';
import { setMail } from './mail.ts';

type CodeMailRequest = {
  dossier: ApprovalDossier;
  person: Person;
  code: string;
  expiresAt: Date;
  settings: Settings;
};

/** The code that approving takes. No link beside it: a code and a link in one mail would be one factor. */
export async function codeMail({ dossier, person, code, expiresAt, settings }: CodeMailRequest): Promise<MailParts> {
  const { language } = person;
  const { about } = dossier.approval;
  const messages = mailMessagesAbout(language, [dossier.approval]);
  return setMail(messages.subject.code(inWords(about, language, messages)), {
    language,
    company: settings.company.name,
    messages,
    lead: messages.lead.code,
    heading: whatOf(about, messages),
    amount: amountOf(about, language, messages),
    code,
    after: [messages.codeUntil(formatInstant(expiresAt, language, settings.timeZone)), messages.codeNotYou],
  });
}
