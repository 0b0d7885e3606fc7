import { Big } from 'big.js';
import { allAt, at, textAt, type XmlElement } from './tree.ts';

/** VAT category and rate (BT-151/152, BT-95/96, BT-118/119). */
export type Tax = { category: string; rate: Big | undefined };
export type TermLine = {
  element: XmlElement;
  id: string | undefined;
  quantity: string | undefined;
  unit: string | undefined;
  net: Big | undefined;
  name: string | undefined;
  price: Big | undefined;
  tax: Tax;
};
/** An allowance or a charge on the whole document (BG-20, BG-21). */
export type TermCharge = { amount: Big; charge: boolean; tax: Tax };
export type TermGroup = Tax & { element: XmlElement; base: Big | undefined; vat: Big | undefined; reason: boolean };

/** What the rules of EN 16931 speak of, whatever the syntax. Totals are named by their business terms. */
export type Terms = {
  root: XmlElement;
  specification: string | undefined;
  number: string | undefined;
  issueDate: string | undefined;
  type: string | undefined;
  currency: string | undefined;
  due: boolean;
  seller: { name: string | undefined; country: string | undefined; vatId: string | undefined; taxId: boolean };
  buyer: { name: string | undefined; country: string | undefined; vatId: string | undefined };
  totals: Readonly<Record<TotalTerm, { element: XmlElement; value: Big } | undefined>>;
  charges: TermCharge[];
  groups: TermGroup[];
  lines: TermLine[];
};

export type TotalTerm =
  'BT-106' | 'BT-107' | 'BT-108' | 'BT-109' | 'BT-110' | 'BT-112' | 'BT-113' | 'BT-114' | 'BT-115';

/** A decimal of any scale: prices may have more decimals than amounts of money. */
export function big(text: string | undefined): Big | undefined {
  return text !== undefined && /^[+-]?\d{1,15}(?:\.\d{1,40})?$/.test(text.trim())
    ? new Big(text.trim().replace('+', ''))
    : undefined;
}

const total = (from: XmlElement | undefined, path: string) => {
  const element = at(from, path);
  const value = big(element?.text);
  return element && value ? { element, value } : undefined;
};

/** Tax amounts may be given in two currencies; the one of the invoice counts. */
function inCurrency(amounts: readonly XmlElement[], currency: string | undefined): XmlElement | undefined {
  return amounts.find((one) => one.attributes['currencyID'] === currency) ?? amounts[0];
}

/** The terms of a UBL invoice or credit note. */
export function termsOfUbl(root: XmlElement): Terms {
  const currency = textAt(root, 'DocumentCurrencyCode');
  const sums = at(root, 'LegalMonetaryTotal');
  const vat = inCurrency(allAt(root, 'TaxTotal/TaxAmount'), currency);
  const taxed = allAt(root, 'TaxTotal').find((one) => vat !== undefined && one.children.includes(vat));
  const party = (role: string) => at(root, `${role}/Party`);
  const vatId = (one: XmlElement | undefined) =>
    textAt(
      allAt(one, 'PartyTaxScheme').find((scheme) => textAt(scheme, 'TaxScheme/ID') === 'VAT'),
      'CompanyID',
    );
  const tax = (from: XmlElement | undefined): Tax => ({
    category: textAt(from, 'ID') ?? '',
    rate: big(textAt(from, 'Percent')),
  });
  const [seller, buyer] = [party('AccountingSupplierParty'), party('AccountingCustomerParty')];
  const due =
    textAt(root, 'DueDate') ?? textAt(root, 'PaymentMeans/PaymentDueDate') ?? textAt(root, 'PaymentTerms/Note');
  const vatValue = big(vat?.text);
  return {
    root,
    specification: textAt(root, 'CustomizationID'),
    number: textAt(root, 'ID'),
    issueDate: textAt(root, 'IssueDate'),
    type: textAt(root, 'InvoiceTypeCode') ?? textAt(root, 'CreditNoteTypeCode'),
    currency,
    due: due !== undefined,
    seller: {
      name: textAt(seller, 'PartyLegalEntity/RegistrationName'),
      country: textAt(seller, 'PostalAddress/Country/IdentificationCode'),
      vatId: vatId(seller),
      taxId: at(seller, 'PartyTaxScheme/CompanyID') !== undefined,
    },
    buyer: {
      name: textAt(buyer, 'PartyLegalEntity/RegistrationName'),
      country: textAt(buyer, 'PostalAddress/Country/IdentificationCode'),
      vatId: vatId(buyer),
    },
    totals: {
      'BT-106': total(sums, 'LineExtensionAmount'),
      'BT-107': total(sums, 'AllowanceTotalAmount'),
      'BT-108': total(sums, 'ChargeTotalAmount'),
      'BT-109': total(sums, 'TaxExclusiveAmount'),
      'BT-110': vat && vatValue ? { element: vat, value: vatValue } : undefined,
      'BT-112': total(sums, 'TaxInclusiveAmount'),
      'BT-113': total(sums, 'PrepaidAmount'),
      'BT-114': total(sums, 'PayableRoundingAmount'),
      'BT-115': total(sums, 'PayableAmount'),
    },
    charges: allAt(root, 'AllowanceCharge').flatMap((one) => {
      const amount = big(textAt(one, 'Amount'));
      return amount
        ? [{ amount, charge: textAt(one, 'ChargeIndicator') === 'true', tax: tax(at(one, 'TaxCategory')) }]
        : [];
    }),
    groups: allAt(taxed, 'TaxSubtotal').map((element) => ({
      element,
      ...tax(at(element, 'TaxCategory')),
      base: big(textAt(element, 'TaxableAmount')),
      vat: big(textAt(element, 'TaxAmount')),
      reason: hasAny(at(element, 'TaxCategory'), 'TaxExemptionReason', 'TaxExemptionReasonCode'),
    })),
    lines: [...allAt(root, 'InvoiceLine'), ...allAt(root, 'CreditNoteLine')].map((element) => {
      const quantity = at(element, 'InvoicedQuantity') ?? at(element, 'CreditedQuantity');
      return {
        element,
        id: textAt(element, 'ID'),
        quantity: quantity?.text,
        unit: quantity?.attributes['unitCode'],
        net: big(textAt(element, 'LineExtensionAmount')),
        name: textAt(element, 'Item/Name'),
        price: big(textAt(element, 'Price/PriceAmount')),
        tax: tax(at(element, 'Item/ClassifiedTaxCategory')),
      };
    }),
  };
}

