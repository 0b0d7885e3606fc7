import type { About } from '../../../core/model/about.ts';
import { isSubject } from '../../../core/model/about.ts';
import { adapted } from '../../../core/messages/adapted.ts';
import type { Language } from '../../../core/settings/settings.ts';
import { messages, type Messages } from './index.ts';
import { subjectEn } from './subject.en.ts';
import { subjectPl } from './subject.pl.ts';

const ofSubjects: Readonly<Record<Language, Messages>> = {
  en: adapted(messages.en, subjectEn),
  pl: adapted(messages.pl, subjectPl),
};

/** Texts of pages about these: those of invoices where all are invoices, else those that fit any request. */
export function messagesAbout(language: Language, about: readonly About[]): Messages {
  return (about.some(isSubject) ? ofSubjects : messages)[language];
}
