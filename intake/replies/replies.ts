import { MAX_REASON_LENGTH } from '../../core/model/approval.ts';
import { applicationException } from '../../core/model/problem.ts';
import type { ApprovalDossier } from '../../store/approvals.ts';
import type { Store } from '../../store/index.ts';
import type { TemporalUpdates } from '../decisions.ts';
import { createActor } from '../decisions.ts';
import { cutText } from '../../core/model/text.ts';
import { ownWords } from './own-words.ts';
import type { Prove } from '../../core/model/proof.ts';
import { sameAddress } from '../../core/model/mail-address.ts';

/** What of a mail tells whether it answers one of ours. */
export type Reply = {
  messageId: string;
  /** Hash of what it says: two mails may have one Message-ID. */
  content: string;
  from: { email: string };
  inReplyTo?: string | undefined;
  references: readonly string[];
  text?: string | undefined;
  /** An absence notice or another robot. */
  automatic: boolean;
  /** What the receiving server says of the sender. Without it, a comment is nobody's. */
  authentication?: { aligned: boolean } | undefined;
};

/** `none`: not a reply to a request, or from a stranger to it; it goes its usual way. */
export type ReplyOutcome = 'none' | 'comment' | 'late' | 'ignored';

/** Of several outcomes, what is told: a comment on one request is no stray mail. */
const TELLING = ['comment', 'late', 'ignored'] as const;

export type RepliesParts = { store: Pick<Store, 'approvals' | 'audit'>; temporal: TemporalUpdates; prove: Prove };

/**
 * Takes replies to the mails of a request: what a person wrote becomes a comment on its page. It never decides, since
 * anyone can write any sender into a mail. A reply to a digest is a comment on each of its requests that is still open:
 * which of them it means, people see. The Message-ID makes the same mail one comment, however often it is offered.
 */
export function createReplies({ store, temporal, prove }: RepliesParts): (mail: Reply) => Promise<ReplyOutcome> {
  const act = createActor(temporal, prove);
  return async (mail) => {
    const answered = [...(mail.inReplyTo ? [mail.inReplyTo] : []), ...mail.references];
    const outcomes: ReplyOutcome[] = [];
    for (const { approval } of await store.approvals.ofMail(answered)) outcomes.push(await takeFor(approval, mail));
    return TELLING.find((outcome) => outcomes.includes(outcome)) ?? 'none';
  };

  async function takeFor(id: string, mail: Reply): Promise<ReplyOutcome> {
    const dossier = await store.approvals.find(id);
    if (!dossier || !takesPart(dossier, mail.from.email)) return 'none';
    const { id: approval, run } = dossier.approval;
    const verified = mail.authentication?.aligned === true;
    const text = cutText(ownWords(mail.text ?? ''), MAX_REASON_LENGTH);
    const note = (action: string): Promise<number> =>
      store.audit.append({
        actor: verified ? mail.from.email : 'bot:mailbox',
        action,
        run,
        details: { approval, mail: mail.messageId, ...(!verified && { claimed: mail.from.email }) },
      });
    if (mail.automatic || text === '') {
      await note('approval.reply-ignored');
      return 'ignored';
    }
    const comment = {
      act: 'comment' as const,
      approval,
      by: mail.from.email,
      text,
      mail: `${mail.messageId} ${mail.content}`,
      verified,
    };
    const verdict = await act(run, comment, `${approval}/reply/${mail.messageId} ${mail.content}`);
    if (verdict.verdict === 'unconfirmed') {
      const detail = 'the engine did not take a reply to an approval; the mail is offered again';
      throw applicationException('communication', detail, { cause: verdict.cause });
    }
    if (verdict.verdict !== 'refused') return 'comment';
    await note('approval.reply-late');
    return 'late';
  }
}

/** Those who were asked, who requested it, and who were asked a question. */
function takesPart({ approval, requests, trail }: ApprovalDossier, email: string): boolean {
  const people = [...requests.map(({ approver }) => approver), ...approval.barred, ...trail.map(({ to }) => to ?? '')];
  return people.some((person) => sameAddress(person, email));
}
