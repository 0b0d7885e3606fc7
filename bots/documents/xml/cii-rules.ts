import { Big } from 'big.js';
import type { Finding } from '../../../core/model/invoice.ts';
import { blocking, note } from '../checks/finding.ts';
import { amountOf } from './draft.ts';
import { checkEn16931 } from './en16931.ts';
import { big, termsOfCii } from './business-terms.ts';
import { allAt, at, textAt, walk, type XmlElement } from './tree.ts';

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
  checkProducts(allAt(transaction, 'IncludedSupplyChainTradeLineItem'), tell);
  if (root.name === 'CrossIndustryInvoice') findings.push(...checkEn16931(termsOfCii(root)));
  return findings;
}

type Tell = (rule: string, element: XmlElement, detail: string, make?: typeof blocking | typeof note) => void;

/** Quantity times price is the net amount of a line without allowances of its own (BT-131). */
function checkProducts(lines: readonly XmlElement[], tell: Tell): void {
  for (const line of lines) {
    const net = big(
      textAt(line, 'SpecifiedLineTradeSettlement/SpecifiedTradeSettlementLineMonetarySummation/LineTotalAmount'),
    );
    const price = big(textAt(line, 'SpecifiedLineTradeAgreement/NetPriceProductTradePrice/ChargeAmount'));
    const quantity = big(textAt(line, 'SpecifiedLineTradeDelivery/BilledQuantity'));
    const plain = allAt(line, 'SpecifiedLineTradeSettlement/SpecifiedTradeAllowanceCharge').length === 0;
    const base = big(textAt(line, 'SpecifiedLineTradeAgreement/NetPriceProductTradePrice/BasisQuantity')) ?? new Big(1);
    if (!plain || !net || !price || !quantity || base.eq(0)) continue;
    const product = price.times(quantity).div(base);
    if (product.minus(net).abs().lt(CENT_OF_LINE)) continue;
    const detail = `${quantity.toFixed()} × ${price.toFixed()} is ${product.toFixed()}, the line says ${net.toFixed(2)}`;
    tell('BT-131', line, detail, note);
  }
}
