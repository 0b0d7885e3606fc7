import { vatIds } from '../fields/parties/ids.ts';
import { fold } from '../fields/fold.ts';
import { labelled, paperOf, type Paper } from '../fields/paper.ts';
import { datesFor, numbers } from '../fields/payment-dates.ts';
import type { Page } from '../page/words.ts';
import { bare } from '../confidence/spelling.ts';

/** What the first page of an invoice shows, and pages after it do not or show the same. */
type Face = {
  page: Page;
  number: string | undefined;
  ids: ReadonlySet<string>;
  titled: boolean;
  dated: boolean;
  totalled: boolean;
  counter: { index: number; of: number } | undefined;
  rows: readonly string[];
};

/** A number this sure is the page's own and not one that its text speaks of. */
const SURE_NUMBER = 0.86;
const TITLE_LINES = 14;
const TITLE =
  /^\W*(?:(?:tax |vat |commercial )?invoice|faktura|rachunek|korekta|[a-z]*rechnung|gutschrift|credit note|facture|avoir|factuur|creditnota|fattura|nota di credito|factura|fatura)\b/;
const COUNTER =
  /(?:^|\s)(?:strona|str\.?|page|seite|blatt|pagina|pag\.?)\s*:?\s*(\d{1,3})\s*(?:z|of|von|de|di|van|sur|\/)\s*(\d{1,3})(?:\s|$)/;
/** Share of a page's rows that stand on another one too: the copy beside the original. */
const COPY_SHARE = 0.85;
const LEAST_ROWS = 8;

/** Pages of one document, and copies of them that say nothing new. */
export type PageGroup = { pages: Page[]; copies: Page[] };

/**
 * Groups the pages of a file into documents: a new one starts where the page shows another invoice's number or seller,
 * or counts from one again. Pages of one document keep their order. A page that shows nothing of its own belongs to
 * the document before it; the copy beside an original is kept apart, so that its lines are not read twice.
 */
export function splitPages(pages: readonly Page[], exact: boolean): PageGroup[] {
  const groups: { faces: Face[]; copies: Page[] }[] = [];
  for (const face of pages.map((page) => faceOf(page, exact))) {
    const group = groups.at(-1);
    if (!group || startsAnother(face, group.faces)) groups.push({ faces: [face], copies: [] });
    else if (isCopy(face, group.faces)) group.copies.push(face.page);
    else group.faces.push(face);
  }
  return groups.map(({ faces, copies }) => ({ pages: faces.map(({ page }) => page), copies }));
}

/** Pages of one document numbered from 1, as if they were a file of their own. */
export function renumbered(pages: readonly Page[]): Page[] {
  return pages.map((page, index) => ({ ...page, number: index + 1 }));
}

function faceOf(page: Page, exact: boolean): Face {
  const paper = paperOf([page], exact);
  const [best] = numbers(paper).sort((a, b) => b.score - a.score);
  const folded = paper.lines.map((line) => fold(line.text));
  const counted = folded.map((text) => COUNTER.exec(text)).find(Boolean);
  return {
    page,
    number: best && best.score >= SURE_NUMBER ? bare(best.value) : undefined,
    ids: new Set(vatIds(paper).flatMap((hit) => (hit.valid ? [hit.value.replace(/^[A-Z]{2}/, '')] : []))),
    titled: paper.lines.slice(0, TITLE_LINES).some((line) => line.cells.some((cell) => TITLE.test(fold(cell.text)))),
    dated: datesFor(paper, 'issueDate').length > 0,
    totalled: hasTotal(paper),
    counter: counted ? { index: Number(counted[1]), of: Number(counted[2]) } : undefined,
    rows: folded.filter((text) => text.length > 2),
  };
}

function hasTotal(paper: Paper): boolean {
  return labelled(paper, 'gross', 'payable').some(({ label, line }) => label.strong && line.amounts.length > 0);
}

function startsAnother(face: Face, group: readonly Face[]): boolean {
  if (face.counter && face.counter.index > 1) return false;
  const number = group.find((one) => one.number)?.number;
  const shows = face.dated || (face.titled && (face.totalled || face.ids.size > 0));
  if (face.number && number) return face.number !== number && shows;
  const restarts = face.counter?.index === 1 && group.some((one) => one.counter);
  if (restarts && face.titled) return true;
  const ids = new Set(group.flatMap((one) => [...one.ids]));
  const others = face.ids.size > 1 && ![...face.ids].every((id) => ids.has(id));
  return others && face.titled && face.totalled && group.some((one) => one.totalled);
}

/** The page stands in the group already, but for a word such as "copy". */
function isCopy(face: Face, group: readonly Face[]): boolean {
  if (!face.number || face.rows.length < LEAST_ROWS) return false;
  return group.some((one) => {
    const rows = new Set(one.rows);
    return face.rows.filter((row) => rows.has(row)).length >= COPY_SHARE * face.rows.length;
  });
}
