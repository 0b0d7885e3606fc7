import { XMLBuilder } from 'fast-xml-parser';
import { BUYER, type Company } from './companies.ts';
import type { DemoInvoice, DemoLine } from './model.ts';

/** UNTDID 1001: commercial invoice. UNTDID 4461: SEPA credit transfer. UN/ECE Rec 20 codes of the units used here. */
const COMMERCIAL_INVOICE = '380';
const SEPA_TRANSFER = '58';
const UNIT_CODE: Record<string, string> = { seat: 'C62', month: 'MON', day: 'DAY' };

/** VAT category AE: the buyer owes the tax (reverse charge, art. 196 of Directive 2006/112/EC). */
const REVERSE_CHARGE = { category: 'AE', reason: 'Reverse charge', reasonCode: 'VATEX-EU-AE' };

/** A cross-border invoice under reverse charge in UN/CEFACT CII D16B, EN 16931 profile of Factur-X 1.0. */
export function ciiXml(invoice: DemoInvoice): string {
  const builder = new XMLBuilder({ ignoreAttributes: false, format: true });
  const body: string = builder.build({
    'rsm:CrossIndustryInvoice': {
      '@_xmlns:rsm': 'urn:un:unece:uncefact:data:standard:CrossIndustryInvoice:100',
      '@_xmlns:ram': 'urn:un:unece:uncefact:data:standard:ReusableAggregateBusinessInformationEntity:100',
      '@_xmlns:udt': 'urn:un:unece:uncefact:data:standard:UnqualifiedDataType:100',
      'rsm:ExchangedDocumentContext': {
        'ram:GuidelineSpecifiedDocumentContextParameter': { 'ram:ID': 'urn:cen.eu:en16931:2017' },
      },
      'rsm:ExchangedDocument': {
        'ram:ID': invoice.number,
        'ram:TypeCode': COMMERCIAL_INVOICE,
        'ram:IssueDateTime': dateTime(invoice.issueDate),
      },
      'rsm:SupplyChainTradeTransaction': {
        'ram:IncludedSupplyChainTradeLineItem': invoice.lines.map(lineItem),
        'ram:ApplicableHeaderTradeAgreement': {
          'ram:SellerTradeParty': party(invoice.seller),
          'ram:BuyerTradeParty': party(BUYER),
        },
        'ram:ApplicableHeaderTradeDelivery': {
          'ram:ActualDeliverySupplyChainEvent': { 'ram:OccurrenceDateTime': dateTime(invoice.saleDate) },
        },
        'ram:ApplicableHeaderTradeSettlement': settlement(invoice),
      },
    },
  });
  return `<?xml version="1.0" encoding="UTF-8"?>\n${body}`;
}

function lineItem(line: DemoLine, index: number) {
  const unitCode = UNIT_CODE[line.unit] ?? 'C62';
  return {
    'ram:AssociatedDocumentLineDocument': { 'ram:LineID': index + 1 },
    'ram:SpecifiedTradeProduct': { 'ram:Name': line.name },
    'ram:SpecifiedLineTradeAgreement': { 'ram:NetPriceProductTradePrice': { 'ram:ChargeAmount': line.unitPrice } },
    'ram:SpecifiedLineTradeDelivery': { 'ram:BilledQuantity': { '@_unitCode': unitCode, '#text': line.quantity } },
    'ram:SpecifiedLineTradeSettlement': {
      'ram:ApplicableTradeTax': {
        'ram:TypeCode': 'VAT',
        'ram:CategoryCode': REVERSE_CHARGE.category,
        'ram:RateApplicablePercent': line.rate,
      },
      'ram:SpecifiedTradeSettlementLineMonetarySummation': { 'ram:LineTotalAmount': line.amount },
    },
  };
}

function settlement(invoice: DemoInvoice) {
  return {
    'ram:PaymentReference': invoice.number,
    'ram:InvoiceCurrencyCode': invoice.currency,
    'ram:SpecifiedTradeSettlementPaymentMeans': {
      'ram:TypeCode': SEPA_TRANSFER,
      'ram:PayeePartyCreditorFinancialAccount': { 'ram:IBANID': invoice.seller.iban },
    },
    'ram:ApplicableTradeTax': invoice.breakdown.map((row) => ({
      'ram:CalculatedAmount': row.vat,
      'ram:TypeCode': 'VAT',
      'ram:ExemptionReason': REVERSE_CHARGE.reason,
      'ram:BasisAmount': row.net,
      'ram:CategoryCode': REVERSE_CHARGE.category,
      'ram:ExemptionReasonCode': REVERSE_CHARGE.reasonCode,
      'ram:RateApplicablePercent': row.rate,
    })),
    'ram:SpecifiedTradePaymentTerms': { 'ram:DueDateDateTime': dateTime(invoice.dueDate) },
    'ram:SpecifiedTradeSettlementHeaderMonetarySummation': {
      'ram:LineTotalAmount': invoice.net,
      'ram:TaxBasisTotalAmount': invoice.net,
      'ram:TaxTotalAmount': { '@_currencyID': invoice.currency, '#text': invoice.vat },
      'ram:GrandTotalAmount': invoice.gross,
      'ram:DuePayableAmount': invoice.gross,
    },
  };
}

function party(company: Company) {
  const vatId = /^[A-Z]{2}/.test(company.vatId) ? company.vatId : company.country + company.vatId;
  return {
    'ram:Name': company.name,
    'ram:PostalTradeAddress': {
      'ram:PostcodeCode': company.postCode,
      'ram:LineOne': company.street,
      'ram:CityName': company.city,
      'ram:CountryID': company.country,
    },
    'ram:URIUniversalCommunication': { 'ram:URIID': { '@_schemeID': 'EM', '#text': company.email } },
    ...(company.vatId !== '' && {
      'ram:SpecifiedTaxRegistration': { 'ram:ID': { '@_schemeID': 'VA', '#text': vatId } },
    }),
  };
}

/** Format 102 of UNTDID 2379: CCYYMMDD. */
function dateTime(iso: string) {
  return { 'udt:DateTimeString': { '@_format': '102', '#text': iso.replaceAll('-', '') } };
}
