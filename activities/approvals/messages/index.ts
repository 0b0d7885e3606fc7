import { adapted } from '../../../core/messages/adapted.ts';
import type { About } from '../../../core/model/about.ts';
import { isSubject } from '../../../core/model/about.ts';
import type { Language } from '../../../core/settings/settings.ts';
import type { MailMessages } from './en.ts';
import { en } from './en.ts';
import { pl } from './pl.ts';
import { subjectEn } from './subject.en.ts';
import { subjectPl } from './subject.pl.ts';

const ofInvoices: Readonly<Record<Language, MailMessages>> = { en, pl };
const ofSubjects: Readonly<Record<Language, MailMessages>> = {
  en: adapted(en, subjectEn),
  pl: adapted(pl, subjectPl),
};

/** Texts of a mail about these: those of invoices where all are invoices, else those that fit any request. */
export function mailMessagesAbout(language: Language, about: readonly About[]): MailMessages {
  return (about.some(isSubject) ? ofSubjects : ofInvoices)[language];
}
