import type { Budget } from '../bounds.ts';
import { holds } from './anchors.ts';
import type { Instruction, Program } from './program.ts';

/** Bounds of the groups by slot, -1 where a group took no part. */
export type Captures = readonly number[];

/** How to search. */
export interface Search {
  /** Only a match that begins at `from`. */
  readonly anchored?: boolean;
  /** Only a match that ends here. */
  readonly end?: number;
  /** Only a match that takes a character. */
  readonly notEmpty?: boolean;
  /** The longest of those that begin first, instead of the preferred one. */
  readonly longest?: boolean;
}

/** Instructions of the machine for the price of one step of the program. */
const INSTRUCTIONS_PER_STEP = 4;

/**
 * The first match in a text of code points, from `from` on; null where there is none. Pike's machine: it walks over
 * the text once with all possibilities side by side, in the order of preference, so that the time is at most
 * instructions times characters, whatever the pattern and the text.
 */
export function search(
  program: Program,
  text: readonly number[],
  from: number,
  budget: Budget,
  how: Search = {},
): Captures | null {
  return new Machine(program, text, budget, how).run(from);
}

/** Possibilities in the order of preference: the next instruction of each, and what it has captured. */
interface Threads {
  readonly places: number[];
  readonly captures: Captures[];
}

class Machine {
  private readonly program: Program;
  private readonly text: readonly number[];
  private readonly budget: Budget;
  private readonly how: Search;
  /** The text position at which an instruction was last reached, so that each is followed once per position. */
  private readonly reached: Int32Array;
  private best: Captures | null = null;

  constructor(program: Program, text: readonly number[], budget: Budget, how: Search) {
    this.program = program;
    this.text = text;
    this.budget = budget;
    this.how = how;
    this.reached = new Int32Array(program.instructions.length).fill(-1);
  }

  run(from: number): Captures | null {
    let threads: Threads = { places: [], captures: [] };
    const blank: Captures = Array.from({ length: this.program.slots }, () => -1);
    const last = Math.min(this.text.length, this.how.end ?? Infinity);
    this.budget.spend(this.reached.length / INSTRUCTIONS_PER_STEP);
    for (let at = from; at <= last; at++) {
      // A new possibility begins at each place until there is a match; it is the least preferred.
      if (this.best === null && (at === from || this.how.anchored !== true)) this.follow(threads, 0, blank, at);
      if (threads.places.length === 0 && (this.best !== null || this.how.anchored === true)) break;
      this.budget.spend(1 + threads.places.length / INSTRUCTIONS_PER_STEP);
      threads = this.advance(threads, at);
    }
    return this.best;
  }

  /** Lets each possibility take the character at `at`; those less preferred than a match end there. */
  private advance(threads: Threads, at: number): Threads {
    const next: Threads = { places: [], captures: [] };
    const point = this.text[at];
    for (let i = 0; i < threads.places.length; i++) {
      const place = threads.places[i] ?? 0;
      const captures = threads.captures[i] ?? [];
      const instruction = this.program.instructions[place];
      if (instruction?.kind === 'match') {
        if (this.accepts(captures)) {
          this.best = captures;
          if (this.how.longest !== true) break;
        }
      } else if (instruction?.kind === 'character' && point !== undefined && instruction.test(point)) {
        this.follow(next, place + 1, captures, at + 1);
      }
    }
    return next;
  }

  /** Whether a match may be the result: Oniguruma's options, and for the longest, a start not after the best. */
  private accepts(captures: Captures): boolean {
    const [start = 0, end = 0] = captures;
    if (this.how.notEmpty === true && start === end) return false;
    if (this.how.end !== undefined && end !== this.how.end) return false;
    if (this.best === null) return true;
    const [bestStart = 0, bestEnd = 0] = this.best;
    return start < bestStart || (start === bestStart && end > bestEnd);
  }

  /** Follows from `place` what needs no character, and adds each instruction that does, in the order of preference. */
  private follow(threads: Threads, place: number, captures: Captures, at: number): void {
    const pending: { place: number; captures: Captures }[] = [{ place, captures }];
    for (let current = pending.pop(); current !== undefined; current = pending.pop()) {
      if (this.reached[current.place] === at) continue;
      this.reached[current.place] = at;
      const instruction = this.program.instructions[current.place];
      if (instruction === undefined) continue;
      if (instruction.kind === 'character' || instruction.kind === 'match') {
        threads.places.push(current.place);
        threads.captures.push(current.captures);
      } else this.branch(instruction, current, pending, at);
    }
  }

  private branch(
    instruction: Exclude<Instruction, { kind: 'character' | 'match' }>,
    { place, captures }: { place: number; captures: Captures },
    pending: { place: number; captures: Captures }[],
    at: number,
  ): void {
    switch (instruction.kind) {
      case 'jump':
        pending.push({ place: instruction.next, captures });
        break;
      case 'split':
        pending.push({ place: instruction.other, captures }, { place: instruction.next, captures });
        break;
      case 'save': {
        const saved = captures.slice();
        saved[instruction.slot] = at;
        pending.push({ place: place + 1, captures: saved });
        break;
      }
      case 'anchor':
        if (holds(instruction.anchor, this.text, at)) pending.push({ place: place + 1, captures });
        break;
      case 'look':
        if (this.looks(instruction, at) !== instruction.negative) pending.push({ place: place + 1, captures });
    }
  }

  /** Whether the inner pattern matches after or before `at`. It may read the whole rest: the budget pays for that. */
  private looks({ program, behind }: Extract<Instruction, { kind: 'look' }>, at: number): boolean {
    if (behind === null) return search(program, this.text, at, this.budget, { anchored: true }) !== null;
    for (let width = behind.least; width <= Math.min(behind.most, at); width++) {
      const how: Search = { anchored: true, end: at, longest: true };
      if (search(program, this.text, at - width, this.budget, how) !== null) return true;
    }
    return false;
  }
}
