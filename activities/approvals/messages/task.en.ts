import type { Adaptation } from '../../../core/messages/adapted.ts';
import type { MailMessages } from './en.ts';

/** What reads otherwise where somebody is asked to do something, not to decide. */
export const taskEn: Adaptation<MailMessages> = {
  lead: {
    approval: 'A task is waiting for you',
    substitute: (name) => `A task is waiting for you: you stand in for ${name}`,
    delegated: (name) => `${name} has handed a task over to you`,
    escalated: 'Nobody has done it yet: a task is waiting for you too',
    question: (name) => `${name} has a question about a task`,
  },
  answerUntil: (when) => `The task is due by ${when}.`,
  answerYours: 'Opening the link changes nothing.',
  until: (when) => `Please finish it by ${when}. After that, the task expires.`,
  harmless: 'Opening the link changes nothing.',
  yours: 'This link is yours alone: whoever holds it can act in your name, so please do not forward it.',
};
