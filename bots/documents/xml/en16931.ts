import { Big } from 'big.js';
import type { Finding } from '../../../core/model/invoice.ts';
import { blocking, note } from '../checks/finding.ts';
import type { Tax, TermGroup, Terms, TotalTerm } from './business-terms.ts';
import type { XmlElement } from './tree.ts';

/** Rounding of sums (EN 16931-1, 6.5.1 and the tolerance of its validation artefacts). */
const CENT = new Big('0.01');
/** VAT of one group may be off by the rounding of its lines (BR-CO-17 allows 1 on either side). */
const GROUP_TOLERANCE = new Big('1');

/** A price as an invoice shows it: two decimals, more where it has more. */
const asPrinted = (price: Big): string => price.toFixed(Math.max(2, price.c.length - price.e - 1));

type Tell = (rule: string, element: XmlElement, detail: string, make?: typeof blocking) => void;

/**
 * The core rules of EN 16931-1 (annex, business rules BR-*), on terms and not on syntax, so that UBL and CII obey the
 * same. Sums that are wrong block; what is only absent is noted. Factur-X profiles below BASIC carry no lines.
 */
export function checkEn16931(terms: Terms): Finding[] {
  const findings: Finding[] = [];
  const tell: Tell = (rule, element, detail, make = blocking) => {
    const values = { rule, element: element.name, line: String(element.line), detail };
    findings.push(make('en16931.rule', element.name, values));
  };
  checkPresent(terms, tell);
  checkTotals(terms, tell);
  checkLines(terms, tell);
  checkGroups(terms, tell);
  checkCategories(terms, tell);
  return findings;
}

/** Factur-X MINIMUM and BASIC WL: no lines, and MINIMUM also no VAT breakdown. */
const withoutLines = ({ specification }: Terms): boolean => /:(?:minimum|basicwl)$/i.test(specification ?? '');

function checkPresent(terms: Terms, tell: Tell): void {
  const { root, seller, buyer, totals } = terms;
  const needed: readonly (readonly [rule: string, value: unknown, what: string])[] = [
    ['BR-01', terms.specification, 'the specification identifier (BT-24)'],
    ['BR-02', terms.number, 'the invoice number (BT-1)'],
    ['BR-03', terms.issueDate, 'the issue date (BT-2)'],
    ['BR-04', terms.type, 'the type code (BT-3)'],
    ['BR-05', terms.currency, 'the currency (BT-5)'],
    ['BR-06', seller.name, 'the seller’s name (BT-27)'],
    ['BR-07', buyer.name, 'the buyer’s name (BT-44)'],
    ['BR-09', seller.country, 'the seller’s country (BT-40)'],
    ['BR-11', buyer.country ?? withoutLines(terms), 'the buyer’s country (BT-55)'],
    ['BR-12', totals['BT-106'] ?? withoutLines(terms), 'the sum of line net amounts (BT-106)'],
    ['BR-13', totals['BT-109'], 'the total without VAT (BT-109)'],
    ['BR-14', totals['BT-112'], 'the total with VAT (BT-112)'],
    ['BR-15', totals['BT-115'], 'the amount due (BT-115)'],
    ['BR-16', terms.lines.length > 0 || withoutLines(terms), 'an invoice line (BG-25)'],
    ['BR-CO-18', terms.groups.length > 0 || withoutLines(terms), 'a VAT breakdown (BG-23)'],
  ];
  for (const [rule, value, what] of needed) if (!value) tell(rule, root, `${what} is missing`, note);
  const payable = totals['BT-115'];
  if (payable?.value.gt(0) && !terms.due && !withoutLines(terms))
    tell(
      'BR-CO-25',
      payable.element,
      'an amount is due, but neither a due date (BT-9) nor payment terms (BT-20)',
      note,
    );
}

const sum = (values: readonly (Big | undefined)[]): Big =>
  values.reduce<Big>((total, one) => total.plus(one ?? 0), new Big(0));
const differs = (a: Big, b: Big, tolerance = CENT): boolean => a.minus(b).abs().gt(tolerance);

function checkTotals({ totals, charges, groups, specification }: Terms, tell: Tell): void {
  const of = (term: TotalTerm): Big => totals[term]?.value ?? new Big(0);
  const hold = (rule: string, term: TotalTerm, expected: Big, what: string) => {
    const stated = totals[term];
    if (stated && differs(stated.value, expected))
      tell(rule, stated.element, `${what} ${expected.toFixed(2)}, ${term} says ${stated.value.toFixed(2)}`);
  };
  const ofKind = (charge: boolean) => sum(charges.filter((one) => one.charge === charge).map((one) => one.amount));
  hold('BR-CO-11', 'BT-107', ofKind(false), 'the allowances add up to');
  hold('BR-CO-12', 'BT-108', ofKind(true), 'the charges add up to');
  if (totals['BT-106'])
    hold(
      'BR-CO-13',
      'BT-109',
      of('BT-106').minus(of('BT-107')).plus(of('BT-108')),
      'lines − allowances + charges make',
    );
  if (groups.length > 0)
    hold('BR-CO-14', 'BT-110', sum(groups.map((group) => group.vat)), 'the VAT of the groups adds up to');
  if (totals['BT-109']) hold('BR-CO-15', 'BT-112', of('BT-109').plus(of('BT-110')), 'net and VAT make');
  // MINIMUM has neither what was paid before (BT-113) nor rounding (BT-114).
  if (totals['BT-112'] && !/:minimum$/i.test(specification ?? ''))
    hold('BR-CO-16', 'BT-115', of('BT-112').minus(of('BT-113')).plus(of('BT-114')), 'total − paid + rounding make');
}

