import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline/promises';
import { z } from 'zod';
import { type Break, checkLink, GENESIS, type Head } from '../../store/audit-chain.ts';
import { callApi, readApi } from '../api-client.ts';
import { UsageError } from '../input-file.ts';
import { EXIT, type Io } from '../io.ts';

const Result = z.object({
  entries: z.number(),
  head: z.object({ seq: z.number(), hash: z.string() }),
  brokenAt: z.number().optional(),
  why: z.enum(['missing', 'unlinked', 'changed']).optional(),
});
type Result = z.infer<typeof Result>;
const Entry = z.object({
  ...{ seq: z.number(), at: z.string(), actor: z.string(), action: z.string(), run: z.string().nullable() },
  ...{ details: z.unknown(), previous: z.string(), hash: z.string() },
});

const WHY: Record<Break['why'], string> = {
  missing: 'entries before it are missing',
  unlinked: 'it is not linked to the entry before it',
  changed: 'its content has been changed',
};

/** `zaplecze audit verify`: walks the chain on the server, or that of an export. Exit code 1 where it is broken. */
export async function verify(options: { file?: string; head?: string; json?: boolean }, io: Io): Promise<number> {
  const wanted = options.head === undefined ? undefined : /^(\d+):([0-9a-f]{64})$/.exec(options.head);
  if (wanted === null) {
    io.err('--head takes the number and hash printed by an earlier "audit verify", for example 12:ab34…');
    return EXIT.usage;
  }
  const result =
    options.file === undefined
      ? Result.parse(await callApi('GET', '/audit/verification'))
      : await verifyFile(options.file);
  const hasHead = wanted === undefined || (await hasEntry(options.file, Number(wanted[1]), wanted[2] ?? ''));
  const whole = result.brokenAt === undefined && hasHead;
  if (options.json) io.out(JSON.stringify({ ...result, whole }));
  else if (whole) io.out(`intact: ${result.entries} entries\nhead ${result.head.seq}:${result.head.hash}`);
  else io.err(hasHead ? verdictOn(result) : `broken: the audit trail no longer contains entry ${options.head ?? ''}`);
  return whole ? EXIT.ok : EXIT.notOk;
}

function verdictOn({ brokenAt, why, entries }: Result): string {
  return `broken at entry ${brokenAt ?? ''}: ${why ? WHY[why] : ''} (${entries} entries before it are intact)`;
}

/** An export may begin within the trail: then its first entry is taken on trust, and all after it must follow. */
async function verifyFile(path: string): Promise<Result> {
  let head: Head | undefined;
  let entries = 0;
  for await (const entry of entriesOf(path)) {
    head ??= { seq: entry.seq - 1, hash: entry.seq === 1 ? GENESIS : entry.previous };
    const broken = checkLink(head, entry);
    if (broken) return { entries, head, brokenAt: broken.seq, why: broken.why };
    head = { seq: entry.seq, hash: entry.hash };
    entries += 1;
  }
  return { entries, head: head ?? { seq: 0, hash: GENESIS } };
}

async function* entriesOf(path: string | undefined): AsyncGenerator<z.infer<typeof Entry>> {
  const lines =
    path === undefined ? linesOf(readApi('/audit/export')) : createInterface({ input: createReadStream(path) });
  let number = 0;
  for await (const line of lines) {
    number += 1;
    if (line.trim() !== '') yield entryOf(line, `${path ?? 'the trail'}:${number}`);
  }
}

function entryOf(line: string, where: string): z.infer<typeof Entry> {
  const entry = Entry.safeParse(jsonIn(line));
  if (entry.success) return entry.data;
  throw new UsageError(
    `${where} is not an entry of an export. Only JSON Lines can be verified ("audit export --format jsonl")`,
  );
}

/** The JSON of a line; undefined, which is no entry, where it is none. */
function jsonIn(line: string): unknown {
  try {
    return JSON.parse(line) as unknown;
  } catch {
    return undefined;
  }
}

async function* linesOf(pieces: AsyncIterable<string>): AsyncGenerator<string> {
  let rest = '';
  for await (const piece of pieces) {
    const lines = (rest + piece).split('\n');
    rest = lines.pop() ?? '';
    yield* lines;
  }
  yield rest;
}

/** True where the trail still has that entry, unchanged. The whole trail was verified before. */
async function hasEntry(path: string | undefined, seq: number, hash: string): Promise<boolean> {
  for await (const entry of entriesOf(path)) if (entry.seq === seq) return entry.hash === hash;
  return false;
}

const FORMATS: readonly string[] = ['jsonl', 'csv'];

/** `zaplecze audit export`: the trail, or a time of it, to standard output. */
export async function exportTrail(options: { format: string; from?: string; to?: string }, io: Io): Promise<number> {
  if (!FORMATS.includes(options.format)) {
    throw new UsageError(`Unknown format "${options.format}". Formats: ${FORMATS.join(', ')}`);
  }
  const query = new URLSearchParams({ format: options.format });
  for (const name of ['from', 'to'] as const) {
    const time = options[name];
    if (time === undefined) continue;
    if (Number.isNaN(Date.parse(time))) {
      io.err(`--${name} takes an ISO 8601 time, for example 2026-11-01 or 2026-11-01T08:00:00Z`);
      return EXIT.usage;
    }
    query.set(name, new Date(time).toISOString());
  }
  for await (const line of linesOf(readApi(`/audit/export?${query.toString()}`))) if (line !== '') io.out(line);
  return EXIT.ok;
}
