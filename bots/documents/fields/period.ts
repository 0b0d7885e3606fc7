import { cellOf } from '../page/layout.ts';
import { SCORE, weigh, type Candidate } from './candidate.ts';
import { datesIn, lastDayOf, monthsIn } from './dates.ts';
import { fold } from './fold.ts';
import type { Paper, PaperLine } from './paper.ts';

/** What a period of service or delivery (BG-14) is called; a line of a table names periods of its lines. */
const LABEL =
  /(?:okres (?:rozliczeniowy|rozliczenia|swiadczenia(?: uslug)?|uslugi|abonamentowy|dostaw)|za okres|w okresie|billing period|service period|invoicing period|period of (?:service|supply)|leistungs ?-?zeitraum|abrechnungs ?-?zeitraum|rechnungs ?-?zeitraum|lieferzeitraum|periode de (?:facturation|prestation)|factuurperiode|periodo di (?:fatturazione|riferimento)|periodo de facturacion)/;

/** First and last day of the period that the invoice is for; undefined where the paper names none. */
export function periodOf(paper: Paper): { from: Candidate; to: Candidate } | undefined {
  for (const line of paper.lines) {
    const label = LABEL.exec(fold(line.text));
    if (!label) continue;
    const next = paper.lines[line.at + 1];
    const found = daysOf(line, label.index, paper) ?? (next && daysOf(next, 0, paper));
    if (found) return found;
  }
  return undefined;
}

function daysOf(line: PaperLine, start: number, paper: Paper): { from: Candidate; to: Candidate } | undefined {
  const cell = cellOf(line.words, line.page, line.index);
  const score = weigh(SCORE.weakNumber, cell);
  const text = line.text.slice(start);
  const [from, to] = datesIn(text, paper.dateOrder);
  if (from && to && from.iso <= to.iso) {
    return { from: { value: from.iso, score, cell }, to: { value: to.iso, score, cell } };
  }
  const [month] = monthsIn(text);
  if (!month || from) return undefined;
  return {
    from: { value: `${month}-01`, score, cell },
    to: { value: lastDayOf(month), score, cell },
  };
}
