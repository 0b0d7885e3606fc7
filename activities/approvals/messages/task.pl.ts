import type { Adaptation } from '../../../core/messages/adapted.ts';
import type { MailMessages } from './en.ts';

export const taskPl: Adaptation<MailMessages> = {
  lead: {
    approval: 'Czeka na Ciebie zadanie',
    substitute: (name) => `Czeka na Ciebie zadanie – zastępujesz: ${name}`,
    delegated: (name) => `${name} przekazuje Ci zadanie`,
    escalated: 'Nikt jeszcze tego nie zrobił: zadanie czeka także na Ciebie',
    question: (name) => `${name} pyta Cię w sprawie zadania`,
  },
  answerUntil: (when) => `Termin zadania: ${when}.`,
  answerYours: 'Otwarcie odnośnika niczego nie zmienia.',
  until: (when) => `Prosimy o wykonanie do ${when}. Później zadanie wygaśnie.`,
  harmless: 'Samo otwarcie odnośnika niczego nie zmienia.',
  yours: 'Odnośnik jest tylko dla Ciebie: kto go ma, może działać w Twoim imieniu, więc go nie przekazuj.',
};
