import { expect, it } from 'vitest';
import type { ReceivedMail } from '../bots/mailbox/index.ts';
import type { ReplyOutcome } from './replies/replies.ts';
import { createMailIntake } from './mail-intake.ts';

const mail: ReceivedMail = {
  mailbox: 'invoices',
  messageId: '<1@x.example>',
  from: { email: 'anna@x.example' },
  to: ['bot@x.example'],
  subject: 'Re: To approve',
  date: '2026-11-24T10:00:00Z',
  references: ['<0@x.example>'],
  automatic: false,
  raw: { name: 'mail.eml', mediaType: 'message/rfc822', bytes: new Uint8Array() },
  attachments: [],
  skipped: [],
};

/** Takes the mail with that answer of the replies; what was published, and where the mail went. */
async function take(outcome: ReplyOutcome) {
  const published: string[] = [];
  const intake = createMailIntake({
    artefacts: { put: ({ name, mediaType }) => Promise.resolve({ id: 'sha256:0', name, mediaType, size: 0 }) },
    publish: (event) => {
      published.push(event.id);
      return Promise.resolve({ runs: ['run-1'], signalled: [] });
    },
    reply: () => Promise.resolve(outcome),
  });
  return { ...(await intake.accept(mail)), published };
}

it.each(['comment', 'late', 'ignored'] as const)(
  'should start no job of a reply to an approval: %s',
  async (outcome) => {
    expect(await take(outcome)).toEqual({ folder: 'processed', published: [] });
  },
);

it('should take every other mail as a job', async () => {
  expect(await take('none')).toEqual({ folder: 'processed', published: ['<1@x.example>'] });
});
