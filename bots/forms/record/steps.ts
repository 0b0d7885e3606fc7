import type { Formats } from '../../../core/forms/form.ts';
import type { Step } from '../../../core/forms/step.ts';
import type { FieldBook } from './fields.ts';
import { recognise } from './example.ts';
import type { Example } from './example.ts';
import type { Gesture } from './in-page.ts';

/** A gesture as one step on one field. `line` where its value belongs to a line of a list. */
export type Move = {
  verb: 'fill' | 'choose' | 'tick' | 'press';
  field: string;
  value: string | boolean;
  line?: { list: string; index: number };
};

export type Reading = { example: Example; formats: Formats; login?: { user: string }; book: FieldBook };

/** Name of one item of a list inside `repeat`. */
const ITEM = 'line';

/** The gestures as moves: typed values replaced by the parameters that they are an example of. */
export function movesOf(gestures: readonly Gesture[], reading: Reading): Move[] {
  const moves: Move[] = [];
  const used = new Set<string>();
  for (const gesture of gestures) {
    const move = moveOf(gesture, reading, used);
    if (!move) continue;
    const last = moves.at(-1);
    // A field that was typed into twice keeps what was typed last.
    if (last && last.verb === move.verb && last.field === move.field && move.verb !== 'press') moves.pop();
    moves.push(move);
  }
  return moves;
}

function moveOf(gesture: Gesture, reading: Reading, used: Set<string>): Move | undefined {
  const { book, example, formats, login } = reading;
  if (gesture.verb === 'show') return undefined;
  if (gesture.verb === 'press') return { verb: 'press', field: book.fieldOf(gesture, undefined), value: true };
  if (gesture.verb === 'tick') return { verb: 'tick', field: book.fieldOf(gesture, undefined), value: gesture.on };
  if (login) {
    const value = gesture.secret ? '{password}' : gesture.value === login.user ? '{user}' : escape(gesture.value);
    return { verb: gesture.verb, field: book.fieldOf(gesture, undefined), value };
  }
  const found = recognise(gesture, example, formats, used);
  const field = book.fieldOf(gesture, found?.line);
  if (!found) {
    book.note(field, `always "${gesture.value}"? It is not a value of the example record`);
    return { verb: gesture.verb, field, value: escape(gesture.value) };
  }
  used.add(found.name);
  book.use(found);
  if (found.also.length > 0)
    book.note(field, `the example has the same value as ${found.also.join(', ')}: is ${found.name} meant?`);
  if (!found.line) return { verb: gesture.verb, field, value: `{${found.name}}` };
  return { verb: gesture.verb, field, value: `{${ITEM}.${found.name}}`, line: found.line };
}

/**
 * Moves as steps of a form file. Moves for line after line, each like the one before, become one `repeat`; the presses
 * between them belong to it, where one follows the last line too.
 * @returns also what could not be folded, in words.
 */
export function stepsOf(moves: readonly Move[]): { steps: Step[]; doubt?: string } {
  const first = moves.findIndex(({ line }) => line);
  if (first < 0) return { steps: gather(moves) };
  const last = moves.findLastIndex(({ line }) => line);
  const chunks = split(moves.slice(first, last + 1));
  const list = moves[first]?.line?.list ?? '';
  const model = chunks[0] ?? [];
  const between = model.slice(model.findLastIndex(({ line }) => line) + 1);
  const tail = moves.slice(last + 1, last + 1 + between.length);
  const whole = [...chunks.slice(0, -1), [...(chunks.at(-1) ?? []), ...tail]];
  const shape = (chunk: readonly Move[]): string =>
    JSON.stringify(chunk.map(({ verb, field, value }) => [verb, field, value]));
  const alike = whole.every((chunk) => shape(chunk) === shape(model));
  const repeat: Step = { repeat: { for: list, as: ITEM, do: gather(model) } };
  const steps = [
    ...gather(moves.slice(0, first)),
    repeat,
    ...gather(moves.slice(last + 1 + (alike ? tail.length : 0))),
  ];
  if (!alike) return { steps, doubt: `the lines of "${list}" were not entered alike: look at the steps under repeat` };
  if (chunks.length > 1) return { steps };
  return {
    steps,
    doubt: `the example has one line in "${list}": record one with two, or look at the steps under repeat`,
  };
}

/** One chunk for each line, in the order of entry; what stands between belongs to the line before. */
function split(moves: readonly Move[]): Move[][] {
  const chunks: Move[][] = [];
  let index: number | undefined;
  for (const move of moves) {
    if (move.line && move.line.index !== index) {
      chunks.push([]);
      index = move.line.index;
    }
    chunks.at(-1)?.push(move);
  }
  return chunks;
}

/** Fields of one verb that follow each other share a step. */
function gather(moves: readonly Move[]): Step[] {
  const steps: Step[] = [];
  for (const { verb, field, value } of moves) {
    const last = steps.at(-1);
    if (verb === 'press') steps.push({ press: field });
    else if (last?.[verb] && !(field in last[verb])) Object.assign(last[verb], { [field]: value });
    else steps.push({ [verb]: { [field]: value } });
  }
  return steps;
}

/** A brace itself is written twice in a template. */
export const escape = (text: string): string => text.replace(/[{}]/g, '$&$&');
