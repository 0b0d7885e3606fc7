#!/usr/bin/env node
import { tellFailure } from './failure.ts';
import { processIo } from './io.ts';
import { program } from './program.ts';

try {
  await program(processIo).parseAsync();
} catch (error) {
  process.exitCode = tellFailure(error, processIo);
}
// Some libraries keep handles open after their work; a command that has ended ends, once a slow pipe has taken its words.
process.stdout.end(() => process.exit());
