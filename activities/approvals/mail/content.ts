import type { Person } from '../../../core/settings/settings.ts';
import type { MailMessages } from '../messages/en.ts';

/** What a mail says, in its reader's language, ready to be set in text and HTML. */
export type MailContent = {
  language: Person['language'];
  company: string;
  messages: MailMessages;
  lead: string;
  /** What it is about: the supplier or title and the amount, or how many and their sum. */
  heading: string;
  amount?: string | undefined;
  before?: string[];
  /** Words of a person: a question, an answer, a comment. */
  quote?: string | undefined;
  /** Digits to type on the page. */
  code?: string | undefined;
  items?: { what: string; amount: string | undefined; note: string }[];
  facts?: { label: string; value: string; note?: string | undefined }[];
  findings?: { text: string; blocking: boolean }[];
  action?: { link: string; button: string } | undefined;
  /** What follows below: until when, what the link does. */
  after: string[];
};

export type MailParts = { subject: string; text: string; html: string };
