import { readdirSync, readFileSync } from 'node:fs';
import { XmlDocument, type XmlElement } from 'libxml2-wasm';
import { describe, expect, it } from 'vitest';
import { readXml } from '../../bots/documents/xml/read.ts';
import { corpus, hasCorpus } from './shared.ts';

/**
 * The independent check: every field of the model by XPath on the parser's own tree, written from the FA(3) schema.
 * It shares nothing with the reader but the parser of XML.
 */
const folder = 'ksef-fa3/official';
const names = hasCorpus
  ? readdirSync(corpus(folder))
      .filter((name) => name.endsWith('.xml'))
      .sort()
  : [];

/** Any element by its local name, so that no prefix matters: /Faktura/Fa/P_2 becomes *[local-name()='Faktura']/… */
const local = (path: string): string =>
  path.replaceAll(/(?<![\w@'(])([A-Za-z_]\w*)(?![\w('])/g, (name) => `*[local-name()='${name}']`);

function xpathOf(document: XmlDocument) {
  const text = (path: string, from: XmlElement = document.root): string | undefined => {
    const value = from.eval(`string(${local(path)})`);
    return typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined;
  };
  const all = (path: string, from: XmlElement = document.root): XmlElement[] => from.find(local(path)) as XmlElement[];
  const cents = (prefix: string): number =>
    (document.root.find(`*[local-name()='Fa']/*[starts-with(local-name(), '${prefix}')]`) as XmlElement[])
      .filter((element) => /_\d$|_\d\d$/.test(element.name))
      .reduce((sum, element) => sum + Math.round(Number(element.content) * 100), 0);
  return { text, all, cents };
}

const cents = (amount: string | undefined): number => Math.round(Number(amount ?? 0) * 100);

describe.skipIf(!hasCorpus)('official FA(3) examples, by XPath', () => {
  it('are all there', () => expect(names).toHaveLength(26));

  it.each(names)('%s', (name) => {
    const bytes = readFileSync(corpus(folder, name));
    const invoice = readXml(bytes, name)?.invoice;
    using document = XmlDocument.fromBuffer(bytes);
    const { text, all, cents: sumOf } = xpathOf(document);
    const account = text('Fa/Platnosc/RachunekBankowyFaktora/NrRB') ?? text('Fa/Platnosc/RachunekBankowy/NrRB');
    expect(invoice).toMatchObject({
      number: text('Fa/P_2'),
      issueDate: text('Fa/P_1'),
      saleDate: text('Fa/P_6') ?? text('Fa/OkresFa/P_6_Do'),
      dueDate: text('Fa/Platnosc/TerminPlatnosci/Termin'),
      currency: text('Fa/KodWaluty'),
      seller: partyOf(text, 'Podmiot1'),
      buyer: partyOf(text, 'Podmiot2'),
      payment: {
        iban: account && (/^\d{26}$/.test(account) ? `PL${account}` : account),
        splitPayment: text('Fa/Adnotacje/P_18A') === '1',
      },
      references: {
        corrected: text('Fa/DaneFaKorygowanej/NrFaKorygowanej'),
        order: text('Fa/WarunkiTransakcji/Zamowienia/NrZamowienia'),
      },
    });
    expect(invoice?.kind).toBe(kindOf(text('Fa/RodzajFaktury') ?? ''));
    expect(cents(invoice?.totals.gross)).toBe(cents(text('Fa/P_15')));
    expect(cents(invoice?.totals.payable)).toBe(cents(text('Fa/Rozliczenie/DoZaplaty')));
    expect(cents(invoice?.totals.net)).toBe(sumOf('P_13_'));
    expect(cents(invoice?.totals.vat)).toBe(sumOf('P_14_'));
    const lines = all('Fa/FaWiersz').map((line) => ({
      name: text('P_7', line),
      unit: text('P_8A', line),
      quantity: number(text('P_8B', line)),
      unitPrice: number(text('P_9A', line)),
      net: number(text('P_11', line)),
      gross: number(text('P_11A', line)),
      vatRate: text('P_12', line) ?? text('P_12_XII', line),
    }));
    expect(
      invoice?.lines.map(({ name: article, unit, quantity, unitPrice, net, gross, vatRate }) => ({
        name: article,
        unit,
        quantity: number(quantity),
        unitPrice: number(unitPrice),
        net: number(net),
        gross: number(gross),
        vatRate,
      })),
    ).toEqual(lines);
  });

  it.each(names)('%s: each reading holds what stands at its own path', (name) => {
    const bytes = readFileSync(corpus(folder, name));
    const invoice = readXml(bytes, name)?.invoice;
    using document = XmlDocument.fromBuffer(bytes);
    const { text } = xpathOf(document);
    const values = new Map(Object.entries(invoice?.fields ?? {}));
    expect(values.size).toBeGreaterThanOrEqual(8);
    for (const [field, { source }] of values) {
      const path = source && 'xml' in source ? source.xml : '';
      if (path.includes('*')) continue;
      const printed = text(path);
      expect(printed, `${field} at ${path}`).toBeDefined();
      const value: unknown = field
        .split('.')
        .reduce<unknown>((of, key) => (of as Record<string, unknown>)[key], invoice);
      if (typeof value !== 'string') continue;
      const compact = (one: string) => one.replaceAll(/[\s-]/g, '');
      const same = compact(value).endsWith(compact(printed ?? '?')) || Number(value) === Number(printed);
      expect(same, `${field}: "${value}" is not "${printed}" at ${path}`).toBe(true);
    }
  });
});

const number = (text: string | undefined): number | undefined => (text === undefined ? undefined : Number(text));

function partyOf(text: (path: string) => string | undefined, element: string): Record<string, string | undefined> {
  const id = (name: string) => text(`${element}/DaneIdentyfikacyjne/${name}`);
  const european = id('NrVatUE') && `${id('KodUE') ?? ''}${id('NrVatUE')}`;
  const rows = [text(`${element}/Adres/AdresL1`), text(`${element}/Adres/AdresL2`)].filter(Boolean);
  return {
    name: id('Nazwa'),
    vatId: id('NIP') ?? european ?? id('NrID'),
    country: text(`${element}/Adres/KodKraju`),
    address: rows.length > 0 ? rows.join(', ') : undefined,
    email: text(`${element}/DaneKontaktowe/Email`),
  };
}

/** TRodzajFaktury: corrections begin with KOR, advances are ZAL. */
function kindOf(code: string): string {
  if (code.startsWith('KOR')) return 'correction';
  return code === 'ZAL' ? 'advance' : 'invoice';
}
