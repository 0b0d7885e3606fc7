import { classify } from '../core/model/classify-error.ts';
import type { MailHandler, ReceivedMail } from '../bots/mailbox/index.ts';
import type { Artefact, FileContent } from '../core/model/artefact.ts';
import { ProblemError } from '../core/model/problem.ts';
import type { CloudEvent } from '../core/events/cloud-event.ts';
import type { ReplyOutcome } from './replies/replies.ts';
import type { Routed } from './router.ts';

/** Type of the event that every received mail becomes. */
export const MAIL_RECEIVED = 'mail.received';
/** Of a mail's text, this much goes into the run: histories carry references, not archives. The whole mail is stored. */
const MAX_TEXT_CHARACTERS = 16_000;

export type IntakeDependencies = {
  artefacts: { put(file: FileContent): Promise<Artefact> };
  publish: (event: CloudEvent) => Promise<Routed>;
  /** Takes what answers a mail of an approval: that is no new job. */
  reply?: (mail: ReceivedMail) => Promise<ReplyOutcome>;
};

/**
 * Takes mails over: stores the mail and its attachments, then publishes `mail.received`. A mail leaves the inbox only
 * after its run exists; one that no automation wants goes to quarantine with that reason.
 */
export function createMailIntake({ artefacts, publish, reply }: IntakeDependencies): MailHandler {
  async function take(mail: ReceivedMail): ReturnType<MailHandler['accept']> {
    const raw = await artefacts.put(mail.raw);
    if (reply && (await reply(mail)) !== 'none') return { folder: 'processed' };
    const attachments: Artefact[] = [];
    for (const file of mail.attachments) attachments.push(await artefacts.put(file));
    const { runs } = await publish(toEvent(mail, raw, attachments));
    if (runs.length > 0) return { folder: 'processed' };
    return { folder: 'quarantine', reason: `no deployed automation takes mails of mailbox ${mail.mailbox}` };
  }
  return {
    async accept(mail) {
      try {
        return await take(mail);
      } catch (error) {
        // The mail stays in the inbox and is offered again; whoever reads the log learns what to mend.
        throw error instanceof ProblemError ? error : classify(error);
      }
    },
  };
}

function toEvent(mail: ReceivedMail, raw: Artefact, attachments: Artefact[]): CloudEvent {
  return {
    specversion: '1.0',
    type: MAIL_RECEIVED,
    source: `mailbox/${mail.mailbox}`,
    // The Message-ID is what makes two deliveries the same mail (RFC 5322, 3.6.4).
    id: mail.messageId,
    time: mail.date,
    datacontenttype: 'application/json',
    data: {
      mailbox: mail.mailbox,
      messageId: mail.messageId,
      references: mail.references,
      from: mail.from,
      to: mail.to,
      subject: mail.subject,
      date: mail.date,
      text: mail.text?.slice(0, MAX_TEXT_CHARACTERS),
      automatic: mail.automatic,
      skipped: mail.skipped,
      raw,
      attachments,
    },
  };
}
