import { Big } from 'big.js';

/** Largest amount of the program: its column is NUMERIC(13,2). */
const MAX_AMOUNT = new Big('99999999999.99');

/** "1 234,56" or "1234,56" as a decimal string; undefined for anything else, also for a decimal point. */
export function parseAmount(text: string, decimals = 2): string | undefined {
  const compact = text.replaceAll(/[ \u00a0]/g, '');
  if (!/^-?\d+(,\d+)?$/.test(compact)) return undefined;
  const amount = new Big(compact.replace(',', '.'));
  if (amount.abs().gt(MAX_AMOUNT) || !amount.round(decimals).eq(amount)) return undefined;
  return amount.toFixed(decimals);
}

/** As fields show an amount: "1234,56". */
export const fieldAmount = (amount: string): string => amount.replace('.', ',');

/** As tables show an amount, thousands parted by a no-break space: "1 234,56". */
export function tableAmount(amount: string): string {
  const [whole = '', fraction = ''] = amount.split('.');
  return `${whole.replaceAll(/\B(?=(\d{3})+$)/g, '\u00a0')},${fraction}`;
}

/** "24.11.2026" as ISO 8601; undefined where that is no day of the calendar. Only dd.mm.yyyy is accepted. */
export function parseDate(text: string): string | undefined {
  const match = /^(\d{2})\.(\d{2})\.(\d{4})$/.exec(text.trim());
  if (!match) return undefined;
  const iso = `${match[3]}-${match[2]}-${match[1]}`;
  const date = new Date(`${iso}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(iso) ? iso : undefined;
}

/** "2026-11-24" as "24.11.2026". */
export const showDate = (iso: string): string => iso.split('-').reverse().join('.');

/** Calendar date in Warsaw, ISO 8601. */
export function warsawDate(instant: Date): string {
  return new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Warsaw' }).format(instant);
}

/** "24.11.2026 09:41:07", Warsaw time. */
export function warsawTime(instant: Date): string {
  const time = new Intl.DateTimeFormat('pl-PL', { timeZone: 'Europe/Warsaw', timeStyle: 'medium' }).format(instant);
  return `${showDate(warsawDate(instant))} ${time}`;
}
