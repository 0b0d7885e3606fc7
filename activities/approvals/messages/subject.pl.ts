import type { Adaptation } from '../../../core/messages/adapted.ts';
import type { MailMessages } from './en.ts';

/** Polish counts 2 to 4 (but not 12 to 14) otherwise than the rest. */
function isFew(count: number): boolean {
  return count % 10 >= 2 && count % 10 <= 4 && (count % 100 < 12 || count % 100 > 14);
}

function requests(count: number): string {
  if (count === 1) return '1 wniosek';
  return `${count} ${isFew(count) ? 'wnioski' : 'wniosków'}`;
}

export const subjectPl: Adaptation<MailMessages> = {
  subject: {
    approval: (what) => `Do decyzji: ${what}`,
    digest: (count) => `Do decyzji: ${requests(count)}`,
  },
  lead: {
    approval: 'Wniosek czeka na Twoją decyzję',
    second: 'Wniosek czeka na Twoją akceptację jako drugiej osoby',
    substitute: (name) => `Wniosek czeka na Twoją decyzję – zastępujesz: ${name}`,
    delegated: (name) => `${name} przekazuje Ci wniosek do decyzji`,
    escalated: 'Nikt jeszcze nie zdecydował, więc wniosek czeka także na Twoją decyzję',
    digest: (count) => `Na Twoją decyzję ${isFew(count) ? 'czekają' : 'czeka'} ${requests(count)}`,
    question: (name) => `${name} pyta Cię o wniosek przed podjęciem decyzji`,
    code: 'Aby zaakceptować ten wniosek, wpisz na stronie ten kod',
  },
  codeNotYou:
    'Jeśli to nie Ty właśnie akceptujesz wniosek, ktoś inny ma Twój odnośnik: nie podawaj kodu nikomu i powiadom administratora.',
  answerUntil: (when) => `Decyzja o wniosku zapadnie najpóźniej ${when}.`,
  singly: 'O każdym wniosku decydujesz osobno, także na wspólnej stronie.',
  until: (when) => `Prosimy o decyzję do ${when}. Później wniosek zostanie uznany za odrzucony.`,
};
