import type { Adaptation } from '../../../core/messages/adapted.ts';
import type { MailMessages } from './en.ts';

/** Texts for requests that are not about an invoice. */
export const subjectEn: Adaptation<MailMessages> = {
  subject: {
    approval: (what) => `Please decide: ${what}`,
    digest: (count) => `Please decide: ${count} requests`,
  },
  lead: {
    approval: 'A request is waiting for your decision',
    second: 'A request is waiting for your approval as the second approver',
    substitute: (name) => `A request is waiting for your decision. You are standing in for ${name}`,
    escalated: 'Nobody has decided yet, so the request is now waiting for your decision too',
    digest: (count) => `${count} requests are waiting for your decision`,
    question: (name) => `${name} has a question for you about a request`,
    code: 'To approve this request, enter this code on the page',
  },
  answerUntil: (when) => `The request must be decided by ${when}.`,
  singly: 'You decide on each request separately, even on the shared page.',
};
