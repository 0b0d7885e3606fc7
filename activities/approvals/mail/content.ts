import type { Person } from '../../../definitions/settings.ts';
import type { MailMessages } from '../messages/en.ts';

/** What a mail says, in its reader's language, ready to be set in text and HTML. */
export type MailContent = {
  language: Person['language'];
  company: string;
  lead: string;
  supplier: string;
  amount: string;
  before: string[];
  facts: { label: string; value: string; note?: string | undefined }[];
  findings: { text: string; blocking: boolean }[];
  link: string;
  until: string;
  messages: MailMessages;
  button: string;
};
