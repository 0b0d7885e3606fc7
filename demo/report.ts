import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { table } from '../cli/io.ts';
import type { Store } from '../store/index.ts';
import type { Line } from './follow.ts';
import { outcomeOf } from './follow.ts';
import type { Posting } from './intranet/model.ts';

/** One mail in `demo-report.json`. */
export type ReportRow = {
  mail: string;
  subject: string;
  run: string;
  expected: string;
  outcome: string;
  ok: boolean;
  number?: string | undefined;
  record?: string | undefined;
  reason?: string | undefined;
  proof: string[];
  /** How often the accounting application holds this document. */
  postings: number;
};

export type Report = { finishedAt: string; ok: boolean; mails: ReportRow[]; postings: number; register: string };

/**
 * Makes the report: what became of each mail, and whether the accounting application holds each accepted invoice
 * exactly once and nothing else. Screenshots are copied to `proof/` under names that people can find.
 */
export async function makeReport(
  lines: readonly Line[],
  postings: readonly Posting[],
  store: Store,
  home: string,
): Promise<Report> {
  const mails: ReportRow[] = [];
  for (const line of lines) mails.push(await rowOf(line, expectedOf(line, lines), postings, store, home));
  const booked = mails.filter((row) => row.outcome === 'booked').length;
  const ok = mails.every((row) => row.ok) && postings.length === booked;
  return {
    finishedAt: new Date().toISOString(),
    ok,
    mails,
    postings: postings.length,
    register: join(home, 'sheets', 'register.xlsx'),
  };
}

/**
 * What a mail should come to. Two mails with the same invoice are read side by side: whichever is read first is booked,
 * the other one is its duplicate, and either way round is right.
 */
function expectedOf(line: Line, lines: readonly Line[]): string {
  const { expect } = line.mail;
  const same = lines.filter((other) => other.mail.expect.number === expect.number && expect.number !== undefined);
  const came = same.map(outcomeOf);
  const wanted = same.map((other) => other.mail.expect.outcome);
  return came.toSorted().join() === wanted.toSorted().join() ? outcomeOf(line) : expect.outcome;
}

async function rowOf(
  line: Line,
  expected: string,
  postings: readonly Posting[],
  store: Store,
  home: string,
): Promise<ReportRow> {
  const first = line.outcomes[0];
  const number = first?.number ?? undefined;
  const times = postings.filter((posting) => posting.number === (number ?? line.mail.expect.number)).length;
  const outcome = outcomeOf(line);
  const right = outcome === expected && (expected !== 'booked' || number === line.mail.expect.number);
  const proof: string[] = [];
  for (const artefact of line.outcomes.flatMap((o) => o.proof)) {
    const path = join(home, 'proof', `${line.mail.id}-${proof.length + 1}.png`);
    await mkdir(join(home, 'proof'), { recursive: true });
    await writeFile(path, (await store.artefacts.get(artefact.id)).bytes);
    proof.push(path);
  }
  return {
    mail: line.mail.id,
    subject: line.mail.subject,
    run: line.run,
    expected,
    outcome,
    ok: right && (expected !== 'booked' || times === 1),
    number,
    record: first?.record,
    reason: first?.reason ?? line.detail,
    proof,
    postings: times,
  };
}

/** The final table. */
export function renderReport(report: Report): string {
  const rows = report.mails.map((row) => [
    row.ok ? 'ok' : '!!',
    row.mail,
    row.outcome,
    row.number ?? '',
    row.record ?? '',
    row.reason ?? (row.proof[0] ? `proof ${row.proof[0]}` : ''),
  ]);
  return table(['', 'MAIL', 'OUTCOME', 'INVOICE', 'RECORD', 'REASON OR PROOF'], rows);
}
