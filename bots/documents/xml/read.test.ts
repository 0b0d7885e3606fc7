import { describe, expect, it } from 'vitest';
import { ProblemError } from '../../../core/model/problem.ts';
import { checkInvoice } from '../checks/check.ts';
import { readXml } from './read.ts';

const bytes = (text: string, encoding: BufferEncoding = 'utf8') => Uint8Array.from(Buffer.from(text, encoding));

const fa = (change: (xml: string) => string = (xml) => xml) =>
  change(`<?xml version="1.0" encoding="UTF-8"?>
<Faktura xmlns="http://crd.gov.pl/wzor/2025/06/25/13775/">
  <Naglowek><DataWytworzeniaFa>2026-05-04T10:00:00Z</DataWytworzeniaFa></Naglowek>
  <Podmiot1><DaneIdentyfikacyjne><NIP>5260001246</NIP><Nazwa>Drukarnia &amp; Syn</Nazwa></DaneIdentyfikacyjne>
    <Adres><KodKraju>PL</KodKraju><AdresL1>ul. Długa 1</AdresL1><AdresL2>00-001 Warszawa</AdresL2></Adres></Podmiot1>
  <Podmiot2><DaneIdentyfikacyjne><NIP>7740001454</NIP><Nazwa>Odbiorca S.A.</Nazwa></DaneIdentyfikacyjne>
    <JST>2</JST><GV>2</GV></Podmiot2>
  <Fa><KodWaluty>PLN</KodWaluty><P_1>2026-05-04</P_1><P_2>FV/1/05/2026</P_2><P_6>2026-05-02</P_6>
    <P_13_1>100.00</P_13_1><P_14_1>23.00</P_14_1><P_13_7>10</P_13_7><P_15>133</P_15>
    <Adnotacje><P_16>2</P_16><P_17>2</P_17><P_18>2</P_18><P_18A>1</P_18A>
      <Zwolnienie><P_19N>1</P_19N></Zwolnienie><NoweSrodkiTransportu><P_22N>1</P_22N></NoweSrodkiTransportu>
      <P_23>2</P_23><PMarzy><P_PMarzyN>1</P_PMarzyN></PMarzy></Adnotacje>
    <RodzajFaktury>VAT</RodzajFaktury>
    <FaWiersz><NrWierszaFa>1</NrWierszaFa><P_7>Ulotki</P_7><P_8B>10</P_8B><P_9A>10</P_9A><P_11>100</P_11><P_12>23</P_12></FaWiersz>
    <Platnosc><TerminPlatnosci><Termin>2026-05-18</Termin></TerminPlatnosci><FormaPlatnosci>6</FormaPlatnosci>
      <RachunekBankowy><NrRB>61109010140000071219812874</NrRB></RachunekBankowy></Platnosc>
  </Fa>
</Faktura>`);

