import { isWord } from './classes.ts';
import type { Anchor } from './syntax.ts';

const NEWLINE = 10;

/** Whether an anchor holds before the character at `at`. */
export function holds(anchor: Anchor, text: readonly number[], at: number): boolean {
  switch (anchor) {
    case 'text-start':
      return at === 0;
    case 'text-end':
      return at === text.length;
    case 'last-line-end':
      return at === text.length || (at === text.length - 1 && text[at] === NEWLINE);
    case 'line-start':
      return at === 0 || text[at - 1] === NEWLINE;
    case 'line-end':
      return at === text.length || text[at] === NEWLINE;
    default:
      return (wordAt(text, at - 1) === wordAt(text, at)) === (anchor === 'not-word');
  }
}

function wordAt(text: readonly number[], at: number): boolean {
  const point = text[at];
  return point !== undefined && isWord(point);
}
