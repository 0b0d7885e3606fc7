import { JqBoundError } from './errors.ts';

/**
 * A workflow task must answer within seconds (Temporal's default is 10 s) on a worker that other runs share. A step costs 20 to 200 ns,
 * so a program that uses all of them ends in well under a second.
 */
export const MAX_STEPS = 2_000_000;
/**
 * Calls of functions defined in jq inside one another. A level takes about 1 kB of the stack, of which Node gives 1 MB.
 */
export const MAX_CALL_DEPTH = 400;
/** Outputs of one program. A definition uses one; a list of this length is already more than a history event holds. */
export const MAX_OUTPUTS = 100_000;
/** Characters of one string: twice what Temporal takes as one payload (2 MB), so that intermediate texts fit. */
export const MAX_STRING = 4 * 1024 * 1024;
/** Elements of one array. Ten digits each would fill ten payloads. */
export const MAX_ARRAY = 1_000_000;
/** Levels of arrays and objects inside one another: as deep as jq itself parses (10,000) would overflow the stack here. */
export const MAX_NESTING = 1_000;
/** Characters of a program's source. The longest in practice have a few thousand. */
export const MAX_PROGRAM = 64 * 1024;
/** Brackets, operators and functions inside one another in a program: each level is a stack frame of the parser. */
export const MAX_SYNTAX_DEPTH = 200;
/** Programs kept compiled. A definition has some dozens of expressions; this holds those of the definitions in use. */
export const MAX_CACHED_PROGRAMS = 2_000;

/** Array elements copied or compared for the price of one step (measured: copying costs about 1 ns each). */
const ELEMENTS_PER_STEP = 32;
/** Characters copied for the price of one step. */
const CHARACTERS_PER_STEP = 128;

/** What one evaluation may still spend. */
export class Budget {
  steps = MAX_STEPS;

  /** One step more. */
  step(): void {
    if (--this.steps < 0) throw tooManySteps();
  }

  /** Pays for handling `count` elements; refuses arrays longer than {@link MAX_ARRAY}. */
  elements(count: number): void {
    if (count > MAX_ARRAY) {
      throw new JqBoundError('array', MAX_ARRAY, `An array would have more than ${MAX_ARRAY} elements.`);
    }
    this.spend(1 + count / ELEMENTS_PER_STEP);
  }

  /** Pays for a text of `length` characters; refuses texts longer than {@link MAX_STRING}. */
  characters(length: number): void {
    if (length > MAX_STRING) {
      throw new JqBoundError('string', MAX_STRING, `A string would have more than ${MAX_STRING} characters.`);
    }
    this.spend(1 + length / CHARACTERS_PER_STEP);
  }

  /** Pays `steps` at once, for work known beforehand. */
  spend(steps: number): void {
    this.steps -= steps;
    if (this.steps < 0) throw tooManySteps();
  }
}

function tooManySteps(): JqBoundError {
  return new JqBoundError('steps', MAX_STEPS, `The program needs more than ${MAX_STEPS} steps.`);
}
