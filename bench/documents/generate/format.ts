import type { RandomSource } from '../../random.ts';
import type { AmountStyle, DateStyle } from './wording/wording.ts';

/** "-24600.00" in a style: -24 600,00. */
export function amountText(value: string, { group, point }: AmountStyle): string {
  const sign = value.startsWith('-') ? '-' : '';
  const [whole = '', fraction] = value.replace('-', '').split('.');
  const grouped = whole.replaceAll(/\B(?=(\d{3})+$)/g, group);
  return sign + grouped + (fraction === undefined ? '' : point + fraction);
}

const SIGNS: Readonly<Record<string, string>> = { EUR: '€', GBP: '£', USD: '$', PLN: 'zł' };

export type MoneyStyle = 'code after' | 'sign after' | 'sign before' | 'code before' | 'bare';

/** An amount with its currency. */
export function moneyText(value: string, currency: string, style: MoneyStyle, amounts: AmountStyle): string {
  const amount = amountText(value, amounts);
  const sign = SIGNS[currency] ?? currency;
  if (style === 'bare') return amount;
  if (style === 'code after') return `${amount} ${currency}`;
  if (style === 'code before') return `${currency} ${amount}`;
  if (style === 'sign after' || currency === 'PLN') return `${amount} ${sign}`;
  return `${sign}${currency === 'EUR' ? ' ' : ''}${amount}`;
}

/** "2026-03-09" in a style and a language. */
export function dateText(iso: string, style: DateStyle, language: string): string {
  const [year = '', month = '', day = ''] = iso.split('-');
  if (style === 'iso') return iso;
  if (style === 'mdy') return `${month}/${day}/${year}`;
  if (style === 'd.m.yy') return `${day}.${month}.${year.slice(2)}`;
  if (style === 'long' || style === 'short') {
    const locale = language === 'en' ? 'en-GB' : language;
    const options = { day: 'numeric', month: style, year: 'numeric', timeZone: 'UTC' } as const;
    return new Intl.DateTimeFormat(locale, options).format(new Date(`${iso}T00:00:00Z`));
  }
  return [day, month, year].join(style.charAt(1));
}

/** An account as printed: in groups of four, or in one piece, Polish ones also without their letters. */
export function ibanText(iban: string, random: RandomSource): string {
  const grouped = iban.replaceAll(/(.{4})(?=.)/g, '$1 ');
  if (iban.startsWith('PL') && random.chance(0.6))
    return `${iban.slice(2, 4)} ${iban.slice(4).replaceAll(/(.{4})(?=.)/g, '$1 ')}`;
  return random.chance(0.85) ? grouped : iban;
}

/** A VAT id as printed. */
export function vatIdText(id: string, country: string, random: RandomSource): string {
  if (country === 'PL') {
    const forms = ['$1-$2-$3-$4', '$1$2$3$4', 'PL$1$2$3$4', '$1 $2 $3 $4'];
    return id.replace(/^(\d{3})(\d{3})(\d{2})(\d{2})$/, random.pick(forms));
  }
  if (country === 'ES' || country === 'PT' || country === 'IT') return random.chance(0.6) ? id.slice(2) : id;
  if (country === 'GB' && random.chance(0.5)) return id.replace(/^(..)(...)(....)(..)$/, '$1 $2 $3 $4');
  if (country === 'FR' && random.chance(0.4)) return id.replace(/^(..)(..)(...)(...)(...)$/, '$1 $2 $3 $4 $5');
  return id;
}
