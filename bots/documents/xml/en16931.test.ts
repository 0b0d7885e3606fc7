import { describe, expect, it } from 'vitest';
import { readXml } from './read.ts';

/** A credit note as Peppol BIS Billing 3 has it: two rates, an allowance, a part paid in advance. */
const UBL = `<?xml version="1.0" encoding="UTF-8"?>
<CreditNote xmlns="urn:oasis:names:specification:ubl:schema:xsd:CreditNote-2"
  xmlns:cac="urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2"
  xmlns:cbc="urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2">
  <cbc:CustomizationID>urn:cen.eu:en16931:2017#compliant#urn:fdc:peppol.eu:2017:poacc:billing:3.0</cbc:CustomizationID>
  <cbc:ID>CN-7</cbc:ID><cbc:IssueDate>2026-05-04</cbc:IssueDate><cbc:CreditNoteTypeCode>381</cbc:CreditNoteTypeCode>
  <cbc:DocumentCurrencyCode>EUR</cbc:DocumentCurrencyCode><cbc:BuyerReference>Dept 9</cbc:BuyerReference>
  <cac:InvoicePeriod><cbc:StartDate>2026-04-01</cbc:StartDate><cbc:EndDate>2026-04-30</cbc:EndDate></cac:InvoicePeriod>
  <cac:BillingReference><cac:InvoiceDocumentReference><cbc:ID>INV-3</cbc:ID></cac:InvoiceDocumentReference></cac:BillingReference>
  <cac:AccountingSupplierParty><cac:Party><cac:PostalAddress><cac:Country><cbc:IdentificationCode>DE</cbc:IdentificationCode></cac:Country></cac:PostalAddress>
    <cac:PartyTaxScheme><cbc:CompanyID>DE136695976</cbc:CompanyID><cac:TaxScheme><cbc:ID>VAT</cbc:ID></cac:TaxScheme></cac:PartyTaxScheme>
    <cac:PartyLegalEntity><cbc:RegistrationName>Werk Nord GmbH</cbc:RegistrationName></cac:PartyLegalEntity></cac:Party></cac:AccountingSupplierParty>
  <cac:AccountingCustomerParty><cac:Party><cac:PostalAddress><cac:Country><cbc:IdentificationCode>PL</cbc:IdentificationCode></cac:Country></cac:PostalAddress>
    <cac:PartyLegalEntity><cbc:RegistrationName>Huta S.A.</cbc:RegistrationName></cac:PartyLegalEntity></cac:Party></cac:AccountingCustomerParty>
  <cac:PaymentTerms><cbc:Note>14 days</cbc:Note></cac:PaymentTerms>
  <cac:AllowanceCharge><cbc:ChargeIndicator>false</cbc:ChargeIndicator><cbc:Amount>10.00</cbc:Amount>
    <cac:TaxCategory><cbc:ID>S</cbc:ID><cbc:Percent>19</cbc:Percent></cac:TaxCategory></cac:AllowanceCharge>
  <cac:TaxTotal><cbc:TaxAmount currencyID="EUR">20.60</cbc:TaxAmount>
    <cac:TaxSubtotal><cbc:TaxableAmount>90.00</cbc:TaxableAmount><cbc:TaxAmount>17.10</cbc:TaxAmount><cac:TaxCategory><cbc:ID>S</cbc:ID><cbc:Percent>19</cbc:Percent></cac:TaxCategory></cac:TaxSubtotal>
    <cac:TaxSubtotal><cbc:TaxableAmount>50.00</cbc:TaxableAmount><cbc:TaxAmount>3.50</cbc:TaxAmount><cac:TaxCategory><cbc:ID>S</cbc:ID><cbc:Percent>7</cbc:Percent></cac:TaxCategory></cac:TaxSubtotal></cac:TaxTotal>
  <cac:LegalMonetaryTotal><cbc:LineExtensionAmount>150.00</cbc:LineExtensionAmount><cbc:TaxExclusiveAmount>140.00</cbc:TaxExclusiveAmount>
    <cbc:TaxInclusiveAmount>160.60</cbc:TaxInclusiveAmount><cbc:AllowanceTotalAmount>10.00</cbc:AllowanceTotalAmount>
    <cbc:PrepaidAmount>60.00</cbc:PrepaidAmount><cbc:PayableAmount>100.60</cbc:PayableAmount></cac:LegalMonetaryTotal>
  <cac:CreditNoteLine><cbc:ID>1</cbc:ID><cbc:CreditedQuantity unitCode="C62">2</cbc:CreditedQuantity><cbc:LineExtensionAmount>100.00</cbc:LineExtensionAmount>
    <cac:Item><cbc:Name>Rad</cbc:Name><cac:ClassifiedTaxCategory><cbc:ID>S</cbc:ID><cbc:Percent>19</cbc:Percent></cac:ClassifiedTaxCategory></cac:Item><cac:Price><cbc:PriceAmount>50</cbc:PriceAmount></cac:Price></cac:CreditNoteLine>
  <cac:CreditNoteLine><cbc:ID>2</cbc:ID><cbc:CreditedQuantity unitCode="C62">1</cbc:CreditedQuantity><cbc:LineExtensionAmount>50.00</cbc:LineExtensionAmount>
    <cac:Item><cbc:Name>Buch</cbc:Name><cac:ClassifiedTaxCategory><cbc:ID>S</cbc:ID><cbc:Percent>7</cbc:Percent></cac:ClassifiedTaxCategory></cac:Item><cac:Price><cbc:PriceAmount>50</cbc:PriceAmount></cac:Price></cac:CreditNoteLine>
</CreditNote>`;

