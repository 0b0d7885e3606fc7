import type { Language } from '../../../core/settings/settings.ts';
import type { Messages } from './en.ts';
import { en } from './en.ts';
import { pl } from './pl.ts';

export type { Messages, StationField } from './en.ts';

export const messages: Readonly<Record<Language, Messages>> = { en, pl };

/** Language of a visitor whom no link names: Polish where the browser asks for it first, else English. */
export function languageOf(acceptLanguage: string | undefined): Language {
  return /^\s*pl\b/i.test(acceptLanguage ?? '') ? 'pl' : 'en';
}
