import { JqBoundError } from '../errors.ts';
import type { Anchor, CharacterTest, Pattern } from './syntax.ts';
import { widthOf, type Width } from './width.ts';

/**
 * Instructions of one pattern, counted repetitions written out. The time of a match is at most this times the length
 * of the text.
 */
export const MAX_INSTRUCTIONS = 5_000;

/** An instruction of the machine; `next` and `other` are places in the program, `next` preferred. */
export type Instruction =
  | { readonly kind: 'character'; readonly test: CharacterTest }
  | { readonly kind: 'split'; readonly next: number; readonly other: number }
  | { readonly kind: 'jump'; readonly next: number }
  | { readonly kind: 'save'; readonly slot: number }
  | { readonly kind: 'anchor'; readonly anchor: Anchor }
  | { readonly kind: 'look'; readonly program: Program; readonly behind: Width | null; readonly negative: boolean }
  | { readonly kind: 'match' };

/** A compiled pattern. Slots 2i and 2i + 1 hold the bounds of group i, group 0 being the whole match. */
export interface Program {
  readonly instructions: readonly Instruction[];
  readonly slots: number;
}

/** Compiles a pattern by Thompson's construction; raises JqBoundError where it becomes too long. */
export function compilePattern(pattern: Pattern, groups: number): Program {
  const instructions: Instruction[] = [];
  const slots = 2 * (groups + 1);
  const emit = (instruction: Instruction): number => {
    if (instructions.length >= MAX_INSTRUCTIONS) {
      throw new JqBoundError(
        'pattern',
        MAX_INSTRUCTIONS,
        `A regular expression is longer than ${MAX_INSTRUCTIONS} instructions.`,
      );
    }
    return instructions.push(instruction) - 1;
  };
  const code: Code = { emit, instructions, groups };
  emit({ kind: 'save', slot: 0 });
  write(pattern, code);
  emit({ kind: 'save', slot: 1 });
  emit({ kind: 'match' });
  return { instructions, slots };
}

interface Code {
  readonly emit: (instruction: Instruction) => number;
  readonly instructions: Instruction[];
  readonly groups: number;
}

function write(pattern: Pattern, code: Code): void {
  switch (pattern.kind) {
    case 'empty':
      return;
    case 'character':
    case 'anchor':
      code.emit(pattern);
      return;
    case 'sequence':
      for (const item of pattern.items) write(item, code);
      return;
    case 'choice':
      return writeChoice(pattern.items, code);
    case 'repeat':
      return writeRepeat(pattern, code);
    case 'group':
      code.emit({ kind: 'save', slot: 2 * pattern.index });
      write(pattern.item, code);
      code.emit({ kind: 'save', slot: 2 * pattern.index + 1 });
      return;
    case 'look': {
      const behind = pattern.behind ? widthOf(pattern.item) : null;
      const program = compilePattern(pattern.item, code.groups);
      code.emit({ kind: 'look', program, behind, negative: pattern.negative });
    }
  }
}

function writeChoice(items: readonly Pattern[], code: Code): void {
  const ends: number[] = [];
  items.forEach((item, i) => {
    const last = i === items.length - 1;
    const split = last ? -1 : code.emit({ kind: 'jump', next: 0 });
    write(item, code);
    if (last) return;
    ends.push(code.emit({ kind: 'jump', next: 0 }));
    code.instructions[split] = { kind: 'split', next: split + 1, other: code.instructions.length };
  });
  for (const end of ends) code.instructions[end] = { kind: 'jump', next: code.instructions.length };
}

function writeRepeat(repeat: Extract<Pattern, { kind: 'repeat' }>, code: Code): void {
  const { item, least, most, greedy } = repeat;
  for (let i = 0; i < least; i++) write(item, code);
  if (most === Infinity) {
    const split = code.emit({ kind: 'jump', next: 0 });
    write(item, code);
    code.emit({ kind: 'jump', next: split });
    code.instructions[split] = branch(split + 1, code.instructions.length, greedy);
    return;
  }
  const splits: number[] = [];
  for (let i = least; i < most; i++) {
    splits.push(code.emit({ kind: 'jump', next: 0 }));
    write(item, code);
  }
  for (const split of splits) code.instructions[split] = branch(split + 1, code.instructions.length, greedy);
}

function branch(into: number, past: number, greedy: boolean): Instruction {
  return greedy ? { kind: 'split', next: into, other: past } : { kind: 'split', next: past, other: into };
}
