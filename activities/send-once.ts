import type { Mailer, OutgoingMail, SendResult } from '../bots/mail/index.ts';
import type { NamesOf } from '../core/model/names.ts';
import { messageIdFor } from '../bots/mail/index.ts';

export type SendOnceDependencies = {
  mailer: () => Promise<Mailer>;
  outbox: {
    begin(
      key: string,
      messageId: string,
      recipients: string[],
    ): Promise<{ messageId: string; sent: boolean; result: object | null }>;
    sent(key: string, result: object): Promise<void>;
  };
  /** Makes names that outsiders cannot work out. The outbox keeps the one that a mail got first. */
  namesOf: NamesOf;
  /** Domain of derived Message-IDs: that of the sender. */
  domain: string;
};

export type SendOnce = (key: string, mail: Omit<OutgoingMail, 'messageId'>) => Promise<SendResult>;

/**
 * Sends a mail once per key. The outbox row stands before the mail leaves, and the Message-ID is derived from the key:
 * a crash between the server's answer and our note sends the same message again, which mail programs show once
 * (RFC 5322, 3.6.4: the same identifier is the same message).
 */
export function createSendOnce({ mailer, outbox, namesOf, domain }: SendOnceDependencies): SendOnce {
  return async (key, mail) => {
    const row = await outbox.begin(key, messageIdFor(namesOf(key)[0], domain), mail.to);
    if (row.sent && row.result) return row.result as SendResult;
    const sent = await (await mailer()).send({ ...mail, messageId: row.messageId });
    await outbox.sent(key, sent);
    return sent;
  };
}
