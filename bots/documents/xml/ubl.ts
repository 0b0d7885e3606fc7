import type { Invoice, Party } from '../../../core/model/invoice.ts';
import { amountOf, compact, createDraft, dateOf, moneyOf, percent, periodOf, sumOf, type Draft } from './draft.ts';
import { TYPE_CODES } from './cii.ts';
import { asOwed } from './credit.ts';
import { allAt, at, textAt, type XmlElement } from './tree.ts';

const UBL_NAMESPACE = 'urn:oasis:names:specification:ubl:schema:xsd:';

export function isUbl(root: XmlElement): boolean {
  return (root.name === 'Invoice' || root.name === 'CreditNote') && root.namespace.startsWith(UBL_NAMESPACE);
}

/** Reads a UBL 2.1 invoice or credit note: Peppol BIS Billing 3, XRechnung. */
export function readUbl(root: XmlElement): Invoice {
  const draft = createDraft();
  const { invoice, take } = draft;
  const credit = root.name === 'CreditNote';
  const code = textAt(root, 'InvoiceTypeCode') ?? textAt(root, 'CreditNoteTypeCode');
  invoice.kind = credit ? 'credit-note' : (TYPE_CODES[code ?? ''] ?? 'invoice');
  invoice.number = take('number', root, '', 'ID');
  invoice.issueDate = dateOf(take('issueDate', root, '', 'IssueDate'));
  invoice.saleDate = dateOf(textAt(root, 'Delivery/ActualDeliveryDate') ?? textAt(root, 'TaxPointDate'));
  invoice.dueDate = dateOf(
    take('dueDate', root, '', 'DueDate') ?? take('dueDate', root, '', 'PaymentMeans/PaymentDueDate'),
  );
  invoice.currency = take('currency', root, '', 'DocumentCurrencyCode');
  invoice.seller = readParty(draft, root, 'AccountingSupplierParty/Party', 'seller');
  invoice.buyer = readParty(draft, root, 'AccountingCustomerParty/Party', 'buyer');
  invoice.lines = allAt(root, credit ? 'CreditNoteLine' : 'InvoiceLine').map(readLine);
  readTotals(draft, root);
  const paid = allAt(root, 'PaymentMeans').find((means) => textAt(means, 'PayeeFinancialAccount/ID'));
  invoice.payment = {
    iban: compact(take('payment.iban', paid, 'PaymentMeans', 'PayeeFinancialAccount/ID')),
    method: textAt(root, 'PaymentMeans/PaymentMeansCode'),
  };
  invoice.period = periodOf(draft, root, '', 'InvoicePeriod', 'StartDate', 'EndDate');
  invoice.references.buyer = take('references.buyer', root, '', 'BuyerReference');
  invoice.references.order = take('references.order', root, '', 'OrderReference/ID');
  invoice.references.corrected = textAt(root, 'BillingReference/InvoiceDocumentReference/ID');
  if (Number(invoice.totals.payable) === 0 && Number(invoice.totals.prepaid ?? 0) !== 0) invoice.payment.paid = true;
  return asOwed(invoice);
}

function readParty({ note, take }: Draft, root: XmlElement, path: string, role: string): Party {
  const party = at(root, path);
  const schemes = allAt(party, 'PartyTaxScheme').filter((scheme) => textAt(scheme, 'CompanyID'));
  const vat = schemes.find((scheme) => textAt(scheme, 'TaxScheme/ID') === 'VAT') ?? schemes[0];
  if (vat) note(`${role}.vatId`, `${path}/PartyTaxScheme/CompanyID`);
  const address = at(party, 'PostalAddress');
  const street = [textAt(address, 'StreetName'), textAt(address, 'AdditionalStreetName')];
  const town = [textAt(address, 'PostalZone'), textAt(address, 'CityName')].filter(Boolean).join(' ');
  return {
    name:
      take(`${role}.name`, party, path, 'PartyLegalEntity/RegistrationName') ??
      take(`${role}.name`, party, path, 'PartyName/Name'),
    vatId: compact(textAt(vat, 'CompanyID')),
    address: [...street, town].filter(Boolean).join(', ') || undefined,
    country: textAt(address, 'Country/IdentificationCode'),
    email: textAt(party, 'Contact/ElectronicMail'),
  };
}

function readLine(line: XmlElement): Invoice['lines'][number] {
  const quantity = at(line, 'InvoicedQuantity') ?? at(line, 'CreditedQuantity');
  return {
    name: textAt(line, 'Item/Name'),
    quantity: amountOf(quantity?.text),
    unit: quantity?.attributes['unitCode'],
    unitPrice: amountOf(textAt(line, 'Price/PriceAmount')),
    net: amountOf(textAt(line, 'LineExtensionAmount')),
    vatRate: percent(textAt(line, 'Item/ClassifiedTaxCategory/Percent')),
    charges: sumOf(
      allAt(line, 'AllowanceCharge')
        .filter((one) => textAt(one, 'ChargeIndicator') === 'true')
        .map((one) => textAt(one, 'Amount')),
    ),
  };
}

function readTotals({ invoice, note, take }: Draft, root: XmlElement): void {
  const sums = at(root, 'LegalMonetaryTotal');
  const read = (field: string, path: string) => moneyOf(take(`totals.${field}`, sums, 'LegalMonetaryTotal', path));
  const inCurrency = allAt(root, 'TaxTotal').find(
    (total) => at(total, 'TaxAmount')?.attributes['currencyID'] === invoice.currency,
  );
  const taxTotal = inCurrency ?? at(root, 'TaxTotal');
  invoice.vatBreakdown = allAt(taxTotal, 'TaxSubtotal').flatMap((tax) => {
    const net = moneyOf(textAt(tax, 'TaxableAmount'));
    const vat = moneyOf(textAt(tax, 'TaxAmount'));
    const category = textAt(tax, 'TaxCategory/ID');
    return net && vat ? [{ rate: percent(textAt(tax, 'TaxCategory/Percent')) ?? '0', net, vat, category }] : [];
  });
  invoice.totals = {
    net: read('net', 'TaxExclusiveAmount'),
    vat: moneyOf(textAt(taxTotal, 'TaxAmount')),
    gross: read('gross', 'TaxInclusiveAmount'),
    payable: read('payable', 'PayableAmount'),
    allowances: moneyOf(textAt(sums, 'AllowanceTotalAmount')),
    charges: moneyOf(textAt(sums, 'ChargeTotalAmount')),
    prepaid: moneyOf(textAt(sums, 'PrepaidAmount')),
  };
  if (invoice.totals.vat) note('totals.vat', 'TaxTotal/TaxAmount');
}
