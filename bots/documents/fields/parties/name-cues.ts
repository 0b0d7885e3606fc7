import type { Cell } from '../../page/layout.ts';
import { inside, type Block } from '../block.ts';
import { SCORE, weigh, type Candidate } from '../candidate.ts';
import { fold } from '../fold.ts';
import { isName, LEGAL_FORM, nameOf } from './name-form.ts';
import type { Paper } from '../paper.ts';

const letters = (text: string): string => fold(text).replace(/[^a-z0-9]/g, '');

/** A name of fewer letters stands in addresses by chance. */
const LEAST_IN_ADDRESS = 6;

/** True where a mail or web address of the paper carries the whole name: "azure-interior.com" of "Azure Interior". */
export function isDomain(name: string, text: string): boolean {
  const wanted = letters(name.replace(LEGAL_FORM, ' '));
  if (wanted.length < LEAST_IN_ADDRESS) return false;
  return addresses(text).some((address) => letters(address).includes(wanted));
}

/** A mail or web address that carries a longer word of the name. */
export function isInAddress(name: string, text: string): boolean {
  const words = fold(name).match(/[a-z]{5,}/g) ?? [];
  return words.some((word) => addresses(text).some((address) => address.includes(word)));
}

function addresses(text: string): string[] {
  return fold(text).match(/\S+@\S+|(?:www\.|https?:\/\/)\S+/g) ?? [];
}

const FORM_BEHIND =
  /^,? (?:inc\b\.?|llc\b|l\.l\.c\.|ltd\b\.?|limited\b|plc\b|corp\b\.?|gmbh\b|ag\b|sarl\b|sas\b|s\.a\.(?: r\.l\.)?|sp\. ?z ?o\.? ?o\.?|s\.r\.l\.|b\.v\.|sdn\.? bhd\.?)/i;

/** The name with the legal form that it carries elsewhere on the paper; undefined where it carries none. */
export function withLegalForm(name: string, text: string): string | undefined {
  if (LEGAL_FORM.test(fold(name))) return undefined;
  for (let at = text.indexOf(name); at >= 0; at = text.indexOf(name, at + 1)) {
    const form = FORM_BEHIND.exec(text.slice(at + name.length, at + name.length + LONGEST_FORM))?.[0];
    if (form) return name + form;
  }
  return undefined;
}

const LONGEST_FORM = 20;

const HOLDER =
  /(?:kontoinhaber(?:in)?|account (?:holder|name|owner)|titulaire(?: du compte)?|titular(?: de la cuenta)?|intestatario|rekeninghouder|wlasciciel (?:konta|rachunku))\s*:?\s*(.+)$/;

/** The holder of the account that is to be paid is the seller, where the paper says that name a second time. */
export function accountHolders(paper: Paper): Candidate[] {
  const cells = paper.lines.flatMap((line) => line.cells);
  return cells.flatMap((cell) => {
    const found = HOLDER.exec(fold(cell.text))?.[1];
    const value = found ? nameOf(cell.text.slice(-found.length)) : '';
    if (value.length < LEAST_NAME || /:/.test(value)) return [];
    const again = cells.find((other) => other !== cell && letters(other.text).startsWith(letters(value)));
    return again ? [{ value, score: weigh(HOLDER_SCORE, cell), cell }] : [];
  });
}

const LEAST_NAME = 4;
const HOLDER_SCORE = 0.89;

/** "Name: Jane Doe" in the upper half, in no party's block: forms ask so for the customer. */
export function keyedBuyers(paper: Paper, blocks: readonly Block[], seller: string | undefined): Candidate[] {
  return upperCells(paper).flatMap((cell) => {
    const key = KEYED.exec(fold(cell.text))?.[0];
    if (!key || blocks.some((block) => inside(cell, block))) return [];
    const value = nameOf(cell.text.slice(key.length));
    return value.length < LEAST_NAME || isKin(value, seller) ? [] : [{ value, score: weigh(CUE, cell), cell }];
  });
}

const KEYED = /^(?:nombre|name|nom|naam|nazwa|nome|razon social)\s*:\s*(?=\S)/;
const CUE = SCORE.weakHead;

/** "Attn: Jane Doe" stands in the address of the buyer: its row with a legal form, above or below, is the buyer. */
export function attentionBuyers(paper: Paper, seller: string | undefined): Candidate[] {
  const cells = upperCells(paper);
  return cells.flatMap((cell) => {
    if (!ATTENTION.test(fold(cell.text))) return [];
    const near = cells.filter((other) => other !== cell && isBeside(other, cell) && isName(other));
    const [company, ...more] = near.filter((other) => LEGAL_FORM.test(fold(other.text)));
    if (!company || more.length > 0 || isKin(company.text, seller)) return [];
    return [{ value: nameOf(company.text), score: weigh(CUE, company), cell: company }];
  });
}

const ATTENTION = /^(?:att|attn|attention|z\. ?hd|zu handen|c\/o|do rak|a l'attention de)\b/;

/** Rows of one address share their left or right edge and follow each other. */
function isBeside(other: Cell, cell: Cell): boolean {
  const rows = Math.abs(other.y - cell.y) / cell.height;
  const left = Math.abs(other.x - cell.x) < cell.height;
  const right = Math.abs(other.x + other.width - cell.x - cell.width) < cell.height;
  return other.page === cell.page && rows < ADDRESS_ROWS && (left || right);
}

const ADDRESS_ROWS = 2.6;

function upperCells(paper: Paper): Cell[] {
  const [first] = paper.pages;
  if (!first) return [];
  return paper.lines
    .filter((line) => line.page === first.number && line.y < first.height / 2)
    .flatMap((line) => line.cells);
}

/** Two names of one house: they begin with the same word, or one holds the other. */
export function isKin(a: string, b: string | undefined): boolean {
  if (!b) return false;
  const [one, two] = [fold(a), fold(b)];
  const [head = ''] = one.match(/[a-z]{4,}/) ?? [];
  return one.includes(two) || two.includes(one) || (head !== '' && two.startsWith(head));
}

/** "Remit to: Contoso Billing" under the letterhead "Contoso Ltd." names a department: the company's name stays. */
export function withoutDepartments(candidates: readonly Candidate[]): Candidate[] {
  const companies = candidates.filter((one) => LEGAL_FORM.test(fold(one.value)));
  return candidates.filter(
    (one) =>
      companies.includes(one) ||
      one.score > DEPARTMENT ||
      !companies.some((company) => company.score > one.score - CLOSE && isKin(one.value, company.value)),
  );
}

const DEPARTMENT = SCORE.weakRight;
const CLOSE = 0.1;
