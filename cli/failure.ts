import { CommanderError } from 'commander';
import { ProblemError } from '../core/model/problem.ts';
import { ApiError } from './api-client.ts';
import { fileWords, UsageError } from './input-file.ts';
import { EXIT, type Io } from './io.ts';

/** Tells why a command failed: in words where a person can mend it, with a trace only for a fault of ours. Answers the exit code. */
export function tellFailure(error: unknown, io: Io): number {
  if (error instanceof ApiError) {
    io.err(error.message);
    return error.status === 0 ? EXIT.unreachable : EXIT.notOk;
  }
  // Commander has told it already; help that was asked for is in order.
  if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.ok : EXIT.usage;
  if (error instanceof UsageError) {
    io.err(error.message);
    return EXIT.usage;
  }
  if (error instanceof ProblemError || error instanceof SyntaxError) io.err(error.message);
  else io.err(fileWords(error) ?? traceOf(error));
  return EXIT.notOk;
}

/** Nothing that a person did: the trace helps whoever mends it. */
function traceOf(error: unknown): string {
  const trace = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return `internal error. Please report it with these lines:\n${trace}`;
}