const hasAny = (from: XmlElement | undefined, ...names: string[]): boolean => names.some((name) => textAt(from, name));

/** The terms of a Cross Industry Invoice (D16B: Factur-X, ZUGFeRD 2, XRechnung). */
export function termsOfCii(root: XmlElement): Terms {
  const transaction = at(root, 'SupplyChainTradeTransaction');
  const agreement = at(transaction, 'ApplicableHeaderTradeAgreement');
  const settlement = at(transaction, 'ApplicableHeaderTradeSettlement');
  const sums = at(settlement, 'SpecifiedTradeSettlementHeaderMonetarySummation');
  const currency = textAt(settlement, 'InvoiceCurrencyCode');
  const vat = inCurrency(allAt(sums, 'TaxTotalAmount'), currency);
  const vatValue = big(vat?.text);
  const document = at(root, 'ExchangedDocument');
  const tax = (from: XmlElement | undefined): Tax => ({
    category: textAt(from, 'CategoryCode') ?? '',
    rate: big(textAt(from, 'RateApplicablePercent')),
  });
  const vatId = (one: XmlElement | undefined) =>
    allAt(one, 'SpecifiedTaxRegistration/ID').find((id) => id.attributes['schemeID'] === 'VA')?.text;
  const [seller, buyer] = [at(agreement, 'SellerTradeParty'), at(agreement, 'BuyerTradeParty')];
  const terms = allAt(settlement, 'SpecifiedTradePaymentTerms');
  return {
    root,
    specification: textAt(root, 'ExchangedDocumentContext/GuidelineSpecifiedDocumentContextParameter/ID'),
    number: textAt(document, 'ID'),
    issueDate: textAt(document, 'IssueDateTime/DateTimeString'),
    type: textAt(document, 'TypeCode'),
    currency,
    due: terms.some((one) => textAt(one, 'DueDateDateTime/DateTimeString') ?? textAt(one, 'Description')),
    seller: {
      name: textAt(seller, 'Name'),
      country: textAt(seller, 'PostalTradeAddress/CountryID'),
      vatId: vatId(seller),
      taxId: at(seller, 'SpecifiedTaxRegistration/ID') !== undefined,
    },
    buyer: { name: textAt(buyer, 'Name'), country: textAt(buyer, 'PostalTradeAddress/CountryID'), vatId: vatId(buyer) },
    totals: {
      'BT-106': total(sums, 'LineTotalAmount'),
      'BT-107': total(sums, 'AllowanceTotalAmount'),
      'BT-108': total(sums, 'ChargeTotalAmount'),
      'BT-109': total(sums, 'TaxBasisTotalAmount'),
      'BT-110': vat && vatValue ? { element: vat, value: vatValue } : undefined,
      'BT-112': total(sums, 'GrandTotalAmount'),
      'BT-113': total(sums, 'TotalPrepaidAmount'),
      'BT-114': total(sums, 'RoundingAmount'),
      'BT-115': total(sums, 'DuePayableAmount'),
    },
    charges: [
      ...allAt(settlement, 'SpecifiedTradeAllowanceCharge').flatMap((one) => {
        const amount = big(textAt(one, 'ActualAmount'));
        const charge = textAt(one, 'ChargeIndicator/Indicator') === 'true';
        return amount ? [{ amount, charge, tax: tax(at(one, 'CategoryTradeTax')) }] : [];
      }),
      // Freight of the EXTENDED profile is a charge on the document under another name.
      ...allAt(settlement, 'SpecifiedLogisticsServiceCharge').flatMap((one) => {
        const amount = big(textAt(one, 'AppliedAmount'));
        return amount ? [{ amount, charge: true, tax: tax(at(one, 'AppliedTradeTax')) }] : [];
      }),
    ],
    groups: allAt(settlement, 'ApplicableTradeTax').map((element) => ({
      element,
      ...tax(element),
      base: big(textAt(element, 'BasisAmount')),
      vat: big(textAt(element, 'CalculatedAmount')),
      reason: hasAny(element, 'ExemptionReason', 'ExemptionReasonCode'),
    })),
    lines: allAt(transaction, 'IncludedSupplyChainTradeLineItem').map((element) => {
      const quantity = at(element, 'SpecifiedLineTradeDelivery/BilledQuantity');
      const own = at(element, 'SpecifiedLineTradeSettlement');
      return {
        element,
        id: textAt(element, 'AssociatedDocumentLineDocument/LineID'),
        quantity: quantity?.text,
        unit: quantity?.attributes['unitCode'],
        net: big(textAt(own, 'SpecifiedTradeSettlementLineMonetarySummation/LineTotalAmount')),
        name: textAt(element, 'SpecifiedTradeProduct/Name'),
        price: big(textAt(element, 'SpecifiedLineTradeAgreement/NetPriceProductTradePrice/ChargeAmount')),
        tax: tax(at(own, 'ApplicableTradeTax')),
      };
    }),
  };
}
