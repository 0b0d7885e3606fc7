import { describe, expect, it } from 'vitest';
import type { Invoice } from '../../definitions/model/invoice.ts';
import type { Word } from './page/words.ts';
import { isSure } from './judge.ts';
import { readDocumentPages } from './read-pages.ts';
import { weighSecond } from './second-opinion.ts';
import { POLISH } from './testing.ts';

/** The words of a page as an engine gives them, with some read otherwise, and how sure it is of each. */
function pageOf(confidence: (text: string) => number, misread: Readonly<Record<string, string>> = {}) {
  const words = POLISH.flatMap(([x, y, line]) => {
    let at = x;
    return line.split(' ').map((text): Word => {
      const shown = misread[text] ?? text;
      const word = { text: shown, x: at, y, width: 5 * text.length, height: 10, confidence: confidence(text) };
      at += 5 * text.length + 3;
      return word;
    });
  });
  return readDocumentPages([{ number: 1, width: 595, height: 842, words }], 'ocr').read;
}

/** The first reading after it has heard the second. */
function heard(first: Invoice, second: Invoice): Invoice {
  weighSecond(first, second);
  return first;
}

const NUMBER = 'FV/17/05/2026';
const sure = () => 0.97;
const unsureOf = (text: string) => (one: string) => (one === text ? 0.4 : 0.97);

describe('a second opinion', () => {
  it('should make a value sure that both engines read alike', () => {
    const first = pageOf(unsureOf(NUMBER));
    expect(isSure(first, 'number')).toBe(false);
    const read = heard(first, pageOf(sure));
    expect(read.number).toBe(NUMBER);
    expect(isSure(read, 'number')).toBe(true);
  });

  it('should abstain from a value that they read differently, and keep both', () => {
    const read = heard(pageOf(sure), pageOf(sure, { [NUMBER]: 'FV/11/05/2026' }));
    expect(isSure(read, 'number')).toBe(false);
    expect(new Set([read.number, ...(read.fields['number']?.alternatives ?? [])])).toEqual(
      new Set(['FV/11/05/2026', NUMBER]),
    );
  });

  it('should believe the one whose check digits hold', () => {
    // The second misreads one digit of the NIP; the first is right, and the other way round.
    const misread = { '526-000-12-46': '526-000-17-46' };
    expect(heard(pageOf(sure), pageOf(sure, misread)).seller.vatId).toBe('5260001246');
    expect(heard(pageOf(sure, misread), pageOf(sure)).seller.vatId).toBe('5260001246');
  });

  it('should take from the second what the first has not seen', () => {
    const first = pageOf(sure, { Termin: '', 'platnosci:': '', '18.05.2026': '' });
    expect(first.dueDate).toBeUndefined();
    expect(heard(first, pageOf(sure)).dueDate).toBe('2026-05-18');
  });

  it('should not sum up totals of two readings that contradict each other', () => {
    const read = heard(pageOf(sure), pageOf(sure, { '230,00': '280,00', '230,00 ': '280,00' }));
    expect(read.totals).toMatchObject({ net: '1000.00', vat: '230.00', gross: '1230.00' });
  });
});
