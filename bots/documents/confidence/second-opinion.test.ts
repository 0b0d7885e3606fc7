import { describe, expect, it } from 'vitest';
import type { Invoice } from '../../../core/model/invoice.ts';
import type { Word } from '../page/words.ts';
import { isSure } from './judge.ts';
import { readDocumentPages } from '../formats/read-pages.ts';
import { weighSecond } from './second-opinion.ts';
import { POLISH } from '../../../bench/documents/make-pages.ts';

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

  it('should not make sure what neither of them stands by', () => {
    const read = heard(pageOf(unsureOf(NUMBER)), pageOf(unsureOf(NUMBER)));
    expect(isSure(read, 'number')).toBe(false);
  });

  it('should take from the second what the first has not seen', () => {
    const first = pageOf(sure, { Termin: '', 'platnosci:': '', '18.05.2026': '' });
    expect(first.dueDate).toBeUndefined();
    expect(heard(first, pageOf(sure)).dueDate).toBe('2026-05-18');
  });

  it('should take a value that only the second stands by, and keep the other', () => {
    const read = heard(pageOf(unsureOf(NUMBER), { [NUMBER]: 'FV/11/05/2026' }), pageOf(sure));
    expect(read.number).toBe(NUMBER);
    expect(isSure(read, 'number')).toBe(true);
    expect(read.fields['number']?.alternatives).toContain('FV/11/05/2026');
    const other = heard(pageOf(sure), pageOf(unsureOf(NUMBER), { [NUMBER]: 'FV/11/05/2026' }));
    expect(other.number).toBe(NUMBER);
    expect(isSure(other, 'number')).toBe(true);
  });

  it('should take totals together, of the reading in which they add up', () => {
    const misread = { '000,00': '600,00' };
    for (const [first, second] of [
      [{}, misread],
      [misread, {}],
    ] as const) {
      const read = heard(pageOf(sure, first), pageOf(sure, second));
      expect(read.totals).toMatchObject({ net: '1000.00', vat: '230.00', gross: '1230.00' });
      expect(isSure(read, 'totals.vat')).toBe(true);
    }
  });

  it('should abstain from totals that add up in both readings and differ', () => {
    // "230,00" stands in the VAT and at the end of the gross total.
    const read = heard(pageOf(sure), pageOf(sure, { '230,00': '280,00' }));
    expect([isSure(read, 'totals.vat'), isSure(read, 'totals.gross')]).toEqual([false, false]);
    expect(isSure(read, 'totals.net')).toBe(true);
  });

  it('should not give one id to both parties', () => {
    const first = pageOf(sure);
    const second = pageOf(sure);
    first.seller.vatId = undefined;
    second.seller.vatId = first.buyer.vatId;
    const read = heard(first, second);
    expect([read.seller.vatId, read.buyer.vatId]).toEqual([undefined, '7740001454']);
  });

  it('should take the lines of the reading that is surer of them, all or none', () => {
    const first = pageOf(sure);
    const second = pageOf(sure);
    first.lines = [{ name: 'Pap1er' }, { name: 'x' }];
    Object.assign(first.fields, { 'lines.0': { confidence: 0.5 }, 'lines.1': { confidence: 0.4 } });
    second.lines = [{ name: 'Papier' }];
    second.fields['lines.0'] = { confidence: 0.9 };
    const read = heard(first, second);
    expect(read.lines).toEqual([{ name: 'Papier' }]);
    expect(Object.keys(read.fields).filter((field) => field.startsWith('lines.'))).toEqual(['lines.0']);
    expect(heard(pageOf(sure), { ...second, lines: [] }).lines).toEqual([]);
  });
});
