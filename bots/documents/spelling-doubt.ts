import type { Invoice, Party } from '../../definitions/model/invoice.ts';
import { languageOf } from './ocr/language-of.ts';
import { FIRST_LANGUAGES, type OcrLanguage } from './ocr/languages.ts';

/** Letters of each language besides those of English. */
const LETTERS: Readonly<Record<OcrLanguage, string>> = {
  eng: '',
  pol: 'ąćęłńóśźż',
  deu: 'äöüß',
  fra: 'àâæçéèêëîïôœùûüÿ',
  ita: 'àèéìíîòóùú',
  nld: 'áäéèëíïóöúü',
  por: 'áâãàçéêíóôõúü',
  spa: 'áéíñóúü',
};
/** What stands in names of any language. */
const SIGNS = /[\u0020-\u007e„”“’‘–·º°]/;

/** What a ligature, a "ß", an umlaut or a tilde becomes: "GroBmann", "Miiller", "Solugio", "Construgóes", "Joao" as "Jodo". */
const MISREAD = /[a-zà-ž][BR8][a-zà-ž]|[a-zà-ž]\d|\d[a-zà-ž]{2}|[A-Z][a-z]+[A-Z]{2,}[a-z]/;
/** The same where Italian, which has such words, is not what is read. */
const MISREAD_ABROAD = /ii|[gq](?:io|ao|óes|oes|ies|ues)\b/;

/** What a country writes its names in; a country that is not listed has letters that no data here know. */
const LANGUAGE_OF: Readonly<Record<string, OcrLanguage>> = {
  PL: 'pol',
  DE: 'deu',
  AT: 'deu',
  CH: 'deu',
  FR: 'fra',
  BE: 'nld',
  LU: 'fra',
  IT: 'ita',
  NL: 'nld',
  PT: 'por',
  BR: 'por',
  ES: 'spa',
  MX: 'spa',
  GB: 'eng',
  IE: 'eng',
  US: 'eng',
  CA: 'eng',
  AU: 'eng',
  NZ: 'eng',
  MY: 'eng',
  SG: 'eng',
};

/** What is left of a recognised name's confidence where letters may have been taken for others. */
const DOUBTFUL = 0.8;

/**
 * Lowers names that the recogniser may have misspelt: letters outside the languages that the paper was read with, what
 * such letters are mistaken for, and parties of countries with another language. All passes make the same mistake, so
 * their agreement says nothing.
 */
export function doubtSpelling(invoice: Invoice, text: string): void {
  const language = languageOf(text);
  const read = language && !FIRST_LANGUAGES.includes(language) ? [language] : FIRST_LANGUAGES;
  for (const role of ['seller', 'buyer'] as const) {
    const reading = invoice.fields[`${role}.name`];
    if (reading && isDoubtful(invoice[role], read)) reading.confidence = Math.min(reading.confidence, DOUBTFUL);
  }
}

function isDoubtful({ name = '', country }: Party, read: readonly OcrLanguage[]): boolean {
  const letters = read.map((one) => LETTERS[one]).join('');
  const strange = Array.from(name).some((sign) => !SIGNS.test(sign) && !letters.includes(sign.toLowerCase()));
  const own = country === undefined ? 'eng' : LANGUAGE_OF[country];
  const abroad = own === undefined || (own !== 'eng' && !read.includes(own));
  return strange || abroad || MISREAD.test(name) || (!read.includes('ita') && MISREAD_ABROAD.test(name));
}
