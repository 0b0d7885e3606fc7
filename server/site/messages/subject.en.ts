import type { Adaptation } from '../../../core/messages/adapted.ts';
import type { Messages } from './en.ts';

/** Texts for requests that are not about an invoice. */
export const subjectEn: Adaptation<Messages> = {
  title: { approval: 'Decide on a request' },
  facts: { heading: 'The request' },
  lines: { heading: 'Details' },
  document: { heading: 'Files' },
  state: {
    approvedByYou: 'You approved this request',
    rejectedByYou: 'You rejected this request',
    approvedBy: (name) => `${name} approved this request`,
    rejectedBy: (name) => `${name} rejected this request`,
    expiredDetail: (when) => `Nobody decided by ${when}, so the request counts as rejected.`,
  },
  refusals: { requester: 'This is your own request, so someone else must decide.' },
  people: {
    digest: {
      title: (count) => (count === 1 ? 'One request to decide' : `${count} requests to decide`),
      details: 'Show the request',
    },
    code: { needed: 'You need a code to approve this.' },
    actRefusals: {
      'to-requester': 'This person made the request, so they cannot decide it.',
      'too-many-acts': 'You have reached the limit for one request. Please decide, or talk to each other.',
    },
  },
};
