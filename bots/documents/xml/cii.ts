import type { Invoice, Party } from '../../../core/model/invoice.ts';
import { amountOf, compact, createDraft, dateOf, moneyOf, percent, periodOf, sumOf, type Draft } from './draft.ts';
import { asOwed } from './credit.ts';
import { allAt, at, textAt, type XmlElement } from './tree.ts';

/** Element names in which ZUGFeRD 1 (CrossIndustryDocument, D13B) and Factur-X / ZUGFeRD 2 (D16B) differ. */
type Names = {
  document: string;
  transaction: string;
  agreement: string;
  delivery: string;
  settlement: string;
  summation: string;
  line: string;
  lineAgreement: string;
  lineDelivery: string;
  lineSettlement: string;
  lineSummation: string;
  rate: string;
};

const D16B: Names = {
  document: 'ExchangedDocument',
  transaction: 'SupplyChainTradeTransaction',
  agreement: 'ApplicableHeaderTradeAgreement',
  delivery: 'ApplicableHeaderTradeDelivery',
  settlement: 'ApplicableHeaderTradeSettlement',
  summation: 'SpecifiedTradeSettlementHeaderMonetarySummation',
  line: 'IncludedSupplyChainTradeLineItem',
  lineAgreement: 'SpecifiedLineTradeAgreement',
  lineDelivery: 'SpecifiedLineTradeDelivery',
  lineSettlement: 'SpecifiedLineTradeSettlement',
  lineSummation: 'SpecifiedTradeSettlementLineMonetarySummation',
  rate: 'RateApplicablePercent',
};

const D13B: Names = {
  document: 'HeaderExchangedDocument',
  transaction: 'SpecifiedSupplyChainTradeTransaction',
  agreement: 'ApplicableSupplyChainTradeAgreement',
  delivery: 'ApplicableSupplyChainTradeDelivery',
  settlement: 'ApplicableSupplyChainTradeSettlement',
  summation: 'SpecifiedTradeSettlementMonetarySummation',
  line: 'IncludedSupplyChainTradeLineItem',
  lineAgreement: 'SpecifiedSupplyChainTradeAgreement',
  lineDelivery: 'SpecifiedSupplyChainTradeDelivery',
  lineSettlement: 'SpecifiedSupplyChainTradeSettlement',
  lineSummation: 'SpecifiedTradeSettlementMonetarySummation',
  rate: 'ApplicablePercent',
};

/** UNTDID 1001 document types that EN 16931 allows and that are no plain invoice. */
export const TYPE_CODES: Readonly<Record<string, Invoice['kind']>> = {
  '81': 'credit-note',
  '83': 'credit-note',
  '261': 'credit-note',
  '262': 'credit-note',
  '308': 'credit-note',
  '381': 'credit-note',
  '396': 'credit-note',
  '420': 'credit-note',
  '458': 'credit-note',
  '532': 'credit-note',
  '384': 'correction',
  '386': 'advance',
};

export function isCii(root: XmlElement): boolean {
  return root.name === 'CrossIndustryInvoice' || root.name === 'CrossIndustryDocument';
}

/** Reads UN/CEFACT Cross Industry Invoice: Factur-X, ZUGFeRD 1 and 2, XRechnung in CII syntax; every profile. */
export function readCii(root: XmlElement): Invoice {
  const names = root.name === 'CrossIndustryDocument' ? D13B : D16B;
  const draft = createDraft();
  const { invoice, take } = draft;
  const document = at(root, names.document);
  const transaction = at(root, names.transaction);
  const agreement = at(transaction, names.agreement);
  const settlement = at(transaction, names.settlement);
  invoice.kind = TYPE_CODES[textAt(document, 'TypeCode') ?? ''] ?? 'invoice';
  invoice.number = take('number', document, names.document, 'ID');
  invoice.issueDate = dateOf(take('issueDate', document, names.document, 'IssueDateTime/DateTimeString'));
  invoice.saleDate = dateOf(
    textAt(at(transaction, names.delivery), 'ActualDeliverySupplyChainEvent/OccurrenceDateTime/DateTimeString'),
  );
  invoice.currency = take('currency', settlement, names.settlement, 'InvoiceCurrencyCode');
  invoice.seller = readParty(draft, agreement, 'SellerTradeParty', 'seller');
  invoice.buyer = readParty(draft, agreement, 'BuyerTradeParty', 'buyer');
  invoice.lines = allAt(transaction, names.line).map((line) => readLine(line, names));
  readTotals(draft, settlement, names);
  readPayment(draft, settlement, names);
  const start = 'BillingSpecifiedPeriod';
  const day = (end: string) => `${end}DateTime/DateTimeString`;
  invoice.period = periodOf(draft, settlement, names.settlement, start, day('Start'), day('End'));
  const references = invoice.references;
  references.buyer = take('references.buyer', agreement, names.agreement, 'BuyerReference');
  references.order = textAt(agreement, 'BuyerOrderReferencedDocument/IssuerAssignedID');
  references.order ??= textAt(agreement, 'BuyerOrderReferencedDocument/ID');
  references.corrected = textAt(settlement, 'InvoiceReferencedDocument/IssuerAssignedID');
  if (Number(invoice.totals.payable) === 0 && Number(invoice.totals.prepaid ?? 0) !== 0) invoice.payment.paid = true;
  return asOwed(invoice);
}

