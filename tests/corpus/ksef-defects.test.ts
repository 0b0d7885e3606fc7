import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { checkInvoice } from '../../bots/documents/index.ts';
import { readXml } from '../../bots/documents/xml/read.ts';
import type { Finding } from '../../core/model/invoice.ts';
import { ProblemError } from '../../core/model/problem.ts';
import { corpus, hasCorpus } from './shared.ts';

const TODAY = '2026-11-24';
const folder = 'ksef-fa3/errors';
const names = hasCorpus
  ? readdirSync(corpus(folder))
      .filter((name) => name.endsWith('.xml'))
      .sort()
  : [];

/** A defect as the file itself tells it: a comment above the element, or in the place of one that is missing. */
type Defect = { comment: string; elements: readonly string[]; line: number };

/** An element's name has a capital and small letters, a digit or an underscore: P_15, NrVatUE, Podmiot3. */
const ELEMENT = /\b(?:P_\w+|[A-Z]{2,}_\d+|[A-Z][a-z]+(?:[A-Z][A-Za-z]*|\d)\w*|JST|GV|NIP|Nazw|Nazwa|Faktura)\b/g;

function defectsOf(xml: string): Defect[] {
  return [...xml.matchAll(/<!--\s*([\s\S]*?)\s*-->\s*(?:<\/?([\w:]+))?/g)].map((match) => {
    const comment = match[1] ?? '';
    const named = comment.match(ELEMENT) ?? [];
    const next = match[2] ?? '';
    const line = xml.slice(0, match.index + match[0].length).split('\n').length;
    return { comment, elements: [...named, next], line };
  });
}

/** What was found, each as one text: rule, field and the values that a message names. */
function findingsOf(xml: Buffer, name: string): { texts: string[]; fatal: boolean } {
  try {
    const reading = readXml(xml, name);
    const found = reading ? [...reading.findings, ...checkInvoice(reading.invoice, { today: TODAY })] : [];
    return { texts: found.filter((one) => one.blocking).map(textOf), fatal: false };
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    return { texts: [error.message], fatal: true };
  }
}

const textOf = ({ rule, field, values }: Finding): string => [rule, field, ...Object.values(values)].join(' ');

/** Paths of the model that stand for elements of FA(3), for findings of arithmetic. */
const FIELDS: Readonly<Record<string, string>> = {
  P_14_1: 'vatBreakdown|totals.vat',
  P_15: 'totals.gross|vatBreakdown',
  NrRB: 'payment.iban',
};

/** What the files call defects and neither schema nor law does. */
const LAWFUL: readonly (readonly [comment: RegExp, why: string])[] = [
  [
    /missing PLN conversions \(P_11A, P_9B\)/i,
    'P_9B and P_11A are gross prices and values (art. 106e(7) and (8) of the VAT Act), no conversions to PLN',
  ],
  [
    /payment date before invoice date/i,
    'paid before the invoice: what DataZaplaty is for (FA(3) schema, its documentation; art. 19a(8) and 106b(1)(4) of the VAT Act)',
  ],
];

/** True when one finding names the defect's element, or what the model calls it, or stands on its line or the next one. */
function tells(text: string, { elements, line }: Defect): boolean {
  const words = elements.flatMap((one) => [one, ...(FIELDS[one]?.split('|') ?? [])]).filter((one) => one !== '');
  return (
    words.some((word) => text.split(/[\s"<>/,;()]+/).includes(word)) ||
    new RegExp(`\\b(?:${line}|${line + 1})\\b`).test(text)
  );
}

describe.skipIf(!hasCorpus)('defective FA(3) files', () => {
  it('are all there', () => expect(names).toHaveLength(25));

  it.each(names)('%s is refused, and each of its defects is named', (name) => {
    const xml = readFileSync(corpus(folder, name));
    const { texts, fatal } = findingsOf(xml, name);
    const told = defectsOf(xml.toString('utf8'));
    const defects = told.filter(({ comment }) => !LAWFUL.some(([lawful]) => lawful.test(comment)));
    expect(texts).not.toEqual([]);
    expect(defects).not.toEqual([]);
    // XML that is not well-formed has one error, at the place where its parser stopped.
    if (fatal) expect(texts[0]).toMatch(/not well-formed/);
    else
      for (const defect of defects)
        expect(
          texts.filter((text) => tells(text, defect)),
          defect.comment,
        ).not.toEqual([]);
  });
});
