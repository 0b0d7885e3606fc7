import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { checkInvoice, createDocumentReader } from '../../bots/documents/index.ts';
import { readXml } from '../../bots/documents/xml/read.ts';
import type { Finding } from '../../definitions/model/invoice.ts';
import { ProblemError } from '../../definitions/model/problem.ts';
import { corpus, hasCorpus } from './shared.ts';

const TODAY = '2026-11-24';
const files = (folder: string, end = '.xml') =>
  hasCorpus
    ? readdirSync(corpus(folder))
        .filter((name) => name.endsWith(end))
        .sort()
    : [];

/** The independent check: the element's text by regular expression, without the parser or the reader. */
const textOf = (xml: string, element: string): string | undefined =>
  new RegExp(`<${element}>([^<]*)</${element}>`).exec(xml)?.[1];

const allFindings = (folder: string, name: string): Finding[] => {
  const reading = readXml(readFileSync(corpus(folder, name)), name);
  return reading ? [...reading.findings, ...checkInvoice(reading.invoice, { today: TODAY })] : [];
};

describe.skipIf(!hasCorpus)('official FA(3) examples', () => {
  const folder = 'ksef-fa3/official';

  it('are all there', () => expect(files(folder)).toHaveLength(26));

  it.each(files(folder))('%s: every field equals its element', (name) => {
    const xml = readFileSync(corpus(folder, name), 'utf8');
    const invoice = readXml(Buffer.from(xml), name)?.invoice;
    const [, seller = '', rest = ''] = /<Podmiot1>(.*?)<\/Podmiot1>(.*)/s.exec(xml) ?? [];
    const buyer = /<Podmiot2>(.*?)<\/Podmiot2>/s.exec(rest)?.[1] ?? '';
    expect(invoice?.number).toBe(textOf(xml, 'P_2'));
    expect(invoice?.issueDate).toBe(textOf(xml, 'P_1'));
    expect(invoice?.currency).toBe(textOf(xml, 'KodWaluty'));
    expect(invoice?.dueDate).toBe(textOf(xml, 'Termin'));
    expect(invoice?.seller).toMatchObject({ name: textOf(seller, 'Nazwa'), vatId: textOf(seller, 'NIP') });
    expect(invoice?.buyer.name).toBe(textOf(buyer, 'Nazwa'));
    expect(Number(invoice?.totals.gross)).toBe(Number(textOf(xml, 'P_15')));
    const sums = (pattern: RegExp) =>
      [...xml.matchAll(pattern)].reduce((total, match) => total + Math.round(Number(match[1]) * 100), 0);
    expect(Math.round(Number(invoice?.totals.net ?? 0) * 100)).toBe(sums(/<P_13_[\d_]+>([^<]+)</g));
    expect(Math.round(Number(invoice?.totals.vat ?? 0) * 100)).toBe(sums(/<P_14_\d>([^<]+)</g));
    expect(invoice?.lines).toHaveLength([...xml.matchAll(/<FaWiersz>/g)].length);
    const account = textOf(xml, 'NrRB');
    expect(invoice?.payment.iban).toBe(account && `PL${account}`);
  });

  it.each(files(folder))('%s: nothing blocks it', (name) => {
    expect(allFindings(folder, name).filter((finding) => finding.blocking)).toEqual([]);
  });
});

describe.skipIf(!hasCorpus)('defective FA(3) files', () => {
  it.each(files('ksef-fa3/errors'))('%s is stopped', (name) => {
    let found: string[];
    try {
      found = allFindings('ksef-fa3/errors', name)
        .filter((finding) => finding.blocking)
        .map((finding) => finding.rule);
    } catch (error) {
      if (!(error instanceof ProblemError)) throw error;
      found = [error.problem.type];
    }
    expect(found.length).toBeGreaterThan(0);
  });
});

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
    else expect(blocking.length).toBeGreaterThan(0);
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
