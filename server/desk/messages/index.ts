import type { Language } from '../../../core/settings/settings.ts';
import type { DeskMessages } from './en.ts';
import { en } from './en.ts';
import { pl } from './pl.ts';

export type { DeskMessages } from './en.ts';

const messages: Readonly<Record<Language, DeskMessages>> = { en, pl };

/** Texts of the pages behind the sign-in. */
export function messagesOfDesk(language: Language): DeskMessages {
  return messages[language];
}
