import { classify } from '../core/model/classify-error.ts';
import type { MailHandler, ReceivedMail } from '../bots/mailbox/index.ts';
import type { Artefact, FileContent } from '../core/model/artefact.ts';
import { ProblemError } from '../core/model/problem.ts';
import { cutText } from '../core/model/text.ts';
import type { CloudEvent } from '../core/events/cloud-event.ts';
import type { Audit } from '../store/audit.ts';
import type { KnownMail, MailDecision, Mails } from '../store/mails.ts';
import { isPoison } from './poison.ts';
import type { ReplyOutcome } from './replies/replies.ts';
import type { Routed } from './router.ts';

/** Type of the event that every received mail becomes. */
export const MAIL_RECEIVED = 'mail.received';
/** Of a mail's text, this much goes into the run: histories carry references, not archives. The whole mail is stored. */
const MAX_TEXT_CHARACTERS = 16_000;

export type IntakeDependencies = {
  artefacts: { put(file: FileContent): Promise<Artefact> };
  /** The account of the mailbox: what was seen, and what became of it. */
  mails: Pick<Mails, 'see' | 'decide'>;
  audit: Pick<Audit, 'append'>;
  publish: (event: CloudEvent) => Promise<Routed>;
  /** An event that came in before, by source and id. */
  earlier: (source: string, id: string) => Promise<CloudEvent | undefined>;
  /** Takes what answers a mail of an approval: that is no new job. */
  reply?: (mail: ReceivedMail) => Promise<ReplyOutcome>;
};

/**
 * Takes mails over: stores the mail and its attachments, then publishes `mail.received`. A mail leaves the inbox only
 * after its run exists; a twin of one that was taken is said to be one in the trail; one that no automation wants goes
 * to quarantine with that reason. What becomes of a copy is written down before it is filed, so that every mail is
 * accounted for after a crash too.
 */
export function createMailIntake(deps: IntakeDependencies): MailHandler {
  const { artefacts, mails, audit, publish, earlier, reply } = deps;

  async function decide(mail: ReceivedMail, known: KnownMail): Promise<MailDecision> {
    const raw = await artefacts.put(mail.raw);
    if (reply && (await reply(mail)) !== 'none') return { fate: 'reply', folder: 'processed' };
    const attachments: Artefact[] = [];
    for (const file of mail.attachments) attachments.push(await artefacts.put(file));
    const event = toEvent(mail, raw, attachments);
    const before = await earlier(event.source, mail.messageId);
    if (before && isSameMail(before, event)) event.id = mail.messageId;
    else if (known.namesake || before) await note(mail, 'mail.message-id-reused', {});
    const { runs } = await publish(event);
    if (runs.length > 0) return { fate: 'run', folder: 'processed', runs };
    const reason = `no deployed automation takes mails of mailbox ${mail.mailbox}`;
    return { fate: 'quarantine', folder: 'quarantine', reason };
  }

  async function note(mail: ReceivedMail, action: string, more: Record<string, unknown>): Promise<void> {
    const { mailbox, messageId, content } = mail;
    await audit.append({ actor: 'bot:mailbox', action, details: { mailbox, messageId, content, ...more } });
  }

  async function take(mail: ReceivedMail, copy: string): Promise<Omit<MailDecision, 'runs'>> {
    const { mailbox, messageId, content } = mail;
    const seen = { mailbox, copy, messageId, content };
    const known = await mails.see(seen);
    const { decided, twin } = known;
    // Decided before a crash, and only not filed yet. What went aside may be wanted by now.
    if (decided && (decided.fate === 'run' || decided.fate === 'twin' || decided.fate === 'reply')) {
      return { fate: decided.fate, folder: 'processed', reason: decided.reason ?? undefined };
    }
    if (twin) await note(mail, 'mail.twin', { runs: twin.runs });
    const decision: MailDecision = twin
      ? { fate: 'twin', folder: 'processed', runs: twin.runs, reason: 'twin of a mail that was taken before' }
      : await decide(mail, known);
    await mails.decide(seen, decision);
    return decision;
  }

  return {
    async accept(mail, copy) {
      try {
        const { folder, reason } = await take(mail, copy);
        return { folder, ...(reason !== undefined && { reason }) };
      } catch (error) {
        if (isPoison(error)) {
          const { mailbox, messageId, content } = mail;
          const reason = 'the mail cannot be stored: it holds what no database keeps';
          const seen = { mailbox, copy, messageId, content };
          await mails.decide(seen, { fate: 'refused', folder: 'quarantine', reason });
          return { folder: 'quarantine', reason };
        }
        // The mail stays in the inbox and is offered again; whoever reads the log learns what to fix.
        throw error instanceof ProblemError ? error : classify(error);
      }
    },
    async refuse({ reason, ...seen }) {
      await mails.see(seen);
      await mails.decide(seen, { fate: 'refused', folder: 'quarantine', reason });
    },
  };
}

/**
 * True where the event of an earlier release, whose id was the Message-ID alone, is about this very mail: its runs are
 * named after that id, and must not start again.
 */
function isSameMail(before: CloudEvent, now: CloudEvent): boolean {
  const carries = ({ data }: CloudEvent): unknown => {
    const {
      attachments = [],
      text,
      subject,
    } = (data ?? {}) as Partial<{
      attachments: Artefact[];
      text: string;
      subject: string;
    }>;
    return JSON.stringify([attachments.map(({ id }) => id), text ?? '', subject ?? '']);
  };
  return carries(before) === carries(now);
}

function toEvent(mail: ReceivedMail, raw: Artefact, attachments: Artefact[]): CloudEvent {
  return {
    specversion: '1.0',
    type: MAIL_RECEIVED,
    source: `mailbox/${mail.mailbox}`,
    // The same Message-ID (RFC 5322, 3.6.4) and content make two deliveries the same mail. The Message-ID alone does
    // not: scanners send every paper under the same one.
    id: `${mail.messageId} ${mail.content}`,
    time: mail.date,
    datacontenttype: 'application/json',
    data: {
      mailbox: mail.mailbox,
      messageId: mail.messageId,
      content: mail.content,
      references: mail.references,
      from: mail.from,
      to: mail.to,
      subject: mail.subject,
      date: mail.date,
      text: mail.text === undefined ? undefined : cutText(mail.text, MAX_TEXT_CHARACTERS),
      automatic: mail.automatic,
      ...(mail.authentication && { authentication: mail.authentication }),
      skipped: mail.skipped,
      raw,
      attachments,
    },
  };
}
