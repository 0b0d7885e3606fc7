import { type Attachment, simpleParser } from 'mailparser';
import type { StoredMail } from './start.ts';

/** A mail as the pages show it. */
export type ShownMail = {
  uid: number;
  seen: boolean;
  subject: string;
  from: string;
  to: string;
  date: Date;
  text: string;
  html?: string;
  attachments: Attachment[];
};

/** Characters of HTML that are turned into text; a mail of the demo has a few thousand. */
const MAX_HTML_CHARS = 500_000;

/** Parsed mails, by their bytes: a list that refreshes every few seconds parses each mail once. */
const parsed = new WeakMap<object, ShownMail>();

/** Parses a stored mail for reading. A broken one is shown with what can be read of it. */
export async function showMail(mail: StoredMail): Promise<ShownMail> {
  const known = parsed.get(mail.source);
  if (known) return { ...known, seen: isSeen(mail) };
  const {
    subject = '',
    from,
    to,
    date,
    text = '',
    html,
    attachments,
  } = await simpleParser(mail.raw, {
    maxHtmlLengthToParse: MAX_HTML_CHARS,
    skipTextToHtml: true,
  });
  const shown: ShownMail = {
    uid: mail.uid,
    seen: isSeen(mail),
    subject,
    from: from?.value[0]?.name || from?.value[0]?.address || '',
    to: [to ?? []]
      .flat()
      .map((entry) => entry.text)
      .join(', '),
    date: date ?? new Date(mail.date),
    text,
    ...(html && { html }),
    attachments,
  };
  parsed.set(mail.source, shown);
  return shown;
}

function isSeen(mail: StoredMail): boolean {
  return mail.flags.includes('\\Seen');
}