describe('readXml: KSeF', () => {
  it('reads every field of an FA(3)', () => {
    const reading = readXml(bytes(fa()), 'fa.xml');
    expect(reading?.syntax).toBe('ksef');
    expect(reading?.findings).toEqual([]);
    expect(reading?.invoice).toMatchObject({
      number: 'FV/1/05/2026',
      issueDate: '2026-05-04',
      saleDate: '2026-05-02',
      dueDate: '2026-05-18',
      currency: 'PLN',
      seller: { name: 'Drukarnia & Syn', vatId: '5260001246', address: 'ul. Długa 1, 00-001 Warszawa', country: 'PL' },
      buyer: { name: 'Odbiorca S.A.', vatId: '7740001454' },
      totals: { net: '110.00', vat: '23.00', gross: '133.00' },
      payment: { iban: 'PL61109010140000071219812874', method: 'przelew', splitPayment: true },
      vatBreakdown: [
        { rate: '23', net: '100.00', vat: '23.00' },
        { rate: 'zw', net: '10.00', vat: '0.00' },
      ],
    });
    expect(reading?.invoice.fields['number']).toEqual({ confidence: 1, source: { xml: 'Fa/P_2' } });
  });

  it.each([
    ['P_15', (xml: string) => xml.replace('<P_15>133</P_15>', '')],
    ['P_1', (xml: string) => xml.replace('2026-05-04</P_1>', '04.05.2026</P_1>')],
    ['P_13_1', (xml: string) => xml.replace('100.00</P_13_1>', '100.001</P_13_1>')],
    ['P_14_1', (xml: string) => xml.replace('23.00</P_14_1>', '23,00</P_14_1>')],
    ['KodKraju', (xml: string) => xml.replace('>PL</KodKraju>', '>XX</KodKraju>')],
    ['Nazwa', (xml: string) => xml.replace('Nazwa>Drukarnia &amp; Syn</Nazwa', 'Nazw>Drukarnia</Nazw')],
    ['NrRB', (xml: string) => xml.replace(/<NrRB>\d{26}/, '<NrRB>123456789')],
    ['Zwolnienie', (xml: string) => xml.replace('<P_19N>1', '<P_19>1</P_19><P_19N>1')],
    ['P_1', (xml: string) => xml.replace(/(<P_1>.*<\/P_1>)(<P_2>.*?<\/P_2>)/, '$2$1')],
  ])('names %s where it breaks the structure', (element, change) => {
    const findings = readXml(bytes(fa(change)), 'fa.xml')?.findings ?? [];
    expect(findings).toContainEqual(expect.objectContaining({ rule: 'ksef.schema', blocking: true, field: element }));
  });

  it.each([
    ['JST', (xml: string) => xml.replace('<JST>2', '<JST>1')],
    ['P_14_1', (xml: string) => xml.replace('>PLN<', '>EUR<')],
    ['P_8B', (xml: string) => xml.replace('<P_8B>10', '<P_8B>-10')],
    ['Termin', (xml: string) => xml.replace('<Termin>2026-05-18', '<Termin>2026-05-03')],
  ])('names %s where the schema lets pass what law or brochure forbid', (element, change) => {
    const findings = readXml(bytes(fa(change)), 'fa.xml')?.findings ?? [];
    expect(findings).toMatchObject([{ rule: 'ksef.rule', blocking: true, field: element }]);
  });

  it('only remarks on returned packaging: a negative quantity with a negative value', () => {
    const back =
      '<FaWiersz><NrWierszaFa>2</NrWierszaFa><P_7>Zwrot palet</P_7><P_8B>-2</P_8B><P_9A>10</P_9A><P_11>-20</P_11></FaWiersz>';
    const findings = readXml(bytes(fa((xml) => xml.replace('<Platnosc>', `${back}<Platnosc>`))), 'fa.xml')?.findings;
    expect(findings).toMatchObject([{ rule: 'ksef.rule', blocking: false, field: 'P_8B' }]);
  });

  it('says nothing of a negative quantity in a correction', () => {
    const correction = fa((xml) => xml.replace('>VAT</R', '>KOR</R').replace('<P_8B>10', '<P_8B>-10'));
    expect(readXml(bytes(correction), 'fa.xml')?.findings).toEqual([]);
  });

  it('lets an account of 25 digits be judged by the rules of accounts, not by the structure', () => {
    const reading = readXml(bytes(fa((xml) => xml.replace('<NrRB>61', '<NrRB>6'))), 'fa.xml');
    expect(reading?.findings).toEqual([]);
    expect(reading && checkInvoice(reading.invoice, { today: '2026-06-01' })).toContainEqual(
      expect.objectContaining({ rule: 'account.nrb', blocking: true, field: 'payment.iban' }),
    );
  });
});

