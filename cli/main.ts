#!/usr/bin/env node
import { ProblemError } from '../definitions/model/problem.ts';
import { ApiError } from './api-client.ts';
import { EXIT, processIo } from './io.ts';
import { program } from './program.ts';

try {
  await program(processIo).parseAsync();
} catch (error) {
  process.exitCode = tell(error);
}
// Some libraries keep handles open after their work; a command that has ended ends, once a slow pipe has taken its words.
process.stdout.end(() => process.exit());

function tell(error: unknown): number {
  if (error instanceof ApiError) {
    processIo.err(error.message);
    return error.status === 0 ? EXIT.unreachable : EXIT.notOk;
  }
  if (error instanceof ProblemError || error instanceof SyntaxError) processIo.err(error.message);
  else processIo.err(error instanceof Error ? (error.stack ?? error.message) : String(error));
  return EXIT.notOk;
}
