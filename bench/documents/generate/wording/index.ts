import { DUTCH } from './dutch.ts';
import { ENGLISH } from './english.ts';
import { FRENCH } from './french.ts';
import { GERMAN } from './german.ts';
import { ITALIAN } from './italian.ts';
import { POLISH } from './polish.ts';
import { PORTUGUESE } from './portuguese.ts';
import { SPANISH } from './spanish.ts';
import type { Wording } from './wording.ts';

/** The languages of generated invoices; Polish weighs most, as in the offices that use the product. */
export const WORDINGS: readonly Wording[] = [
  POLISH,
  POLISH,
  POLISH,
  ENGLISH,
  ENGLISH,
  GERMAN,
  GERMAN,
  FRENCH,
  DUTCH,
  ITALIAN,
  SPANISH,
  PORTUGUESE,
];
