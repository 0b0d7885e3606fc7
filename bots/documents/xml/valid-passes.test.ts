import { describe, expect, it } from 'vitest';
import { checkInvoice } from '../checks/check.ts';
import { createDocumentReader } from '../reader.ts';
import { readXml } from './read.ts';

const CBC = 'xmlns="urn:oasis:names:specification:ubl:schema:xsd:Invoice-2"';

type Changes = {
  line?: string;
  document?: string;
  sums?: string;
  net?: string;
  vat?: string;
  gross?: string;
  price?: string;
};

/** A UBL invoice of one line over 100.00, with changes. */
const ubl = (changes: Changes = {}): string => {
  const {
    line = '',
    document = '',
    sums = '',
    net = '100.00',
    vat = '19.00',
    gross = '119.00',
    price = '50.00',
  } = changes;
  const party = (role: string, id: string) =>
    `<${role}><Party><PostalAddress><Country><IdentificationCode>DE</IdentificationCode></Country></PostalAddress>
    <PartyTaxScheme><CompanyID>${id}</CompanyID><TaxScheme><ID>VAT</ID></TaxScheme></PartyTaxScheme>
    <PartyLegalEntity><RegistrationName>${role} GmbH</RegistrationName></PartyLegalEntity></Party></${role}>`;
  const category = '<ID>S</ID><Percent>19</Percent><TaxScheme><ID>VAT</ID></TaxScheme>';
  return `<Invoice ${CBC}><CustomizationID>urn:cen.eu:en16931:2017</CustomizationID><ID>U-1</ID><IssueDate>2026-10-05</IssueDate>
    <DueDate>2026-11-04</DueDate><InvoiceTypeCode>380</InvoiceTypeCode><DocumentCurrencyCode>EUR</DocumentCurrencyCode>
    ${party('AccountingSupplierParty', 'DE123456788')}${party('AccountingCustomerParty', 'DE811569869')}${document}
    <TaxTotal><TaxAmount currencyID="EUR">${vat}</TaxAmount><TaxSubtotal><TaxableAmount>${net}</TaxableAmount>
    <TaxAmount>${vat}</TaxAmount><TaxCategory>${category}</TaxCategory></TaxSubtotal></TaxTotal>
    <LegalMonetaryTotal><LineExtensionAmount>100.00</LineExtensionAmount><TaxExclusiveAmount>${net}</TaxExclusiveAmount>
    <TaxInclusiveAmount>${gross}</TaxInclusiveAmount>${sums || `<PayableAmount>${gross}</PayableAmount>`}</LegalMonetaryTotal>
    <InvoiceLine><ID>1</ID><InvoicedQuantity unitCode="C62">2</InvoicedQuantity><LineExtensionAmount>100.00</LineExtensionAmount>
    ${line}<Item><Name>Ware</Name><ClassifiedTaxCategory>${category}</ClassifiedTaxCategory></Item>
    <Price><PriceAmount>${price}</PriceAmount></Price></InvoiceLine></Invoice>`;
};

const charge = (amount: string, category = ''): string =>
  `<AllowanceCharge><ChargeIndicator>true</ChargeIndicator><Amount>${amount}</Amount>${category}</AllowanceCharge>`;
const TAXED = '<TaxCategory><ID>S</ID><Percent>19</Percent></TaxCategory>';

function judged(xml: string) {
  const reading = readXml(Buffer.from(xml), 'x.xml');
  if (!reading) throw new Error('no e-invoice');
  const findings = [...reading.findings, ...checkInvoice(reading.invoice, { today: '2026-10-06' })];
  return { invoice: reading.invoice, blocking: findings.filter((one) => one.blocking).map((one) => one.rule) };
}

describe('valid e-invoices', () => {
  it('should pass plain, and be stopped where they do not add up', () => {
    expect(judged(ubl()).blocking).toEqual([]);
    expect(judged(ubl({ net: '110.00' })).blocking).not.toEqual([]);
  });

  it('should pass with a charge on the document', () => {
    const sums = '<ChargeTotalAmount>10.00</ChargeTotalAmount><PayableAmount>130.90</PayableAmount>';
    const { invoice, blocking } = judged(
      ubl({ document: charge('10.00', TAXED), sums, net: '110.00', vat: '20.90', gross: '130.90' }),
    );
    expect(blocking).toEqual([]);
    expect(invoice.totals.charges).toBe('10.00');
  });

  it('should pass with a charge on a line, and be stopped with a line that no charge explains', () => {
    expect(judged(ubl({ line: charge('20.00'), price: '40.00' })).blocking).toEqual([]);
    expect(judged(ubl({ price: '40.00' })).blocking).toEqual(['arithmetic.line']);
  });

  it('should pass with any number of decimals', () => {
    const { invoice, blocking } = judged(ubl({ net: '100.000000000000000000', price: '50.00000000000000000000000' }));
    expect(blocking).toEqual([]);
    expect(invoice.totals.net).toBe('100.00');
  });

  it('should keep the category of VAT, and say that the invoice is paid', () => {
    const { invoice } = judged(
      ubl({ sums: '<PrepaidAmount>119.00</PrepaidAmount><PayableAmount>0.00</PayableAmount>' }),
    );
    expect(invoice.vatBreakdown).toMatchObject([{ rate: '19', category: 'S' }]);
    expect(invoice).toMatchObject({ totals: { prepaid: '119.00' }, payment: { paid: true } });
    expect(judged(ubl()).invoice.payment.paid).toBeUndefined();
  });

  it('should be found in the envelope of Peppol', () => {
    const xml = `<StandardBusinessDocument xmlns="http://www.unece.org/cefact/namespaces/StandardBusinessDocumentHeader">
      <StandardBusinessDocumentHeader/>${ubl()}</StandardBusinessDocument>`;
    expect(judged(xml).invoice.number).toBe('U-1');
  });

  it('should give the first instalment that is due', () => {
    const terms = ['2026-12-19', '2026-10-19', '2026-11-19'].map(
      (day) => `<TerminPlatnosci><Termin>${day}</Termin></TerminPlatnosci>`,
    );
    const xml = `<Faktura xmlns="http://crd.gov.pl/wzor/2025/06/25/13775/"><Fa><P_2>FV/9</P_2><Platnosc>${terms.join('')}</Platnosc></Fa></Faktura>`;
    expect(judged(xml).invoice.dueDate).toBe('2026-10-19');
  });
});

