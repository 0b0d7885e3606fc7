import type { Adaptation } from '../../../core/messages/adapted.ts';
import type { MailMessages } from './en.ts';

/** What reads otherwise where a request is about no invoice. */
export const subjectEn: Adaptation<MailMessages> = {
  subject: {
    approval: (what) => `To decide: ${what}`,
    digest: (count) => `To decide: ${count} requests`,
  },
  lead: {
    approval: 'A request is waiting for your decision',
    second: 'A request is waiting for a second approval: yours',
    substitute: (name) => `A request is waiting for your decision: you stand in for ${name}`,
    escalated: 'Nobody has decided yet: a request is waiting for your decision too',
    digest: (count) => `${count} requests are waiting for your decision`,
    question: (name) => `${name} asks you about a request before deciding`,
    code: 'To approve this request, type this code on the page',
  },
  answerUntil: (when) => `The request is decided by ${when} at the latest.`,
  singly: 'Each request is decided singly, also on the common page.',
};
