import { describe, expect, it } from 'vitest';
import { checkInvoice } from '../checks/check.ts';
import { readXml } from './read.ts';

const cii = (type: string, gross: string): string => {
  const sign = gross.startsWith('-') ? '-' : '';
  return `<CrossIndustryInvoice><ExchangedDocument><ID>CN-7</ID><TypeCode>${type}</TypeCode></ExchangedDocument>
    <SupplyChainTradeTransaction><ApplicableHeaderTradeSettlement>
    <ApplicableTradeTax><CalculatedAmount>${sign}19.00</CalculatedAmount><BasisAmount>${sign}100.00</BasisAmount>
    <RateApplicablePercent>19</RateApplicablePercent></ApplicableTradeTax>
    <SpecifiedTradeSettlementHeaderMonetarySummation><TaxBasisTotalAmount>${sign}100.00</TaxBasisTotalAmount>
    <TaxTotalAmount>${sign}19.00</TaxTotalAmount><GrandTotalAmount>${gross}</GrandTotalAmount>
    </SpecifiedTradeSettlementHeaderMonetarySummation></ApplicableHeaderTradeSettlement></SupplyChainTradeTransaction></CrossIndustryInvoice>`;
};

const read = (xml: string) => readXml(Uint8Array.from(Buffer.from(xml)), 'x.xml')?.invoice;

describe('e-invoices that correct others', () => {
  it('should name what a KSeF correction corrects, by number and KSeF number, with the change as its totals', () => {
    const invoice = read(`<Faktura xmlns="http://crd.gov.pl/wzor/2025/06/25/13775/"><Fa><KodWaluty>PLN</KodWaluty>
      <P_1>2026-05-04</P_1><P_2>KOR/3/2026</P_2><P_13_1>-200.00</P_13_1><P_14_1>-46.00</P_14_1><P_15>-246.00</P_15>
      <RodzajFaktury>KOR</RodzajFaktury><DaneFaKorygowanej><DataWystFaKorygowanej>2026-03-04</DataWystFaKorygowanej>
      <NrFaKorygowanej>FV/120/2026</NrFaKorygowanej><NrKSeF>1</NrKSeF>
      <NrKSeFFaKorygowanej>5260001246-20260304-0A1B2C3D4E5F-46</NrKSeFFaKorygowanej></DaneFaKorygowanej>
      <FaWiersz><NrWierszaFa>1</NrWierszaFa><P_8B>10</P_8B><P_9A>100</P_9A><P_11>1000</P_11><StanPrzed>1</StanPrzed></FaWiersz>
      <FaWiersz><NrWierszaFa>1</NrWierszaFa><P_8B>8</P_8B><P_9A>100</P_9A><P_11>800</P_11></FaWiersz></Fa></Faktura>`);
    expect(invoice).toMatchObject({
      kind: 'correction',
      references: { corrected: 'FV/120/2026', correctedKsefNumber: '5260001246-20260304-0A1B2C3D4E5F-46' },
      totals: { net: '-200.00', vat: '-46.00', gross: '-246.00' },
    });
  });

  it.each([
    [
      'UBL CreditNote',
      `<CreditNote xmlns="urn:oasis:names:specification:ubl:schema:xsd:CreditNote-2"><ID>CN-7</ID>
        <BillingReference><InvoiceDocumentReference><ID>INV-6</ID></InvoiceDocumentReference></BillingReference>
        <LegalMonetaryTotal><TaxInclusiveAmount>119.00</TaxInclusiveAmount></LegalMonetaryTotal></CreditNote>`,
    ],
    [
      'CII type 381',
      `<CrossIndustryInvoice><ExchangedDocument><ID>CN-7</ID><TypeCode>381</TypeCode></ExchangedDocument>
        <SupplyChainTradeTransaction><ApplicableHeaderTradeSettlement>
        <SpecifiedTradeSettlementHeaderMonetarySummation><GrandTotalAmount>119.00</GrandTotalAmount></SpecifiedTradeSettlementHeaderMonetarySummation>
        <InvoiceReferencedDocument><IssuerAssignedID>INV-6</IssuerAssignedID></InvoiceReferencedDocument>
        </ApplicableHeaderTradeSettlement></SupplyChainTradeTransaction></CrossIndustryInvoice>`,
    ],
  ])('should read a %s, whose type says that it lowers the debt, with a minus', (_, xml) => {
    const invoice = read(xml);
    expect(invoice).toMatchObject({
      kind: 'credit-note',
      number: 'CN-7',
      references: { corrected: 'INV-6' },
      totals: { gross: '-119.00' },
    });
    const rules = invoice && checkInvoice(invoice, { today: '2026-05-04' }).map((finding) => finding.rule);
    expect(rules).not.toContain('credit.positive');
  });

  it.each(['81', '83', '261', '262', '308', '381', '396', '420', '458', '532'])(
    'should read type %s as a credit note, with the signs of its lines and rates',
    (type) => {
      expect(read(cii(type, '119.00'))).toMatchObject({
        kind: 'credit-note',
        totals: { net: '-100.00', vat: '-19.00', gross: '-119.00' },
        vatBreakdown: [{ net: '-100.00', vat: '-19.00' }],
      });
    },
  );

  it('should leave the signs of what is no credit note, and of a credit note that carries its minus', () => {
    expect(read(cii('380', '119.00'))?.totals.gross).toBe('119.00');
    expect(read(cii('381', '-119.00'))?.totals.gross).toBe('-119.00');
  });
});