describe('e-invoices of Factur-X', () => {
  const cii = (profile: string, settlement: string, sums: string): string =>
    `<CrossIndustryInvoice><ExchangedDocumentContext><GuidelineSpecifiedDocumentContextParameter><ID>urn:factur-x.eu:1p0:${profile}</ID>
    </GuidelineSpecifiedDocumentContextParameter></ExchangedDocumentContext><ExchangedDocument><ID>F-1</ID><TypeCode>380</TypeCode></ExchangedDocument>
    <SupplyChainTradeTransaction><ApplicableHeaderTradeSettlement><InvoiceCurrencyCode>EUR</InvoiceCurrencyCode>${settlement}
    <SpecifiedTradeSettlementHeaderMonetarySummation>${sums}</SpecifiedTradeSettlementHeaderMonetarySummation>
    </ApplicableHeaderTradeSettlement></SupplyChainTradeTransaction></CrossIndustryInvoice>`;
  const rules = (xml: string): string[] =>
    (readXml(Buffer.from(xml), 'x.xml')?.findings ?? [])
      .filter((one) => one.blocking)
      .map((one) => one.values['rule'] ?? '');

  it('should count what freight is charged in the EXTENDED profile', () => {
    const freight = `<SpecifiedLogisticsServiceCharge><AppliedAmount>5.80</AppliedAmount></SpecifiedLogisticsServiceCharge>`;
    const sums = (charges: string) =>
      `<LineTotalAmount>100.00</LineTotalAmount><ChargeTotalAmount>${charges}</ChargeTotalAmount>`;
    expect(rules(cii('extended', freight, sums('5.80')))).not.toContain('BR-CO-12');
    expect(rules(cii('extended', freight, sums('6.80')))).toContain('BR-CO-12');
  });

  it('should not ask MINIMUM for what was paid before', () => {
    const sums =
      '<TaxBasisTotalAmount>100.00</TaxBasisTotalAmount><TaxTotalAmount currencyID="EUR">20.00</TaxTotalAmount><GrandTotalAmount>120.00</GrandTotalAmount><DuePayableAmount>20.00</DuePayableAmount>';
    expect(rules(cii('minimum', '', sums))).toEqual([]);
    expect(rules(cii('basic', '', sums))).toContain('BR-CO-16');
  });
});

describe('e-invoices of kinds that are not read', () => {
  const reader = createDocumentReader();

  it.each([
    [
      'FatturaPA',
      '<p:FatturaElettronica xmlns:p="http://ivaservizi.agenziaentrate.gov.it/docs/xsd/fatture/v1.2" versione="FPR12"/>',
    ],
    ['ISDOC', '<Invoice xmlns="http://isdoc.cz/namespace/2013" version="6.0.1"/>'],
    ['Facturae', '<fe:Facturae xmlns:fe="http://www.facturae.gob.es/formato/Versiones/Facturaev3_2_2.xml"/>'],
    ['NAV', '<InvoiceData xmlns="http://schemas.nav.gov.hu/OSA/3.0/data"/>'],
    ['FA_RR', '<Faktura xmlns="http://crd.gov.pl/wzor/2026/03/06/14189/"><FakturaRR/></Faktura>'],
  ])('should be named and left to a person: %s', async (name, xml) => {
    const read = reader.read({ name: 'x.xml', mediaType: 'text/xml', bytes: Buffer.from(xml) });
    await expect(read).rejects.toThrow(new RegExp(`format that is not supported: .*${name}`));
  });

  it('should not be seen in any other XML', async () => {
    const read = reader.read({ name: 'x.xml', mediaType: 'text/xml', bytes: Buffer.from('<Orders><Order/></Orders>') });
    expect((await read).kind).toBe('other');
  });
});
