import { Invoice } from '../../../core/model/invoice.ts';
import type { Page } from '../page/words.ts';
import { choose, readingOf, type Candidate } from './candidate.ts';
import { correctionTotals } from './correction.ts';
import { readCurrency } from './money/currency.ts';
import { homeFirst, idsOf } from './parties/id-owner.ts';
import { accountsIn } from './parties/accounts.ts';
import { ibans, vatIds } from './parties/ids.ts';
import { kindOf } from './kind.ts';
import { agreeWithLines } from './lines/agree.ts';
import { readLines } from './lines/read.ts';
import { paperOf, type Paper } from './paper.ts';
import { accountHolders, attentionBuyers, keyedBuyers, withoutDepartments } from './parties/name-cues.ts';
import { looseBuyers, looseSellers } from './parties/names.ts';
import { blockNames, blocksOf } from './parties/parties.ts';
import { periodOf } from './period.ts';
import {
  advances,
  buyerReferences,
  corrected,
  ksefNumbers,
  orders,
  paymentMethods,
  splitPayment,
} from './references.ts';
import { blockAddresses, countryOf } from './parties/addresses.ts';
import { datesFor, dueDates, issueDates, numbers } from './payment-dates.ts';
import { readTotals } from './money/totals.ts';
import { readVatTable } from './money/vat-table.ts';

/**
 * Reads an invoice from the words of its pages. No template per supplier: labels in eight languages, values right of or
 * below them, forms and check digits of ids, and arithmetic. A value that is not found stays absent.
 */
export function readPages(pages: readonly Page[], exact: boolean): { invoice: Invoice; paper: Paper } {
  const paper = paperOf(pages, exact);
  const invoice = Invoice.parse({});
  const set = (field: string, candidates: readonly Candidate[]): string | undefined => {
    const best = choose(candidates);
    if (best) invoice.fields[field] = readingOf(best.score, best.cell, pages, best.alternatives);
    if (best?.repaired && invoice.fields[field]) invoice.fields[field].repaired = true;
    return best?.value;
  };
  invoice.kind = kindOf(paper);
  invoice.number = set('number', numbers(paper));
  invoice.issueDate = set('issueDate', issueDates(paper));
  invoice.saleDate = set('saleDate', datesFor(paper, 'saleDate'));
  invoice.dueDate = set('dueDate', dueDates(paper, invoice.issueDate));
  readAmounts(paper, invoice, set);
  invoice.currency = set('currency', readCurrency(paper));
  invoice.payment.iban = set('payment.iban', accountsIn(paper, ibans(paper), invoice.currency));
  readParties(paper, invoice, set);
  readTerms(paper, invoice, set);
  return { invoice, paper };
}

/** Totals, lines and VAT by rate. A correction with tables of before and after has the totals of their difference alone. */
function readAmounts(paper: Paper, invoice: Invoice, set: Set): void {
  const put = (totals: Partial<Record<'net' | 'vat' | 'gross', Candidate | undefined>>) => {
    for (const part of ['net', 'vat', 'gross'] as const)
      invoice.totals[part] = set(`totals.${part}`, totals[part] ? [totals[part]] : []);
  };
  const change = invoice.kind === 'correction' ? correctionTotals(paper) : undefined;
  if (change !== undefined) return put(change ?? {});
  const totals = readTotals(paper);
  put(totals);
  const items = readLines(paper, totals);
  for (const [index, { line, confidence, cell, repaired }] of items.lines.entries()) {
    invoice.lines.push(line);
    invoice.fields[`lines.${index}`] = { ...readingOf(confidence, cell, paper.pages), ...(repaired && { repaired }) };
  }
  agreeWithLines(invoice, items);
  invoice.vatBreakdown = readVatTable(paper.lines, invoice.totals);
}

/** What accompanies the invoice: references, the period that it is for, how to pay. */
function readTerms(paper: Paper, invoice: Invoice, set: Set): void {
  const { references, payment } = invoice;
  references.order = set('references.order', orders(paper));
  references.buyer = set('references.buyer', buyerReferences(paper));
  references.ksefNumber = set('references.ksefNumber', ksefNumbers(paper));
  if (invoice.kind === 'correction' || invoice.kind === 'credit-note')
    references.corrected = set('references.corrected', corrected(paper));
  const settled = advances(paper).map((one) => one.value);
  if (settled.length > 0 && invoice.kind !== 'advance') references.advances = [...new Set(settled)];
  const period = periodOf(paper);
  const [from, to] = [set('period.from', period ? [period.from] : []), set('period.to', period ? [period.to] : [])];
  if (from || to) invoice.period = { from, to };
  payment.method = set('payment.method', paymentMethods(paper));
  const split = splitPayment(paper);
  if (split) payment.splitPayment = true;
  if (split) invoice.fields['payment.splitPayment'] = readingOf(SPLIT_SEEN, split, paper.pages);
}

/** The words of the law stand on the paper or they do not. */
const SPLIT_SEEN = 0.96;

type Set = (field: string, candidates: readonly Candidate[]) => string | undefined;

/** A name below this score may well be somebody else's. */
const GUESSED = 0.75;

function readParties(paper: Paper, invoice: Invoice, set: Set): void {
  const blocks = blocksOf(paper);
  const buyers = blockNames(blocks, 'buyer');
  const loose = looseSellers(paper, blocks, buyers[0]?.value);
  const sellers = [...blockNames(blocks, 'seller'), ...loose, ...accountHolders(paper)];
  invoice.seller.name = set('seller.name', withoutDepartments(sellers));
  const cued = [...keyedBuyers(paper, blocks, invoice.seller.name), ...attentionBuyers(paper, invoice.seller.name)];
  // A till receipt names nobody; what stands on it in the place of an address is goods.
  const unlabelled = invoice.kind === 'receipt' ? [] : looseBuyers(paper, invoice.seller.name);
  const others = cued.length > 0 ? cued : unlabelled;
  invoice.buyer.name = set('buyer.name', buyers.length > 0 ? buyers : others);
  const ids = homeFirst(vatIds(paper), invoice.payment.iban);
  // A guessed name tells nothing of whose an id is.
  const known = (role: 'seller' | 'buyer') =>
    (invoice.fields[`${role}.name`]?.confidence ?? 0) < GUESSED ? undefined : invoice[role].name;
  const names = { seller: known('seller'), buyer: known('buyer') };
  invoice.seller.vatId = set('seller.vatId', idsOf('seller', ids, blocks, names, paper));
  const buyerIds = idsOf('buyer', ids, blocks, names, paper).filter((hit) => hit.value !== invoice.seller.vatId);
  invoice.buyer.vatId = set('buyer.vatId', buyerIds);
  for (const role of ['seller', 'buyer'] as const) {
    const party = invoice[role];
    party.address = set(`${role}.address`, blockAddresses(blocks, role, party.name));
    party.country = countryOf(party);
  }
}
