import { composeIBAN, isValidIBAN } from 'ibantools';
import { validVatId } from '../../../bots/documents/checks/vat-id.ts';
import type { RandomSource } from '../../random.ts';

/** Forms of VAT ids: 9 is any digit, @ any letter; other signs stand for themselves. None for countries without. */
const VAT_FORMS: Readonly<Record<string, string>> = {
  PL: '9999999999',
  DE: 'DE999999999',
  AT: 'ATU99999999',
  GB: 'GB999999999',
  IE: 'IE9999999@',
  FR: 'FR99999999999',
  BE: 'BE0999999999',
  NL: 'NL999999999B01',
  IT: 'IT99999999999',
  ES: 'ESB99999999',
  PT: 'PT599999999',
};

/** Forms of the national part of IBANs (ISO 13616 registry). */
const ACCOUNT_FORMS: Readonly<Record<string, string>> = {
  PL: '999999999999999999999999',
  DE: '999999999999999999',
  AT: '9999999999999999',
  GB: '@@@@99999999999999',
  IE: '@@@@99999999999999',
  FR: '99999999999999999999999',
  BE: '999999999999',
  NL: '@@@@9999999999',
  IT: '@9999999999999999999999',
  ES: '99999999999999999999',
  PT: '999999999999999999999',
};

/** Check digits of one in 97 · 10 random numbers are right; this many tries never miss in practice. */
const MAX_TRIES = 100_000;

/** Fills a form: each 9 becomes a digit, each @ a letter. The first digit of a run of digits is not zero. */
export function fill(form: string, random: RandomSource): string {
  return form.replaceAll(/[9@]/g, (sign, at: number) => {
    if (sign === '@') return random.pick('ABCDEFGHJKLMNPRSTVWX'.split(''));
    const first = !/[9]/.test(form[at - 1] ?? '');
    return String(first ? 1 + random.below(9) : random.below(10));
  });
}

/** An invented VAT id with right check digits; undefined for countries without VAT. */
export function vatIdOf(country: string, random: RandomSource): string | undefined {
  const form = VAT_FORMS[country];
  return form && firstValid(form, random, (id) => validVatId(id, country) && id);
}

/** An invented IBAN with right check digits; undefined for countries that have none. */
export function ibanOf(country: string, random: RandomSource): string | undefined {
  const form = ACCOUNT_FORMS[country];
  return (
    form &&
    firstValid(form, random, (bban) => {
      const iban = composeIBAN({ countryCode: country, bban });
      return iban !== null && isValidIBAN(iban) && iban;
    })
  );
}

function firstValid(form: string, random: RandomSource, judge: (filled: string) => string | false): string {
  for (let tries = 0; tries < MAX_TRIES; tries += 1) {
    const valid = judge(fill(form, random));
    if (valid) return valid;
  }
  throw new Error(`no valid number of the form ${form}`);
}
