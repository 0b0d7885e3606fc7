import type { Finding, Invoice } from '../../../core/model/invoice.ts';
import { addDays } from '../fields/dates.ts';
import { blocking, note } from './finding.ts';

/** An invoice may be dated ahead by a time zone and a weekend, not by more. */
const AHEAD_DAYS = 3;
/** Older than this an invoice is no current business: art. 86(13) of the VAT Act ends deduction after five years. */
const OLDEST_DAYS = 5 * 366;
/** Terms beyond this are against Directive 2011/7/EU and nearly always a misread year. */
const LONGEST_TERM_DAYS = 370;
/** Art. 106i(7): an invoice may be issued at most 60 days before the supply. */
const EARLIEST_DAYS = 60;

/** Dates in order and plausible, seen from `today` (ISO 8601). */
export function checkDates({ issueDate, saleDate, dueDate }: Invoice, today: string): Finding[] {
  const findings: Finding[] = [];
  if (!issueDate) return findings;
  if (issueDate > addDays(today, AHEAD_DAYS)) findings.push(blocking('date.future', 'issueDate', { issueDate, today }));
  if (issueDate < addDays(today, -OLDEST_DAYS)) findings.push(note('date.old', 'issueDate', { issueDate, today }));
  if (dueDate && dueDate < issueDate)
    findings.push(blocking('date.due-before-issue', 'dueDate', { issueDate, dueDate }));
  if (dueDate && dueDate > addDays(issueDate, LONGEST_TERM_DAYS)) {
    findings.push(blocking('date.due-far', 'dueDate', { issueDate, dueDate }));
  }
  if (saleDate && saleDate > addDays(issueDate, EARLIEST_DAYS)) {
    findings.push(note('date.sale-far', 'saleDate', { issueDate, saleDate }));
  }
  return findings;
}
