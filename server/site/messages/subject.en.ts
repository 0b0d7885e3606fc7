import type { Adaptation } from '../../../core/messages/adapted.ts';
import type { Messages } from './en.ts';

/** What reads otherwise where a request is about no invoice. */
export const subjectEn: Adaptation<Messages> = {
  title: { approval: 'A request to decide' },
  facts: { heading: 'The request' },
  lines: { heading: 'Details' },
  document: { heading: 'Files' },
  state: {
    approvedByYou: 'You approved this request',
    rejectedByYou: 'You rejected this request',
    approvedBy: (name) => `${name} has approved this request`,
    rejectedBy: (name) => `${name} has rejected this request`,
    expiredDetail: (when) => `Nobody decided by ${when}, so the request counts as rejected.`,
  },
  refusals: { requester: 'This is your own request, so someone else must decide.' },
  people: {
    digest: {
      title: (count) => (count === 1 ? 'One request to decide' : `${count} requests to decide`),
      details: 'Show the request',
    },
    code: { needed: 'Approving this takes a code.' },
    actRefusals: {
      'to-requester': 'This is that person’s own request, so they cannot decide it.',
      'too-many-acts': 'That is enough of these for one request. Please decide, or speak to each other.',
    },
  },
};