describe('readXml: UBL and CII', () => {
  it('reads a UBL credit note', () => {
    const space = 'urn:oasis:names:specification:ubl:schema:xsd:';
    const xml = `<CreditNote xmlns="${space}CreditNote-2" xmlns:c="${space}CommonBasicComponents-2"><c:ID>CN-7</c:ID>
      <c:IssueDate>2026-03-01</c:IssueDate><c:DocumentCurrencyCode>EUR</c:DocumentCurrencyCode>
      <LegalMonetaryTotal><TaxExclusiveAmount>10.00</TaxExclusiveAmount><TaxInclusiveAmount>11.90</TaxInclusiveAmount></LegalMonetaryTotal>
      <TaxTotal><TaxAmount currencyID="EUR">1.90</TaxAmount></TaxTotal></CreditNote>`;
    expect(readXml(bytes(xml), 'cn.xml')?.invoice).toMatchObject({
      kind: 'credit-note',
      number: 'CN-7',
      issueDate: '2026-03-01',
      totals: { net: '-10.00', vat: '-1.90', gross: '-11.90' },
    });
  });

  it('takes a country without a number for no VAT id', () => {
    const xml = (
      id: string,
    ) => `<CrossIndustryInvoice><ExchangedDocument><ID>R-1</ID><TypeCode>380</TypeCode></ExchangedDocument>
      <SupplyChainTradeTransaction><ApplicableHeaderTradeAgreement><SellerTradeParty><Name>Oakline</Name>
      <SpecifiedTaxRegistration><ID schemeID="VA">${id}</ID></SpecifiedTaxRegistration></SellerTradeParty>
      </ApplicableHeaderTradeAgreement></SupplyChainTradeTransaction></CrossIndustryInvoice>`;
    expect(readXml(bytes(xml('DE136695976')), 'c.xml')?.invoice.seller.vatId).toBe('DE136695976');
    expect(readXml(bytes(xml('US')), 'c.xml')?.invoice.seller.vatId).toBeUndefined();
  });

  it('reads ZUGFeRD 1 by its own element names', () => {
    const xml = `<CrossIndustryDocument><HeaderExchangedDocument><ID>R-1</ID><TypeCode>380</TypeCode>
      <IssueDateTime><DateTimeString format="102">20260301</DateTimeString></IssueDateTime></HeaderExchangedDocument>
      <SpecifiedSupplyChainTradeTransaction><ApplicableSupplyChainTradeSettlement><InvoiceCurrencyCode>EUR</InvoiceCurrencyCode>
      <SpecifiedTradeSettlementMonetarySummation><GrandTotalAmount>11.90</GrandTotalAmount></SpecifiedTradeSettlementMonetarySummation>
      </ApplicableSupplyChainTradeSettlement></SpecifiedSupplyChainTradeTransaction></CrossIndustryDocument>`;
    expect(readXml(bytes(xml), 'z.xml')?.invoice).toMatchObject({
      number: 'R-1',
      issueDate: '2026-03-01',
      totals: { gross: '11.90' },
    });
  });

  it('says of other XML that it is no invoice', () => {
    expect(readXml(bytes('<note><to>you</to></note>'), 'note.xml')).toBeUndefined();
  });
});

describe('readXml: what strangers send', () => {
  const refuse = (content: Uint8Array) => {
    try {
      readXml(content, 'bad.xml');
    } catch (error) {
      return error instanceof ProblemError ? error.message : String(error);
    }
    return 'was read';
  };

  it.each([
    ['a document type', '<!DOCTYPE a><a/>', 'forbidden-xml'],
    ['an external entity', '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>', 'forbidden-xml'],
    ['a billion laughs', '<!DOCTYPE a [<!ENTITY b "ha"><!ENTITY c "&b;&b;">]><a>&c;</a>', 'forbidden-xml'],
    ['an unknown entity', '<a>&unknown;</a>', 'damaged'],
    ['a tag that is not closed', '<a><b></a>', 'damaged'],
    ['nesting without end', '<a>'.repeat(60) + '</a>'.repeat(60), 'too-large'],
  ])('refuses %s', (_, text, reason) => {
    expect(refuse(bytes(text))).toContain(reason);
  });

  it('refuses bytes that are not of the declared encoding', () => {
    const latin = Buffer.concat([Buffer.from('<a>'), Buffer.from([0xb3]), Buffer.from('</a>')]);
    expect(refuse(Uint8Array.from(latin))).toContain('damaged');
  });

  it('reads UTF-16 and ISO-8859-2', () => {
    const utf16 = bytes(`\ufeff${fa((xml) => xml.replace('UTF-8', 'UTF-16'))}`, 'utf16le');
    expect(readXml(utf16, 'fa.xml')?.invoice.seller.address).toBe('ul. Długa 1, 00-001 Warszawa');
    const plain = fa((xml) => xml.replace('UTF-8', 'ISO-8859-2').replaceAll('ł', '\xb3'));
    expect(readXml(bytes(plain, 'latin1'), 'fa.xml')?.invoice.seller.address).toBe('ul. Długa 1, 00-001 Warszawa');
  });
});
