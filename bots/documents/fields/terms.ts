import type { Label } from './match.ts';
import { addDays, datesIn } from './dates.ts';
import { fold } from './fold.ts';
import { confidenceOf, labelled, placesOf, type Paper } from './paper.ts';
import { SCORE, scoreOf, type Candidate } from './candidate.ts';
import { cellOf } from '../page/layout.ts';

/** Dates that stand beside or below labels of the field. */
export function datesFor(paper: Paper, field: Label['field']): Candidate[] {
  return labelled(paper, field).flatMap(({ label, line }) => {
    for (const place of placesOf(label, line, paper)) {
      const [hit] = datesIn(place.cell.text, paper.dateOrder);
      if (!hit) continue;
      const ambiguous = hit.ambiguous ? AMBIGUOUS_PENALTY : 0;
      const score = scoreOf(label.strong, place.relation) * confidenceOf(place.cell) - ambiguous;
      return [{ value: hit.iso, score, cell: place.cell }];
    }
    return [];
  });
}

/** A date whose day and month could be swapped was read by the document's own habit; that is nearly always right. */
const AMBIGUOUS_PENALTY = 0.04;

/** Issue date: labelled, else the first date of the document that has no other label. */
export function issueDates(paper: Paper): Candidate[] {
  const found = datesFor(paper, 'issueDate');
  if (found.length > 0) return found;
  const taken = new Set([...datesFor(paper, 'saleDate'), ...datesFor(paper, 'dueDate')].map((one) => one.value));
  const loose = paper.lines.flatMap((line) =>
    line.labels.some((label) => label.field === 'order' || label.field === 'other' || label.field === 'dueDate')
      ? []
      : datesIn(line.text, paper.dateOrder).map((hit) => ({ hit, line })),
  );
  const free = loose.filter(({ hit }) => !taken.has(hit.iso));
  const distinct = new Set(free.map(({ hit }) => hit.iso)).size;
  const first = free[0] ?? loose[0];
  if (!first) return [];
  const score = distinct === 1 ? SCORE.weakRight : SCORE.unlabelled;
  return [{ value: first.hit.iso, score, cell: cellOf(first.line.words, first.line.page, first.line.index) }];
}

const TERM = /(?:(\d{1,3})\s*(?:dni|days?|tage[n]?|jours?|dagen|giorni|dias)\b|\bnet(?:to)?\s*(\d{1,3})\b(?!\s*[.,%]))/;

/** Due date: labelled, else "14 days" beside a label of terms, counted from the issue date. */
export function dueDates(paper: Paper, issueDate: string | undefined): Candidate[] {
  const found = datesFor(paper, 'dueDate');
  if (found.length > 0 || !issueDate) return found;
  return labelled(paper, 'dueDate').flatMap(({ label, line }) => {
    const place = placesOf(label, line, paper)[0];
    const term = place && TERM.exec(fold(place.cell.text));
    const days = Number(term?.[1] ?? term?.[2]);
    return place && days > 0 ? [{ value: addDays(issueDate, days), score: SCORE.weakRight, cell: place.cell }] : [];
  });
}

const NUMBER =
  /^(?:[A-Za-zÀ-ž]{1,8}[ ]){0,2}[A-Za-z0-9À-ž]*\d[A-Za-z0-9À-ž]*(?:[/_.\\-]+[A-Za-z0-9À-ž]+)*|^[A-Za-z0-9]+(?:[/_.\\-]+[A-Za-z0-9]+)*[/_.-]\d[A-Za-z0-9]*(?:[/_.\\-]+[A-Za-z0-9]+)*/;
const LONGEST_NUMBER = 40;

/** Invoice numbers beside or below their labels. */
export function numbers(paper: Paper): Candidate[] {
  return labelled(paper, 'number').flatMap(({ label, line }) => {
    const places = placesOf(label, line, paper);
    for (const place of places) {
      if (place.relation === 'below' && !label.strong) break;
      const number = numberIn(place.cell.text);
      if (!number) continue;
      const words = place.cell.words.slice(0, number.split(' ').length);
      const cell = cellOf(words, place.cell.page, place.cell.line);
      return [{ value: number, score: scoreOf(label.strong, place.relation) * confidenceOf(cell), cell }];
    }
    return [];
  });
}

/** The number at the start of a value; a date, an amount or a bare word is none. */
export function numberIn(text: string): string | undefined {
  const trimmed = text.replace(/^[\s:.#№/|*-]+/, '').replace(/^(?:nr|no|numer)\b[.: ]*/i, '');
  const found = NUMBER.exec(trimmed)?.[0].replace(/[.\-/]+$/, '');
  if (!found || found.length > LONGEST_NUMBER || !/\d/.test(found)) return undefined;
  const [date] = datesIn(found);
  if (date && date.length >= found.length) return undefined;
  if (/^\d{1,3}(?:[.,]\d{3})*[.,]\d{2}$/.test(found)) return undefined;
  return found;
}