function checkLines({ lines, totals }: Terms, tell: Tell): void {
  for (const { element, id, quantity, unit, net, name, price } of lines) {
    const needed: readonly (readonly [rule: string, value: unknown, what: string])[] = [
      ['BR-21', id, 'its identifier (BT-126)'],
      ['BR-22', quantity, 'its quantity (BT-129)'],
      ['BR-23', unit, 'the unit of its quantity (BT-130)'],
      ['BR-24', net, 'its net amount (BT-131)'],
      ['BR-25', name, 'its name (BT-153)'],
      ['BR-26', price, 'its net price (BT-146)'],
    ];
    for (const [rule, value, what] of needed) if (!value) tell(rule, element, `the line lacks ${what}`, note);
    if (price?.lt(0)) tell('BR-27', element, `the net price ${asPrinted(price)} is negative`);
  }
  const stated = totals['BT-106'];
  const added = sum(lines.map((line) => line.net));
  if (stated && lines.length > 0 && differs(stated.value, added))
    tell('BR-CO-10', stated.element, `the lines add up to ${added.toFixed(2)}, BT-106 says ${stated.value.toFixed(2)}`);
}

/** Letters that rules of a category carry: BR-S-08, BR-Z-08 … Intra-community supply is K in code lists, IC in rules. */
const RULE_LETTER: Readonly<Record<string, string>> = { K: 'IC', L: 'IG', M: 'IP' };
const letterOf = (category: string): string => RULE_LETTER[category] ?? category;

const sameTax = (a: Tax, b: Tax): boolean =>
  a.category === b.category && (a.rate ?? new Big(0)).eq(b.rate ?? new Big(0));

function checkGroups({ groups, lines, charges }: Terms, tell: Tell): void {
  for (const [index, group] of groups.entries()) {
    const { element, category, rate, base, vat } = group;
    if (groups.slice(0, index).some((other) => sameTax(other, group)))
      tell(`BR-${letterOf(category)}-08`, element, `category ${category} ${rate?.toFixed() ?? ''} is in two groups`);
    if (base && vat && rate && differs(vat, base.times(rate).div(100), GROUP_TOLERANCE))
      tell('BR-CO-17', element, `${rate.toFixed()} % of ${base.toFixed(2)} is not ${vat.toFixed(2)}`);
    if (!base || lines.length === 0 || lines.some((line) => line.tax.category === '')) continue;
    const own = sum(lines.filter((line) => sameTax(line.tax, group)).map((line) => line.net));
    const extra = charges
      .filter((one) => sameTax(one.tax, group))
      .reduce((total, one) => (one.charge ? total.plus(one.amount) : total.minus(one.amount)), new Big(0));
    if (differs(base, own.plus(extra), GROUP_TOLERANCE))
      tell(
        `BR-${letterOf(category)}-08`,
        element,
        `lines of its rate make ${own.plus(extra).toFixed(2)}, the group says ${base.toFixed(2)}`,
      );
  }
}

/** Categories without VAT, and those of them that say why. */
const WITHOUT_VAT = new Set(['Z', 'E', 'AE', 'K', 'G', 'O']);
const WITH_REASON = new Set(['E', 'AE', 'K', 'G', 'O']);

function checkCategories({ groups, seller, buyer }: Terms, tell: Tell): void {
  for (const { element, category, rate, vat, reason } of groups) {
    const letter = letterOf(category);
    if (WITHOUT_VAT.has(category) && vat && !vat.eq(0))
      tell(`BR-${letter}-09`, element, `category ${category} is without VAT, the group says ${vat.toFixed(2)}`);
    if (WITH_REASON.has(category) && !reason) tell(`BR-${letter}-10`, element, `category ${category} needs its reason`);
    if (category === 'S' && rate && rate.lte(0)) tell('BR-S-05', element, 'the standard rate must be above zero');
    if (category === 'S' && !seller.taxId)
      tell('BR-S-02', element, 'VAT is charged, but the seller has no VAT number', note);
    if (needsBuyer({ category }) && (!seller.vatId || !buyer.vatId))
      tell(`BR-${letter}-02`, element, 'both parties need their VAT numbers', note);
  }
}

/** Reverse charge and intra-community supply: the buyer owes the VAT and must be known. */
const needsBuyer = ({ category }: Pick<TermGroup, 'category'>): boolean => category === 'AE' || category === 'K';
