import { formatInstant, formatMoney, cleanText } from '../../../core/messages/format.ts';
import { amountIn, isSubject, numberOf } from '../../../core/model/about.ts';
import { sum } from '../../../core/model/money.ts';
import type { Person, Settings } from '../../../core/settings/settings.ts';
import type { ApprovalDossier } from '../../../store/approvals.ts';
import { mailMessagesAbout } from '../messages/index.ts';
import type { MailParts } from './content.ts';
import { amountOf, whatOf } from './facts.ts';
import { setMail } from './mail.ts';

/** Requests named in the mail; the page has them all. */
const MAX_ITEMS = 40;

type DigestMailRequest = {
  dossiers: readonly ApprovalDossier[];
  person: Person;
  link: string;
  now: Date;
  settings: Settings;
};

/** Several requests to one person in one mail, with one link to a page where each is decided singly. */
export async function digestMail({ dossiers, person, link, settings }: DigestMailRequest): Promise<MailParts> {
  const { language } = person;
  const messages = mailMessagesAbout(
    language,
    dossiers.map(({ approval }) => approval),
  );
  const count = dossiers.length;
  const soonest = new Date(Math.min(...dossiers.map(({ approval }) => approval.expires_at.getTime())));
  return setMail(messages.subject.digest(count), {
    language,
    company: settings.company.name,
    messages,
    lead: messages.lead.digest(count),
    heading: messages.total,
    amount:
      totals(dossiers, language) ||
      (dossiers.some(({ approval }) => !isSubject(approval.about)) ? messages.noAmount : undefined),
    items: dossiers.slice(0, MAX_ITEMS).map(({ approval: { about } }) => ({
      what: whatOf(about, messages),
      amount: amountOf(about, language, messages),
      note: cleanText(numberOf(about) ?? ''),
    })),
    action: { link, button: messages.button.digest },
    after: [
      `${messages.singly} ${messages.until(formatInstant(soonest, language, settings.timeZone))}`,
      `${messages.harmless} ${messages.yours}`,
    ],
  });
}

/** The sum of each currency; what was not read is not in it. */
function totals(dossiers: readonly ApprovalDossier[], language: Person['language']): string {
  const known = dossiers.map(({ approval }) => amountIn(approval.about)).filter((amount) => amount !== undefined);
  const byCurrency = Map.groupBy(known, ({ currency }) => currency);
  return [...byCurrency]
    .map(([currency, same]) => formatMoney(sum(same.map(({ amount }) => amount)), currency, language))
    .join(' + ');
}
