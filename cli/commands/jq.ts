import { compile, JqBoundError, JqError, JqSyntaxError, type Program } from '../../packages/jq/index.ts';
import { readJsonValues } from '../../packages/jq/index.ts';
import { toJson } from '../../packages/jq/index.ts';
import type { Io } from '../io.ts';

/** jq's own exit codes (manual, "Invoking jq"), by which scripts tell the cases apart. */
const EXIT = { ok: 0, usageOrInput: 2, compile: 3, error: 5 } as const;

const USAGE = `Usage: zaplecze jq [-n] [-r] [-s] [--arg NAME TEXT] [--argjson NAME JSON] PROGRAM < input
  -n  the input is null, nothing is read      -r  strings are printed as they are
  -s  all inputs become one array             -c  one value per line (always on; accepted as in jq)`;

interface Call {
  readonly program: string;
  readonly nullInput: boolean;
  readonly raw: boolean;
  readonly slurp: boolean;
  readonly variables: Readonly<Record<string, unknown>>;
}

/**
 * `zaplecze jq PROGRAM < input`: evaluates as definitions do, prints one JSON value a line. Answers jq's exit code:
 * 5 after an error of the program (later inputs are still evaluated), 3 where it does not compile, 2 for broken input.
 */
export async function runJq(argv: readonly string[], io: Io): Promise<number> {
  const call = parseCall(argv);
  if (typeof call === 'string') {
    io.err(`${call}\n${USAGE}`);
    return EXIT.usageOrInput;
  }
  const program = compileOrReport(call, io);
  if (program === null) return EXIT.compile;
  return evaluateAll(program, call, call.nullInput ? '' : await io.stdin(), io);
}

function compileOrReport({ program, variables }: Call, io: Io): Program | null {
  try {
    return compile(program, { variables: Object.keys(variables) });
  } catch (error) {
    if (error instanceof JqBoundError) io.err(`jq: error: ${error.message}`);
    else if (error instanceof JqSyntaxError) io.err(locate(program, error));
    else throw error;
    return null;
  }
}

/** The message, the line it is about, and a mark under the place. */
function locate(source: string, error: JqSyntaxError): string {
  const before = source.slice(0, error.offset).split('\n');
  const column = before.at(-1)?.length ?? 0;
  const line = source.split('\n')[before.length - 1] ?? '';
  const place = `line ${before.length}, column ${column + 1}`;
  return `jq: error: ${error.message} (${place})\n    ${line}\n    ${' '.repeat(column)}^\n${error.hint}`;
}

function evaluateAll(program: Program, call: Call, text: string, io: Io): number {
  let code: number = EXIT.ok;
  const evaluate = (input: unknown): void => {
    if (!evaluateOne(program, call, input, io)) code = EXIT.error;
  };
  if (call.nullInput) {
    evaluate(null);
    return code;
  }
  const slurped: unknown[] = [];
  try {
    for (const input of readJsonValues(text)) {
      if (call.slurp) slurped.push(input);
      else evaluate(input);
    }
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    io.err(`jq: error: the input is not JSON: ${error.message}`);
    return EXIT.usageOrInput;
  }
  if (call.slurp) evaluate(slurped);
  return code;
}

function evaluateOne(program: Program, call: Call, input: unknown, io: Io): boolean {
  try {
    program.each(input, call.variables, (output) => {
      io.out(call.raw && typeof output === 'string' ? output : toJson(output));
    });
    return true;
  } catch (error) {
    if (!(error instanceof JqError || error instanceof JqBoundError)) throw error;
    io.err(`jq: error: ${describeError(error)}`);
    return false;
  }
}

/** The message; for an error that is not a string, its value as jq prints it. */
function describeError(error: JqError | JqBoundError): string {
  if (error instanceof JqBoundError || typeof error.value === 'string') return error.message;
  return `(not a string): ${toJson(error.value)}`;
}

function parseCall(argv: readonly string[]): Call | string {
  const flags = new Set<string>();
  const variables: Record<string, unknown> = {};
  const rest: string[] = [];
  for (let at = 0; at < argv.length; at++) {
    const word = argv[at] ?? '';
    if (word === '--arg' || word === '--argjson') {
      const [name, value] = [argv[++at], argv[++at]];
      if (name === undefined || value === undefined) return `${word} takes a name and a value.`;
      const parsed = word === '--arg' ? value : parseArgument(value);
      if (parsed === undefined) return `The value of --argjson ${name} is not JSON.`;
      Object.defineProperty(variables, name, { value: parsed, enumerable: true });
    } else if (/^-[nrcs]+$/.test(word)) for (const letter of word.slice(1)) flags.add(letter);
    else if (LONG[word] !== undefined) flags.add(LONG[word]);
    else if (/^--?[a-zA-Z]/.test(word)) return `Unknown option ${word}.`;
    else rest.push(word);
  }
  const [program, ...more] = rest;
  if (program === undefined) return 'The program is missing.';
  if (more.length > 0) return 'Give only one program and no files: the input comes from standard input.';
  return { program, nullInput: flags.has('n'), raw: flags.has('r'), slurp: flags.has('s'), variables };
}

const LONG: Readonly<Record<string, string>> = {
  '--null-input': 'n',
  '--raw-output': 'r',
  '--compact-output': 'c',
  '--slurp': 's',
};

function parseArgument(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
