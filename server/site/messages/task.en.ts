import type { Adaptation } from '../../../core/messages/adapted.ts';
import type { Messages } from './en.ts';

/** What reads otherwise where somebody is asked to do something, not to decide. */
export const taskWordsEn: Adaptation<Messages> = {
  problems: { reasonMissing: 'Please say why: somebody else has to find a way.' },
  state: {
    rejectedByYou: 'You said that this cannot be done',
    rejectedBy: (name) => `${name} said that this cannot be done`,
    expired: 'The time for this has passed',
    expiredDetail: (when) => `Nobody had done it by ${when}.`,
    withdrawn: 'This task was withdrawn',
    withdrawnDetail: 'The run that asked you has ended in the meantime. Nothing needs to be done.',
    accepted: 'It has been received',
  },
  people: {
    more: 'Not sure, or not your task?',
    delegate: {
      to: 'Who does it instead of you?',
      hint: 'They get a link of their own. After that you cannot do this any more.',
    },
    ask: { hint: 'They get an e-mail and answer on a page of their own. You go on afterwards.' },
    answer: { title: 'Answer a question', lead: (name) => `${name} has a question about a task:` },
  },
};