const rulesOf = (xml: string) => {
  const found = readXml(Uint8Array.from(Buffer.from(xml)), 'ubl.xml')?.findings ?? [];
  return found.map(({ values, blocking }) => `${values['rule']}${blocking ? '' : ' (note)'}`);
};
const change = (from: string, to: string) => UBL.replace(from, to);

describe('EN 16931 on UBL', () => {
  it('passes a credit note that keeps the rules, and reads its references', () => {
    expect(rulesOf(UBL)).toEqual([]);
    expect(readXml(Uint8Array.from(Buffer.from(UBL)), 'ubl.xml')?.invoice).toMatchObject({
      kind: 'credit-note',
      references: { corrected: 'INV-3', buyer: 'Dept 9' },
      period: { from: '2026-04-01', to: '2026-04-30' },
    });
  });

  it.each([
    ['BR-CO-10', change('<cbc:LineExtensionAmount>50.00', '<cbc:LineExtensionAmount>55.00')],
    ['BR-CO-11', change('<cbc:AllowanceTotalAmount>10.00', '<cbc:AllowanceTotalAmount>20.00')],
    ['BR-CO-13', change('<cbc:TaxExclusiveAmount>140.00', '<cbc:TaxExclusiveAmount>150.00')],
    ['BR-CO-14', change('currencyID="EUR">20.60', 'currencyID="EUR">26.60')],
    ['BR-CO-15', change('<cbc:TaxInclusiveAmount>160.60', '<cbc:TaxInclusiveAmount>190.60')],
    ['BR-CO-16', change('<cbc:PayableAmount>100.60', '<cbc:PayableAmount>160.60')],
    ['BR-CO-17', change('<cbc:TaxAmount>17.10', '<cbc:TaxAmount>27.10')],
    ['BR-S-08', change('<cbc:TaxableAmount>50.00', '<cbc:TaxableAmount>80.00')],
    ['BR-27', change('<cbc:PriceAmount>50<', '<cbc:PriceAmount>-50<')],
    ['BR-AE-09', change('<cbc:ID>S</cbc:ID><cbc:Percent>7', '<cbc:ID>AE</cbc:ID><cbc:Percent>0')],
    ['BR-AE-10', change('<cbc:ID>S</cbc:ID><cbc:Percent>7', '<cbc:ID>AE</cbc:ID><cbc:Percent>0')],
    ['BR-02 (note)', change('<cbc:ID>CN-7</cbc:ID>', '')],
    ['BR-23 (note)', change(' unitCode="C62"', '')],
    ['BR-CO-25 (note)', change('<cac:PaymentTerms><cbc:Note>14 days</cbc:Note></cac:PaymentTerms>', '')],
  ])('finds what breaks %s', (rule, xml) => expect(rulesOf(xml)).toContain(rule));
});
