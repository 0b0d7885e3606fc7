import { compile, JqBoundError, JqSyntaxError } from '../../../packages/jq/index.ts';
import { parse } from '../../../packages/jq/index.ts';
import { memberUses, type MemberUse } from './variables.ts';

export type ProgramFault = { offset: number; message: string; hint: string };
export type CheckedProgram = { fault: ProgramFault; secrets: [] } | { fault: undefined; secrets: MemberUse[] };

/** Compiles a program without running it; finds the secrets that it reads by name. */
export function checkProgram(program: string, variables: readonly string[]): CheckedProgram {
  try {
    compile(program, { variables });
    return { fault: undefined, secrets: program.includes('$secrets') ? memberUses(parse(program), 'secrets') : [] };
  } catch (error) {
    return { fault: faultOf(error), secrets: [] };
  }
}

function faultOf(error: unknown): ProgramFault {
  if (error instanceof JqSyntaxError) return { offset: error.offset, message: error.message, hint: error.hint };
  if (error instanceof JqBoundError) return { offset: 0, message: error.message, hint: 'split the expression' };
  throw error;
}
