import nodemailer from 'nodemailer';
import type { DemoMail } from './documents/model.ts';
import type { Place } from './place.ts';

/** The Message-ID of a demo mail: sent again after a crash, it is the same mail. */
export function messageIdOf(mail: DemoMail): string {
  const domain = mail.from.email.split('@')[1] ?? 'example';
  return `<demo-${mail.id}@${domain}>`;
}

/** Sends the mails that were not sent yet, as the suppliers' mail programs would. */
export async function sendMails(place: Place, mails: readonly DemoMail[], say: (text: string) => void): Promise<void> {
  const transport = nodemailer.createTransport({ host: '127.0.0.1', port: place.ports.smtp, ignoreTLS: true });
  for (const mail of mails) {
    if (place.sent.includes(mail.id)) continue;
    await transport.sendMail({
      messageId: messageIdOf(mail),
      from: { name: mail.from.name, address: mail.from.email },
      to: mail.to,
      subject: mail.subject,
      text: mail.text,
      attachments: mail.attachments.map(({ name, mediaType, bytes }) => ({
        filename: name,
        contentType: mediaType,
        content: Buffer.from(bytes),
      })),
    });
    place.sent.push(mail.id);
    await place.save();
    say(`mail from ${mail.from.name}: ${mail.subject}`);
  }
}
