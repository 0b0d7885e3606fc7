import type { Language } from '../../../core/settings/settings.ts';
import type { MailMessages } from './en.ts';
import { en } from './en.ts';
import { pl } from './pl.ts';

export const mailMessages: Readonly<Record<Language, MailMessages>> = { en, pl };
