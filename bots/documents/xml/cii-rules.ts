import { Big } from 'big.js';
import type { Finding } from '../../../definitions/model/invoice.ts';
import { blocking, note } from '../checks/finding.ts';
import { amountOf } from './draft.ts';
import { allAt, at, textAt, walk, type XmlElement } from './tree.ts';

const CENT = new Big('0.01');
const CENT_OF_LINE = new Big('0.005');

/** Rules of EN 16931 on Cross Industry Invoices that the flat model cannot see. Each finding names the rule's number. */
export function checkCii(root: XmlElement): Finding[] {
  const findings: Finding[] = [];
  const tell = (rule: string, element: XmlElement, detail: string, make = blocking) =>
    findings.push(
      make('en16931.rule', element.name, { rule, element: element.name, line: String(element.line), detail }),
    );
  walk(root, (element) => {
    const { name, text, attributes } = element;
    if (name === 'DateTimeString' && attributes['format'] === '102' && !/^\d{8}$/.test(text)) {
      tell('BR-DEC/format 102', element, `"${text}" is not written YYYYMMDD`);
    }
    const isAmount = name.endsWith('Amount') && element.children.length === 0 && text !== '';
    if (name === 'LineTotalAmount' && (text.split('.')[1]?.length ?? 0) > 2) {
      tell('BR-DEC-23', element, `"${text}" has more than two decimals`);
    }
    if (isAmount && amountOf(text) === undefined) tell('xs:decimal', element, `"${text}" is not a decimal number`);
  });
  const transaction = at(root, 'SupplyChainTradeTransaction');
  const settlement = at(transaction, 'ApplicableHeaderTradeSettlement');
  checkLines(allAt(transaction, 'IncludedSupplyChainTradeLineItem'), settlement, tell);
  checkTaxes(settlement, tell);
  return findings;
}

type Tell = (rule: string, element: XmlElement, detail: string, make?: typeof blocking | typeof note) => void;

const big = (text: string | undefined): Big | undefined => {
  const amount = amountOf(text);
  return amount === undefined ? undefined : new Big(amount);
};

/** BR-CO-10: the sum of line net amounts is BT-106; BR-27: a net price is never negative; quantity × price is the net. */
function checkLines(lines: readonly XmlElement[], settlement: XmlElement | undefined, tell: Tell): void {
  let sum = new Big(0);
  for (const line of lines) {
    const net = big(
      textAt(line, 'SpecifiedLineTradeSettlement/SpecifiedTradeSettlementLineMonetarySummation/LineTotalAmount'),
    );
    sum = sum.plus(net ?? 0);
    const charge = at(line, 'SpecifiedLineTradeAgreement/NetPriceProductTradePrice/ChargeAmount');
    const price = big(charge?.text);
    if (charge && price?.lt(0)) tell('BR-27', charge, `the net price ${charge.text} is negative`);
    const quantity = big(textAt(line, 'SpecifiedLineTradeDelivery/BilledQuantity'));
    const plain = allAt(line, 'SpecifiedLineTradeSettlement/SpecifiedTradeAllowanceCharge').length === 0;
    const base = big(textAt(line, 'SpecifiedLineTradeAgreement/NetPriceProductTradePrice/BasisQuantity')) ?? new Big(1);
    if (!plain || !net || !price || !quantity || base.eq(0)) continue;
    const product = price.times(quantity).div(base);
    if (product.minus(net).abs().gte(CENT_OF_LINE)) {
      tell(
        'BT-131',
        line,
        `${quantity.toFixed()} × ${price.toFixed()} is ${product.toFixed()}, the line says ${net.toFixed(2)}`,
        note,
      );
    }
  }
  const total = at(settlement, 'SpecifiedTradeSettlementHeaderMonetarySummation/LineTotalAmount');
  const stated = big(total?.text);
  if (total && stated && lines.length > 0 && stated.minus(sum).abs().gt(CENT)) {
    tell('BR-CO-10', total, `the lines add up to ${sum.toFixed(2)}, the total of lines says ${stated.toFixed(2)}`);
  }
}

/** One group for each category and rate; an exemption (category E) states its reason (BR-E-10). */
function checkTaxes(settlement: XmlElement | undefined, tell: Tell): void {
  const seen = new Set<string>();
  for (const tax of allAt(settlement, 'ApplicableTradeTax')) {
    const category = textAt(tax, 'CategoryCode') ?? '';
    const key = `${category} ${big(textAt(tax, 'RateApplicablePercent'))?.toFixed() ?? ''}`;
    if (seen.has(key)) tell(`BR-${category}-08`, tax, `category ${key} stands in two groups`);
    seen.add(key);
    const reason = textAt(tax, 'ExemptionReason') ?? textAt(tax, 'ExemptionReasonCode');
    if (category === 'E' && !reason) tell('BR-E-10', tax, 'an exemption needs its reason');
  }
}