/** VAT id (scheme VA) before the national tax number (scheme FC), as BT-31 before BT-32. */
function readParty({ note, take }: Draft, agreement: XmlElement | undefined, element: string, role: string): Party {
  const party = at(agreement, element);
  // Some programs write the country alone where there is no number.
  const registrations = allAt(party, 'SpecifiedTaxRegistration/ID').filter(
    ({ text }) => !/^\s*[A-Z]{2}\s*$/.test(text),
  );
  const vat = registrations.find((id) => id.attributes['schemeID'] === 'VA') ?? registrations[0];
  if (vat?.text) note(`${role}.vatId`, `${element}/SpecifiedTaxRegistration/ID`);
  const address = at(party, 'PostalTradeAddress');
  const street = [textAt(address, 'LineOne'), textAt(address, 'LineTwo'), textAt(address, 'LineThree')];
  const town = [textAt(address, 'PostcodeCode'), textAt(address, 'CityName')].filter(Boolean).join(' ');
  return {
    name: take(`${role}.name`, party, element, 'Name'),
    vatId: compact(vat?.text),
    address: [...street, town].filter(Boolean).join(', ') || undefined,
    country: textAt(address, 'CountryID'),
    email: textAt(party, 'DefinedTradeContact/EmailURIUniversalCommunication/URIID'),
  };
}

function readLine(line: XmlElement, names: Names): Invoice['lines'][number] {
  const quantity = at(line, `${names.lineDelivery}/BilledQuantity`);
  const settlement = at(line, names.lineSettlement);
  return {
    name: textAt(line, 'SpecifiedTradeProduct/Name'),
    quantity: amountOf(quantity?.text),
    unit: quantity?.attributes['unitCode'],
    unitPrice: amountOf(textAt(line, `${names.lineAgreement}/NetPriceProductTradePrice/ChargeAmount`)),
    net: amountOf(textAt(settlement, `${names.lineSummation}/LineTotalAmount`)),
    vatRate: percent(textAt(settlement, `ApplicableTradeTax/${names.rate}`)),
    charges: sumOf(
      allAt(settlement, 'SpecifiedTradeAllowanceCharge')
        .filter((one) => textAt(one, 'ChargeIndicator/Indicator') === 'true')
        .map((one) => textAt(one, 'ActualAmount')),
    ),
  };
}

function readTotals({ invoice, take }: Draft, settlement: XmlElement | undefined, names: Names): void {
  const sums = at(settlement, names.summation);
  const read = (field: string, path: string) => moneyOf(take(`totals.${field}`, sums, names.summation, path));
  const taxes = allAt(settlement, 'ApplicableTradeTax');
  invoice.vatBreakdown = taxes.flatMap((tax) => {
    const net = moneyOf(textAt(tax, 'BasisAmount'));
    const vat = moneyOf(textAt(tax, 'CalculatedAmount'));
    const category = textAt(tax, 'CategoryCode');
    return net && vat ? [{ rate: percent(textAt(tax, names.rate)) ?? '0', net, vat, category }] : [];
  });
  const foreign = allAt(sums, 'TaxTotalAmount').find(
    (total) => !total.attributes['currencyID'] || total.attributes['currencyID'] === invoice.currency,
  );
  invoice.totals = {
    net: read('net', 'TaxBasisTotalAmount'),
    vat: moneyOf(foreign?.text) ?? read('vat', 'TaxTotalAmount') ?? sumOf(invoice.vatBreakdown.map((row) => row.vat)),
    gross: read('gross', 'GrandTotalAmount'),
    payable: read('payable', 'DuePayableAmount'),
    allowances: moneyOf(textAt(sums, 'AllowanceTotalAmount')),
    charges: moneyOf(textAt(sums, 'ChargeTotalAmount')),
    prepaid: moneyOf(textAt(sums, 'TotalPrepaidAmount')),
  };
  if (invoice.totals.vat) read('vat', 'TaxTotalAmount');
}

function readPayment({ invoice, note, take }: Draft, settlement: XmlElement | undefined, names: Names): void {
  const due = 'SpecifiedTradePaymentTerms/DueDateDateTime/DateTimeString';
  const terms = allAt(settlement, due).find((element) => element.text);
  invoice.dueDate = dateOf(terms?.text);
  if (invoice.dueDate) note('dueDate', `${names.settlement}/${due}`);
  const means = allAt(settlement, 'SpecifiedTradeSettlementPaymentMeans');
  const account = 'PayeePartyCreditorFinancialAccount/IBANID';
  const paid = means.find((one) => textAt(one, account));
  const prefix = `${names.settlement}/SpecifiedTradeSettlementPaymentMeans`;
  invoice.payment = {
    iban: compact(take('payment.iban', paid, prefix, account)),
    method: textAt(means[0], 'TypeCode'),
  };
}
