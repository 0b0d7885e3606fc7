import nodemailer from 'nodemailer';
import { classifySendError } from './classify.ts';
import { checkEnvelope, oneLine, subjectOf, threadOf } from './headers.ts';
import { htmlOfText } from './html.ts';
import type { Mailer, MailerSettings, OutgoingMail } from './types.ts';

const CONNECT_TIMEOUT_MS = 20_000;
/** Some servers greet late on purpose, against spam; RFC 5321 allows five minutes, patience ends earlier. */
const GREETING_TIMEOUT_MS = 30_000;
/** Silence within a dialogue; scanning a large attachment takes a server that long. */
const SILENCE_MS = 120_000;

/** A mailer for one SMTP server. It keeps no connection: a mail is sent now and then, not by the thousand. */
export function createMailer(settings: MailerSettings): Mailer {
  const transport = nodemailer.createTransport({
    host: settings.host,
    port: settings.port,
    secure: settings.tls === 'implicit',
    requireTLS: settings.tls === 'starttls',
    ignoreTLS: settings.tls === 'none',
    tls: { rejectUnauthorized: !settings.trustAnyCertificate },
    ...(settings.user !== undefined && { auth: { user: settings.user, pass: settings.password ?? '' } }),
    connectionTimeout: CONNECT_TIMEOUT_MS,
    greetingTimeout: GREETING_TIMEOUT_MS,
    socketTimeout: SILENCE_MS,
    ...(settings.dkim && { dkim: dkimOf(settings.dkim) }),
    // A message names its content; it never makes us read a file or call an address.
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  return {
    async send(message) {
      const mail = compose(message, settings.from);
      try {
        const info = await transport.sendMail(mail);
        return { messageId: message.messageId, accepted: names(info.accepted), rejected: names(info.rejected) };
      } catch (error) {
        throw classifySendError(error, settings);
      }
    },
  };
}

function dkimOf({ domain, selector, key }: NonNullable<MailerSettings['dkim']>) {
  return { domainName: domain, keySelector: selector, privateKey: key };
}

/** The message as nodemailer takes it. Throws a validation problem for what must not reach a header. */
export function compose(message: OutgoingMail, from: string) {
  checkEnvelope(message);
  const subject = subjectOf(message);
  return {
    from,
    to: message.to,
    subject,
    messageId: message.messageId,
    ...threadOf(message),
    text: message.text,
    html: message.html ?? htmlOfText(message.text, { title: subject, language: message.language ?? 'en' }),
    headers: {
      // RFC 3834 section 5: tells other robots not to answer.
      'Auto-Submitted': message.replyTo ? 'auto-replied' : 'auto-generated',
      // Exchange's own word for the same.
      'X-Auto-Response-Suppress': 'All',
      ...(message.language && { 'Content-Language': message.language }),
    },
    attachments: (message.attachments ?? []).map((file) => ({
      filename: oneLine(file.name).replace(/[/\\]/g, '_'),
      contentType: oneLine(file.mediaType),
      content: Buffer.from(file.bytes),
      contentDisposition: 'attachment' as const,
    })),
  };
}

function names(addresses: (string | { address?: string })[] | undefined): string[] {
  return (addresses ?? []).map((entry) => (typeof entry === 'string' ? entry : (entry.address ?? '')));
}
