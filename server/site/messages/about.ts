import type { About } from '../../../core/model/about.ts';
import { isSubject } from '../../../core/model/about.ts';
import { adapted } from '../../../core/messages/adapted.ts';
import type { ApprovalKind } from '../../../core/model/approval.ts';
import type { Language } from '../../../core/settings/settings.ts';
import { messages, type Messages } from './index.ts';
import { subjectEn } from './subject.en.ts';
import { subjectPl } from './subject.pl.ts';
import { taskWordsEn } from './task.en.ts';
import { taskWordsPl } from './task.pl.ts';

const ofSubjects: Readonly<Record<Language, Messages>> = {
  en: adapted(messages.en, subjectEn),
  pl: adapted(messages.pl, subjectPl),
};

const ofTasks: Readonly<Record<Language, Messages>> = {
  en: adapted(ofSubjects.en, taskWordsEn),
  pl: adapted(ofSubjects.pl, taskWordsPl),
};

/** What decides on the words of a page. */
type Case = { about: About; kind: ApprovalKind };

/** Texts of pages about these: those of invoices where all are invoices, of tasks where all are tasks, else those that fit any request. */
export function messagesAbout(language: Language, cases: readonly Case[]): Messages {
  if (cases.length > 0 && cases.every(({ kind }) => kind === 'task')) return ofTasks[language];
  return (cases.some(({ about }) => isSubject(about)) ? ofSubjects : messages)[language];
}
