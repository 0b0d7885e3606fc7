import { isValidIBAN } from 'ibantools';
import type { Finding, Invoice } from '../../../core/model/invoice.ts';
import { datesIn } from '../fields/dates.ts';
import { fold } from '../fields/fold.ts';
import { hasText, type Page } from '../page/words.ts';
import { blocking, note } from './finding.ts';

const ACCOUNT =
  /(?<![A-Z\d])(?:[A-Z]{2} ?\d{2}(?: ?[A-Z\d]{4}){2,7}(?: ?[A-Z\d]{1,3})?|\d{2}(?: ?\d{4}){6})(?![A-Z\d])/g;
const AMOUNT = /(?<![\d.,])\d{1,3}(?:[ .,'\u00A0]?\d{3})*[.,]\d{2}(?!\d)/g;
/** A tax number of any country has seven characters and more, most of them digits. */
const NUMBER = /(?<![A-Z\d])(?:[A-Z]{2})?\d[\d-]{6,14}\d(?![A-Z\d])/g;
const LONGEST_SHOWN = 120;

/**
 * Text that a machine reads and no person sees. It is never a value; its presence is a finding. Where it holds a value
 * that the page does not show (an account, an amount, a date, a number), somebody meant it to be read: a person decides.
 *
 * A scan with its recognised text under it is honest: there the picture is read, and only an account of the hidden text
 * that is not the one in the picture counts.
 */
export function checkHidden(pages: readonly Page[], invoice: Invoice): Finding[] {
  const texts = pages.flatMap((page) => page.hidden?.texts ?? []);
  if (texts.length === 0) return [];
  const shown = compact(pages.flatMap((page) => page.words.map((word) => word.text)).join(' '));
  const scanned = pages.every((page) => page.hidden === undefined || !hasText(page));
  const clashing = pages.some((page) => page.hidden?.clashing);
  const text = texts.join(' · ');
  const foreign =
    scanned && !clashing ? otherAccounts(text, invoice) : valuesOf(text).filter((one) => !shown.includes(compact(one)));
  const values = { text: (foreign.length > 0 ? foreign.join(', ') : text).slice(0, LONGEST_SHOWN) };
  if (foreign.length > 0 || clashing) return [blocking('text.hidden', 'payment.iban', values)];
  return scanned ? [] : [note('text.hidden', 'number', values)];
}

const compact = (text: string): string => text.toUpperCase().replaceAll(/[^A-Z\d]/g, '');

function accountsOf(text: string): string[] {
  return [...text.toUpperCase().matchAll(ACCOUNT)].flatMap(([found]) => {
    const account = compact(found);
    return isValidIBAN(/^\d/.test(account) ? `PL${account}` : account) ? [account] : [];
  });
}

function otherAccounts(text: string, { payment: { iban } }: Invoice): string[] {
  return iban === undefined ? [] : accountsOf(text).filter((account) => !compact(iban).endsWith(account));
}

function valuesOf(text: string): string[] {
  const dates = datesIn(fold(text)).map((hit) => text.slice(hit.index, hit.index + hit.length));
  const found = [AMOUNT, NUMBER].flatMap((form) => [...text.toUpperCase().matchAll(form)].map(([value]) => value));
  return [...new Set([...accountsOf(text), ...found, ...dates])];
}
