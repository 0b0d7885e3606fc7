import type { Client } from '@temporalio/client';
import { z } from 'zod';
import { type RunDetails, showRun } from '../server/runs/view.ts';
import { ProblemError } from '../core/model/problem.ts';
import type { Artefact } from '../core/model/artefact.ts';
import type { Store } from '../store/index.ts';
import type { DemoMail } from './documents/model.ts';
import { messageIdOf } from './send.ts';

/** The mailbox that the demo's mails go to. */
const MAILBOX = 'invoices';

const Outcome = z.object({
  outcome: z.string(),
  number: z.string().nullish(),
  record: z.string().optional(),
  reference: z.string().optional(),
  reason: z.string().nullish(),
  of: z.string().optional(),
  proof: z.array(z.custom<Artefact>()).default([]),
});
export type Outcome = z.infer<typeof Outcome>;
const Output = z.object({ documents: z.array(Outcome) });

/** One line of the table: a mail, what its run is doing, and how it ended. */
export type Line = {
  mail: DemoMail;
  run: string;
  step: string;
  state: 'sent' | 'working' | 'waiting for a person' | 'parked' | 'done' | 'failed';
  outcomes: Outcome[];
  detail?: string | undefined;
};

/** Steps of the definition in words, by the step's name or, where that says little, by the step around it as well. */
const STEPS: Record<string, string> = {
  read: 'reading the document',
  check: 'checking',
  'correct/ask': 'waiting for a correction',
  checkAgain: 'checking again',
  'approve/ask': 'waiting for approval',
  post: 'posting in the accounting application',
  register: 'writing the register',
  tellBooked: 'answering the supplier',
  answer: 'answering the supplier',
  tellDuplicate: 'answering the supplier',
  move: 'moving the mail to quarantine',
};

/** Names of tasks in a reference such as `/do/1/each/do/0/read`: all but list positions and the keywords between them. */
function wordsFor(reference: string): string | undefined {
  const names = reference.split('/').filter((part) => part !== '' && part !== 'do' && !/^\d+$/.test(part));
  return STEPS[names.slice(-2).join('/')] ?? STEPS[names.at(-1) ?? ''];
}

/** Where runs and mails are looked up. */
export type Sight = { client: Client; store: Pick<Store, 'mails'> };

/** Looks at the run of each mail. */
export async function look({ client, store }: Sight, mails: readonly DemoMail[]): Promise<Line[]> {
  const lines: Line[] = [];
  for (const mail of mails) {
    const [run] = await store.mails.runsOf(MAILBOX, messageIdOf(mail));
    const details = run === undefined ? undefined : await detailsOf(client, run);
    lines.push({ mail, run: run ?? '', ...stateOf(details) });
  }
  return lines;
}

async function detailsOf(client: Client, run: string): Promise<RunDetails | undefined> {
  try {
    return await showRun(client, run);
  } catch (error) {
    if (error instanceof ProblemError && error.problem.status === 404) return undefined;
    throw error;
  }
}

/** What the table says of a run; undefined stands for one that is not there yet. */
export function stateOf(details: RunDetails | undefined): Omit<Line, 'mail' | 'run'> {
  if (!details) return { step: 'on its way to the mailbox', state: 'sent', outcomes: [] };
  if (details.status === 'completed') {
    const parsed = Output.safeParse(details.output);
    return { step: '', state: 'done', outcomes: parsed.success ? parsed.data.documents : [] };
  }
  if (details.status !== 'running')
    return { step: '', state: 'failed', outcomes: [], detail: details.error ?? details.status };
  const progress = details.progress;
  const incident = progress?.incidents[0];
  if (incident) {
    return {
      step: wordsFor(incident.reference) ?? incident.reference,
      state: 'parked',
      outcomes: [],
      detail: incident.problem.detail ?? incident.problem.type,
    };
  }
  // A worker under load may answer late; the run goes on all the same.
  if (!progress) return { step: 'at work', state: 'working', outcomes: [] };
  const known = progress.tasks.filter((task) => wordsFor(task.reference) !== undefined);
  const open = known.findLast((task) => task.status === 'waiting' || task.status === 'running');
  // Between two steps the last one still says best where the run is.
  const shown = open ?? known.at(-1);
  const step = (shown && wordsFor(shown.reference)) ?? 'received';
  const state = shown?.status === 'waiting' ? 'waiting for a person' : 'working';
  const again = details.retrying[0];
  return { step, state, outcomes: [], ...(again && { detail: `attempt ${again.attempt}: ${again.detail}` }) };
}

/** How a mail ended, in one word; several documents are joined. */
export function outcomeOf(line: Line): string {
  if (line.state !== 'done') return line.state;
  return line.outcomes.map((outcome) => outcome.outcome).join(', ') || 'nothing';
}
