import { LineCounter } from 'yaml';
import { type Finding, pointer, type Position } from '../finding.ts';

type Offsets = { key: number; value: number };

/** One file: its text, and where in it each value of the definition stands. */
export class Source {
  readonly file: string;
  readonly text: string;
  readonly lines = new LineCounter();
  readonly #offsets = new Map<string, Offsets>();

  constructor(text: string, file: string) {
    this.text = text;
    this.file = file;
    // Counted here and not by the parser, which loses lines inside what it cannot read.
    for (let start = 0; start !== 0 || this.lines.lineStarts.length === 0;) {
      this.lines.addNewLine(start);
      start = text.indexOf('\n', start) + 1;
    }
  }

  /** Notes where a value and its key stand. */
  note(path: readonly PropertyKey[], key: number, value: number): void {
    this.#offsets.set(pointer(path), { key, value });
  }

  /** Where a value (or its key) stands; for a path that is not there, the nearest parent. */
  locate(path: string, what: 'key' | 'value' = 'value'): Position {
    const offsets = this.#offsets.get(path);
    if (offsets) return this.at(offsets[what]);
    return path === '' ? { line: 1, column: 1 } : this.locate(path.slice(0, path.lastIndexOf('/')), 'key');
  }

  /**
   * Where character `index` of a text value stands. Exact for texts written on one line; for folded texts and those with
   * escapes, where the value begins.
   */
  locateIn(path: string, value: string, index: number): Position {
    const start = this.#offsets.get(path)?.value;
    if (start === undefined) return this.locate(path);
    const quote = /["']/.test(this.text.charAt(start)) ? 1 : 0;
    const asWritten = this.text.startsWith(value, start + quote);
    return this.at(asWritten ? start + quote + index : start);
  }

  at(offset: number): Position {
    const { line, col } = this.lines.linePos(offset);
    return { line: Math.max(line, 1), column: Math.max(col, 1) };
  }

  /** A finding of the text itself, by its offset. */
  findingAt(offset: number, rule: string, message: string, hint?: string, path = ''): Finding {
    return { file: this.file, ...this.at(offset), severity: 'error', rule, message, ...(hint && { hint }), path };
  }
}
