import { adapted } from '../../../core/messages/adapted.ts';
import type { About } from '../../../core/model/about.ts';
import { isSubject } from '../../../core/model/about.ts';
import type { ApprovalKind } from '../../../core/model/approval.ts';
import type { Language } from '../../../core/settings/settings.ts';
import type { MailMessages } from './en.ts';
import { en } from './en.ts';
import { pl } from './pl.ts';
import { subjectEn } from './subject.en.ts';
import { subjectPl } from './subject.pl.ts';
import { taskEn } from './task.en.ts';
import { taskPl } from './task.pl.ts';

const ofInvoices: Readonly<Record<Language, MailMessages>> = { en, pl };
const ofSubjects: Readonly<Record<Language, MailMessages>> = {
  en: adapted(en, subjectEn),
  pl: adapted(pl, subjectPl),
};

const ofTasks: Readonly<Record<Language, MailMessages>> = {
  en: adapted(ofSubjects.en, taskEn),
  pl: adapted(ofSubjects.pl, taskPl),
};

/** Texts of a mail about these: those of invoices where all are invoices, of tasks where all are tasks, else those that fit any request. */
export function mailMessagesAbout(
  language: Language,
  cases: readonly { about: About; kind: ApprovalKind }[],
): MailMessages {
  if (cases.length > 0 && cases.every(({ kind }) => kind === 'task')) return ofTasks[language];
  return (cases.some(({ about }) => isSubject(about)) ? ofSubjects : ofInvoices)[language];
}
