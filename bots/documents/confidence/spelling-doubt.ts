import type { Invoice, Party } from '../../../core/model/invoice.ts';
import { languageOf } from '../ocr/language-of.ts';
import { FIRST_LANGUAGES, type OcrLanguage } from '../ocr/languages.ts';

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
const LANGUAGE_OF: Readonly<Record<string, readonly OcrLanguage[]>> = {
  PL: ['pol'],
  DE: ['deu'],
  AT: ['deu'],
  CH: ['deu', 'fra', 'ita'],
  FR: ['fra'],
  BE: ['nld', 'fra'],
  LU: ['fra', 'deu'],
  IT: ['ita'],
  NL: ['nld'],
  PT: ['por'],
  BR: ['por'],
  ES: ['spa'],
  MX: ['spa'],
  GB: ['eng'],
  IE: ['eng'],
  US: ['eng'],
  CA: ['eng', 'fra'],
  AU: ['eng'],
  NZ: ['eng'],
  MY: ['eng'],
  SG: ['eng'],
};

/** Languages whose names hardly ever carry accents: one without any was read right. */
const PLAIN: ReadonlySet<OcrLanguage> = new Set(['ita', 'nld']);

/** Legal forms tell the language of a name where its address does not. */
const FORMS: readonly (readonly [OcrLanguage, RegExp])[] = [
  ['pol', /\b(?:sp\. ?z ?o|sp\. ?[jkp]\b|s\.c\.)/i],
  ['deu', /\b(?:gmbh|ohg|kg|e\. ?k\.|gbr)\b|\be\.k\./i],
  ['fra', /\b(?:sarl|sas|sasu|eurl|s\.a\.r\.l)\b/i],
  ['ita', /\b(?:s\. ?r\. ?l|s\. ?p\. ?a|s\. ?n\. ?c|s\. ?a\. ?s)\b/i],
  ['nld', /\b(?:b\.v|n\.v|v\.o\.f|bv|nv|vof)\b/i],
  ['por', /\b(?:lda|unipessoal|ltda)\b/i],
  ['spa', /\b(?:s\.l|s\.l\.u|s\.coop|slu?)\b/i],
];

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
  const byForm = FORMS.find(([, form]) => form.test(name))?.[0];
  const own = byForm ? [byForm] : country === undefined ? (['eng'] as const) : (LANGUAGE_OF[country] ?? []);
  const plain = own.some((one) => PLAIN.has(one)) && /^[\u0020-\u007e]+$/.test(name);
  const abroad = !plain && !own.some((one) => one === 'eng' || read.includes(one));
  return strange || abroad || MISREAD.test(name) || (!read.includes('ita') && MISREAD_ABROAD.test(name));
}
