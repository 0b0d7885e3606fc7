import { cellOf, type Cell, type Line } from '../page/layout.ts';
import { labelsOf, type Label } from './match.ts';
import type { LabelField } from './labels.ts';

/** The second row of a label stands at most this many line heights below its first, from top to top. */
const ROW_DISTANCE = 2;
/** Rows of one label begin, or have their middle, within this share of a line's height. */
const ALIGNED = 0.6;
/** Words of a label's row; more are a sentence. */
const MOST_WORDS = 5;

/** Fields whose labels stand in narrow columns. Headings of the table of lines are put together by those who read it. */
const STACKED: ReadonlySet<LabelField> = new Set([
  'number',
  'issueDate',
  'saleDate',
  'dueDate',
  'order',
  'other',
  'buyerReference',
  'corrected',
  'vatId',
]);

/**
 * The labels of every line, with those that go on in the row below ("Date de" over "facture:"). Such a label is given to
 * both rows, for its value may stand right of the one or under the other, and goes before what either row says alone.
 */
export function labelsOfLines(lines: readonly Line[]): Label[][] {
  const labels = lines.map(labelsOf);
  for (const [at, line] of lines.entries()) {
    for (const upper of line.cells) {
      // Labels of one row are centred in the heads of a table: between two rows of one stands the only row of another.
      for (const next of lines.slice(at + 1, at + 3).filter((one) => isNear(one, line))) {
        const lower = next.cells.find((cell) => isUnder(cell, upper));
        if (lower) join(labels, [at, next === lines[at + 1] ? at + 1 : at + 2], [line, next], [upper, lower]);
        if (lower) break;
      }
    }
  }
  return labels;
}

const isNear = (lower: Line, upper: Line): boolean =>
  lower.page === upper.page && lower.y - upper.y < ROW_DISTANCE * Math.max(lower.height, upper.height);

function isUnder(lower: Cell, upper: Cell): boolean {
  const slack = ALIGNED * Math.min(lower.height, upper.height);
  const start = Math.abs(lower.x - upper.x);
  const middle = Math.abs(lower.x + lower.width / 2 - upper.x - upper.width / 2);
  return Math.min(start, middle) < slack && lower.words.length <= MOST_WORDS && upper.words.length <= MOST_WORDS;
}

/** Puts the label that spans both cells, where there is one, in the place of their own. */
function join(
  labels: Label[][],
  [at, below]: readonly [number, number],
  [line, next]: readonly [Line, Line],
  [upper, lower]: readonly [Cell, Cell],
): void {
  const both = cellOf([...upper.words, ...lower.words], line.page, line.index);
  const whole = labelsOf({ ...line, cells: [both], text: both.text });
  const parted = upper.words.length;
  const label = whole.find((one) => one.strong && STACKED.has(one.field) && one.from < parted && one.to > parted);
  // "Nr" over "FV/12/2026" is a label over its value.
  if (!label || lower.words.slice(0, label.to - parted).some((word) => /\d/.test(word.text))) return;
  replace(labels, at, line, upper, { ...label, line, tail: '' }, [label.from, parted]);
  replace(labels, below, next, lower, { ...label, line: next }, [0, label.to - parted]);
}

function replace(
  labels: Label[][],
  at: number,
  line: Line,
  cell: Cell,
  label: Label,
  [from, to]: readonly [number, number],
): void {
  const words = line.cells.flatMap((one) => one.words);
  const start = words.indexOf(cell.words[0] as (typeof words)[number]);
  const [first, end] = [start + from, start + to];
  const own = cellOf(words.slice(first, end), line.page, line.index);
  const others = (labels[at] ?? []).filter((one) => one.to <= first || one.from >= end);
  const all = [...others, { ...label, from: first, to: end, cell: own }];
  labels[at] = all.sort((a, b) => a.from - b.from);
}
