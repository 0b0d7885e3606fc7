/** Runs a command and keeps its exit code. */
export function exit(code: Promise<number>): Promise<void> {
  return code.then((value) => {
    process.exitCode = value;
  });
}

/** Lines of examples for the help of a command. */
export function examples(...lines: string[]): string {
  return `\nExamples:\n${lines.map((line) => `  $ zaplecze ${line}`).join('\n')}`;
}
