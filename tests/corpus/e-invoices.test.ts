import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { checkInvoice, createDocumentReader } from '../../bots/documents/index.ts';
import { readXml } from '../../bots/documents/xml/read.ts';
import type { Finding } from '../../core/model/invoice.ts';
import { corpus, hasCorpus } from './shared.ts';

const TODAY = '2026-11-24';
const files = (folder: string, end = '.xml') =>
  hasCorpus
    ? readdirSync(corpus(folder))
        .filter((name) => name.endsWith(end))
        .sort()
    : [];

const allFindings = (folder: string, name: string): Finding[] => {
  const reading = readXml(readFileSync(corpus(folder, name)), name);
  return reading ? [...reading.findings, ...checkInvoice(reading.invoice, { today: TODAY })] : [];
};

describe.skipIf(!hasCorpus)('official FA(3) examples', () => {
  const folder = 'ksef-fa3/official';

  it.each(files(folder))('%s: nothing blocks it', (name) => {
    expect(allFindings(folder, name).filter((finding) => finding.blocking)).toEqual([]);
  });
});

/** Elements with their text, in the order of the file. */
const elements = (name: string): string[] =>
  [...readFileSync(corpus('facturx-defects', name), 'utf8').matchAll(/<(?:\w+:)?(\w+)[^<>]*>([^<]*)(?=<)/g)].map(
    ([, element, text = '']) => `${element} ${text.trim()}`,
  );

/** What a defective file has and the sound one has not, and the other way round: that is its defect. */
function defectOf(name: string): string[] {
  const [sound, broken] = [elements('OK-001.xml'), elements(name)];
  const without = (some: readonly string[], others: readonly string[]) => {
    const left = [...others];
    return some.filter((one) => left.indexOf(one) < 0 || left.splice(left.indexOf(one), 1).length === 0);
  };
  return [...without(sound, broken), ...without(broken, sound)];
}

/** What the model calls the elements that the defects touch. */
const MODEL: Readonly<Record<string, RegExp>> = { DateTimeString: /Date/, InvoiceCurrencyCode: /currency/ };

/** True when a finding tells a value that makes the defect, or the element that holds it. */
function names({ field = '', values }: Finding, pdf: string): boolean {
  const told = [field, ...Object.values(values)].join(' ');
  const bare = told.replaceAll('-', '');
  return defectOf(pdf.replace(/\.pdf$/, '.xml')).some((one) => {
    const [element = '', ...text] = one.split(' ');
    const value = text.join(' ').replaceAll('-', '');
    const amount = /^\d+\.\d+$/.test(value) ? Number(value).toFixed(2) : value;
    return told.includes(element) || MODEL[element]?.test(field) || (value !== '' && bare.includes(amount));
  });
}

describe.skipIf(!hasCorpus)('Factur-X with one defect each', () => {
  it.each(files('facturx-defects', '.pdf'))('%s', { timeout: 60_000 }, async (name) => {
    const reader = createDocumentReader();
    const result = await reader.read({
      name,
      mediaType: 'application/pdf',
      bytes: readFileSync(corpus('facturx-defects', name)),
    });
    const checked = result.invoice ? checkInvoice(result.invoice, { today: TODAY }) : [];
    const blocking = [...result.findings, ...checked].filter((finding) => finding.blocking);
    expect(result.how).toBe('xml');
    if (name.startsWith('OK')) expect(blocking).toEqual([]);
    else
      expect(
        blocking.filter((finding) => names(finding, name)),
        JSON.stringify(blocking),
      ).not.toEqual([]);
  });
});

describe.skipIf(!hasCorpus)('XRechnung', () => {
  it.each(files('xrechnung'))('%s is read', (name) => {
    const invoice = readXml(readFileSync(corpus('xrechnung', name)), name)?.invoice;
    for (const value of [
      invoice?.number,
      invoice?.issueDate,
      invoice?.currency,
      invoice?.seller.name,
      invoice?.totals.gross,
    ]) {
      expect(value).toBeTruthy();
    }
  });
});
