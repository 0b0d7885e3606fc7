/** Where a command reads and writes: the process's own streams, or buffers in tests. */
export type Io = {
  out(text: string): void;
  err(text: string): void;
  /** Everything on standard input. */
  stdin(): Promise<string>;
};

/** Exit codes of every command, as scripts rely on them. */
export const EXIT = {
  ok: 0,
  /** The command worked and what it looked at is not in order: findings, a failed run, a missing part. */
  notOk: 1,
  /** Wrong options or arguments. */
  usage: 2,
  /** The installation cannot be reached. */
  unreachable: 3,
} as const;

/** Streams of this process. */
export const processIo: Io = {
  out: (text) => void process.stdout.write(`${text}\n`),
  err: (text) => void process.stderr.write(`${text}\n`),
  async stdin() {
    const chunks: Buffer[] = [];
    for await (const chunk of process.stdin) chunks.push(Buffer.from(chunk as Uint8Array));
    return Buffer.concat(chunks).toString('utf8');
  },
};

/** A table with columns as wide as their longest cell; the last column may run on. */
export function table(head: string[], rows: string[][]): string {
  const widths = head.map((title, column) => Math.max(title.length, ...rows.map((row) => (row[column] ?? '').length)));
  const line = (cells: string[]) =>
    cells
      .map((cell, column) => (column === cells.length - 1 ? cell : cell.padEnd(widths[column] ?? 0)))
      .join('  ')
      .trimEnd();
  return [line(head), ...rows.map(line)].join('\n');
}
