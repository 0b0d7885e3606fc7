import { Big } from 'big.js';
import type { Finding, Invoice } from '../../../core/model/invoice.ts';
import { blocking, note } from './finding.ts';

/** Rounding to a cent, once for each VAT rate (art. 106e(7)–(11) of the Polish VAT Act; EN 16931 BR-CO-14). */
const CENT = new Big('0.01');
/** Lines may be rounded one by one before they are added. */
const LINE_CENT = new Big('0.01');

/** Sums: net + VAT = gross, VAT by rate, the breakdown against the totals, the lines against the totals. */
export function checkArithmetic(invoice: Invoice): Finding[] {
  return [...totals(invoice), ...breakdown(invoice), ...lineSums(invoice), ...lineProducts(invoice)];
}

const far = (a: Big, b: Big | string, tolerance: Big): boolean => a.minus(b).abs().gt(tolerance);
const add = (amounts: readonly string[]): Big => amounts.reduce((total, one) => total.plus(one), new Big(0));

function totals({ totals: { net, vat, gross, payable }, vatBreakdown }: Invoice): Finding[] {
  const findings: Finding[] = [];
  const tolerance = CENT.times(Math.max(1, vatBreakdown.length));
  if (net && vat && gross && far(new Big(net).plus(vat), gross, tolerance)) {
    const expected = new Big(net).plus(vat).toFixed(2);
    findings.push(blocking('arithmetic.gross', 'totals.gross', { net, vat, gross, expected }));
  }
  if (net && vat && new Big(net).gt(0) && new Big(vat).gt(net)) {
    findings.push(blocking('arithmetic.vat-above-net', 'totals.vat', { net, vat }));
  }
  if (gross && payable && new Big(gross).gt(0) && new Big(payable).gt(gross)) {
    findings.push(note('arithmetic.payable', 'totals.payable', { gross, payable }));
  }
  return findings;
}

function breakdown({ vatBreakdown, totals: { net, vat }, kind }: Invoice): Finding[] {
  if (vatBreakdown.length === 0) return [];
  const findings = vatBreakdown.flatMap((row) => rateFinding(row, kind));
  const tolerance = CENT.times(vatBreakdown.length);
  const nets = add(vatBreakdown.map((row) => row.net));
  const vats = add(vatBreakdown.map((row) => row.vat));
  if (net && far(nets, net, tolerance)) {
    findings.push(blocking('arithmetic.breakdown-net', 'totals.net', { sum: nets.toFixed(2), net }));
  }
  if (vat && far(vats, vat, tolerance)) {
    findings.push(blocking('arithmetic.breakdown-vat', 'totals.vat', { sum: vats.toFixed(2), vat }));
  }
  return findings;
}

/** VAT of one rate. Summed from rounded lines it may be off by some cents; the difference allowed grows with the base. */
function rateFinding({ rate, net, vat }: Invoice['vatBreakdown'][number], kind: Invoice['kind']): Finding[] {
  if (!/^\d+(\.\d+)?$/.test(rate)) {
    return far(new Big(vat), '0', CENT) && rate !== 'oss' && rate !== 'marża'
      ? [blocking('arithmetic.rate-without-vat', 'vatBreakdown', { rate, vat })]
      : [];
  }
  const expected = new Big(net).times(rate).div(100);
  // A correction of a rate moves VAT from one rate to another: base and VAT of its rows are not of one sale.
  const wrong =
    far(new Big(vat), expected, RATE_TOLERANCE) && far(new Big(vat), expected, expected.abs().times(RATE_SHARE));
  if (!wrong) return [];
  const values = { rate, net, vat, expected: expected.toFixed(2) };
  return [
    kind === 'correction'
      ? note('arithmetic.rate', 'vatBreakdown', values)
      : blocking('arithmetic.rate', 'vatBreakdown', values),
  ];
}

const RATE_TOLERANCE = new Big('0.02');
/** VAT counted "from the hundred" or summed from lines differs by less than this share. */
const RATE_SHARE = new Big('0.005');

/** Lines against the net total. Document allowances and charges are not modelled, so a difference is only told. */
function lineSums({
  lines,
  totals: { net, gross, allowances = '0', charges = '0' },
  kind,
  fields,
}: Invoice): Finding[] {
  if (lines.length === 0 || kind === 'correction' || kind === 'advance') return [];
  const nets = lines.map((line) => line.net);
  if (!net || nets.some((one) => one === undefined)) return [];
  const sum = add(nets.filter((one) => one !== undefined))
    .minus(allowances)
    .plus(charges);
  if (!far(sum, net, LINE_CENT.times(lines.length)) || (gross && !far(sum, gross, LINE_CENT.times(lines.length))))
    return [];
  // Lines above the total: an allowance or an advance. A total above its lines charges for what no line names, or a
  // line of a table on paper was not read.
  const make = sum.gt(net) || lines.some((_, index) => isFromPaper(fields, index)) ? note : blocking;
  return [make('arithmetic.lines', 'totals.net', { sum: sum.toFixed(2), net })];
}

/** True for a line read from a table on a page, where a column may have been mistaken for another one. */
function isFromPaper(fields: Invoice['fields'], index: number): boolean {
  const source = fields[`lines.${index}`]?.source;
  return source !== undefined && 'box' in source;
}

function lineProducts({ lines, fields }: Invoice): Finding[] {
  return lines.flatMap((line, index) => {
    if (!line.quantity || !line.unitPrice || !line.net) return [];
    const product = new Big(line.quantity).times(line.unitPrice).plus(line.charges ?? 0);
    // A discount on the line makes the net smaller; a net above quantity times price has no such reason.
    const above = new Big(line.net).abs().minus(product.abs()).gt(product.abs().times(LINE_SHARE).plus('0.05'));
    if (!above) return [];
    const values = {
      line: String(index + 1),
      quantity: line.quantity,
      price: line.unitPrice,
      net: line.net,
      expected: product.toFixed(2),
    };
    const make = isFromPaper(fields, index) ? note : blocking;
    return [make('arithmetic.line', `lines.${index}.net`, values)];
  });
}

/** Unit prices are printed rounded to cents, so a product of many pieces is off by some per mille. */
const LINE_SHARE = new Big('0.005');
